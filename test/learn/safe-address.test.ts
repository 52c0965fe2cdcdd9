import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { mayChange, signsOut } from '../../src/learn/safe-address.js';
import { parseHtml } from '../../src/page/html-document.js';
import { Page } from '../../src/page/page.js';
import { surveyPage } from '../../src/survey/survey-page.js';

const origin = 'https://photos.example/';

function address(path: string): string | undefined {
  return mayChange(new URL(path, origin));
}

/** What is said of the first link or button of a piece of HTML. */
function element(html: string): string | undefined {
  const [found] = parseHtml(html)('a, button').toArray();
  return mayChange(new URL(found?.attribs.href ?? '/p/12', origin), found);
}

describe('refuses addresses that', () => {
  test.each([
    ['/logout', 'logout'],
    ['/Account/LogOff', 'log off'],
    ['/user/sign_out.php', 'sign out'],
    ['/wp-login.php?action=logout&_wpnonce=1', 'logout'],
    ['/index.php?title=Special:UserLogout&returnto=X', 'logout'],
    ['/wiki/Special:UserLogout', 'logout'],
    ['/wiki/Spezial:Abmelden', 'abmelden'],
    ['/main.php?g2_controller=core.Logout', 'logout'],
    ['/?q=user/logout', 'logout'],
    ['/index.php?page=logout', 'logout'],
    ['/d%C3%A9connexion', 'deconnexion'],
    ['/wyloguj', 'wyloguj'],
    ['/se-deconnecter/', 'se deconnecter'],
    ['/退出登录', '退出登录'],
  ])('end the session: %s', (path, word) => {
    expect(address(path)).toBe(word);
  });

  test.each([
    '/photos/12/delete',
    '/delete/photo/12',
    '/photo.php?id=12&action=delete',
    '/album?delete=12',
    '/deletePhoto.do?id=3',
    '/photo-delete/12',
    '/bild/12/loeschen',
    '/photo/supprimer/12',
    '/fotos/12/usu%C5%84',
    '/photos/12/like',
    '/photos/12/fav',
    '/photos/12/trash',
    '/photos/12/set-cover',
    '/like/12',
    '/vote/8/3',
    '/p/12/vote.php?rate=5',
    '/photos/12/report',
    '/image/6fa459ea-ee8a-3ca4-894e-db77e160355e/report-abuse',
    '/shop/?add-to-cart=34',
    '/cart/add/12',
    '/album/12?share=twitter',
    '/album/12/share/',
    '/newsletter/unsubscribe?id=4',
    '/users/anna/follow',
    '/bild/12/in-den-warenkorb',
    '/index.php?title=File:A.jpg&action=edit',
    '/?replytocom=44',
    'https://www.facebook.com/sharer.php?u=x',
  ])('change something: %s', (path) => {
    expect(address(path)).toBeDefined();
  });
});

test('refuses an address in letters of another script', () => {
  expect(address(`/${encodeURIComponent('ログアウト')}`)).toBeDefined();
});

test.each([
  '/',
  '/albums/Delete-Bay%202014/',
  '/albums/delete-bay-2014',
  '/index.php?album=Delete',
  '/index.php?album=Holiday+Report&page=2',
  '/gallery/Annual-Report-2014/',
  '/Report/2014/',
  '/albums/photo-report-2014/',
  '/share/gBv9JqPzH0kq7Ww',
  '/share/12345678/photo/3',
  '/s/Kb3tQ2fHnWc9',
  '/wp-content/uploads/2014/05/like-a-bird.jpg',
  '/upload/',
  '/upload/2014/05/photos.html',
  '/i.php?/upload/2014/05/01/delete-me.jpg',
  '/delete/IMG_0012.JPG',
  '/picture.php?/12/category/5',
  '/?category/7-order_of_malta',
  '/album?sort=rating&order=desc',
  '/album?order=date&submit=Search',
  '/galleries/The-Sharers/',
  '/galleries/Kaufen-wir-ein-Pferd/',
  '/login?next=/albums/2',
  '/Special:Log',
  '/index.php?title=Category:Follow',
  '/blog/signing-out-of-summer',
  '/index.php?/category/vote-2014',
  '/search?q=delete',
  '/album?tag=follow',
  '/albums/Elimination-2014',
])('takes no harm in %s', (path) => {
  expect(address(path)).toBeUndefined();
});

describe('reads what leads there', () => {
  test.each([
    '<a href="/p/12">Delete</a>',
    '<a href="/p/12">Delete this photo…</a>',
    '<a href="/p/12">✕ Remove selected</a>',
    '<a href="/p/12">Foto löschen</a>',
    '<a href="/p/12">Supprimer la photo</a>',
    '<a href="/p/12">Удалить фото</a>',
    '<a href="/p/12">写真を削除</a>',
    '<a href="/p/12">删除照片</a>',
    '<a href="/p/12">사진 삭제하기</a>',
    '<a href="/p/12">حذف</a>',
    '<a href="/p/12">👍 Like (12)</a>',
    '<a href="/p/12">Gefällt mir</a>',
    '<a href="/p/12">Share on Facebook</a>',
    '<a href="/p/12">Album teilen</a>',
    '<a href="/p/12">Report this image</a>',
    '<a href="/p/12">Order prints</a>',
    '<a href="/p/12">Add to cart</a>',
    '<a href="/p/12">In den Warenkorb</a>',
    '<a href="/p/12">Follow us on Instagram</a>',
    '<a href="/p/12">Abonnieren</a>',
    '<a href="/p/12">Se déconnecter</a>',
    '<a href="/p/12">Cerrar sesión</a>',
    '<a href="/p/12">Odhlásit se</a>',
    '<a href="/p/12" title="Delete"><i class="fa fa-times"></i></a>',
    '<a href="/p/12" aria-label="Share"><svg></svg></a>',
    '<a href="/p/12" class="btn btn-delete"></a>',
    '<a href="/p/12" class="js-like"></a>',
    '<a href="/p/12" data-method="delete">×</a>',
    '<a href="/p/12"><i class="fa fa-trash"></i></a>',
    '<a href="/p/12"><i class="bi bi-trash3"></i></a>',
    '<a href="/p/12"><span class="glyphicon glyphicon-remove"></span></a>',
    '<a href="/p/12"><svg><use href="#icon-heart"></use></svg></a>',
    '<a href="/p/12"><img src="/icons/delete.png" alt=""></a>',
    '<a href="/p/12"><i class="fas fa-thumbs-up"></i></a>',
    '<a href="/p/12">🗑️</a>',
    '<a href="/p/12">Rotate left</a>',
    '<a href="/p/12">Bild drehen</a>',
    '<a href="/p/12">Zu Favoriten hinzufügen</a>',
    '<a href="/p/12">Do koszyka</a>',
    '<a href="/p/12" data-turbo-method="post">☆</a>',
    '<a href="/p/12" data-confirm="Are you sure?">×</a>',
    '<a href="/p/12" onclick="return deletePhoto(12)">×</a>',
    '<a href="/p/12" onclick="if (confirm(\'Sure?\')) go()">×</a>',
    '<a href="/p/12" ng-click="vm.reportImage(3)">!</a>',
    '<a href="/p/12.jpg?do=like">♥</a>',
    '<a href="/p/12.jpg">Delete this photo</a>',
    '<a href="/p/12.php">Save</a>',
    '<a href="/p/12/save" download>Bay</a>',
    '<button data-action="like">♥</button>',
    '<button hx-post="/p/12">♥</button>',
  ])('%s', (html) => {
    expect(element(html)).toBeDefined();
  });

  test.each([
    '<a href="/p/12">Delete-Bay 2014</a>',
    '<a href="/p/12"><img src="/t/12.jpg"><i class="fa fa-heart"></i></a>',
    '<a href="/p/12"><i class="fa fa-heart"></i> Valentine</a>',
    '<a href="/p/12"><i class="fa fa-arrow-right"></i></a>',
    '<a href="/p/12"><i class="fa fa-download"></i></a>',
    '<a href="/p/12"><img alt="Like a bird"></a>',
    '<a href="/p/12">Annual report 2014</a>',
    '<a href="/p/12">Photo report</a>',
    '<a href="/p/12">Vote 2014</a>',
    '<a href="/p/12">Shared photos</a>',
    '<a href="/p/12">Teilen macht Freude</a>',
    '<a href="/p/12">The Order of the Garter</a>',
    '<a href="/p/12">投票所</a>',
    '<a href="/p/12" title="Next photo" class="next">›</a>',
    '<a href="/p/12" onclick="openAlbum(\'Delete\')">Bay</a>',
    '<a href="/p/12" data-method="get" class="order-1 col-4">2</a>',
    '<a href="/p/12" onclick="ga(\'send\', \'event\')">Sunset</a>',
    '<a href="/p/12">Sign in</a>',
    '<a href="/p/12">Weiter</a>',
    '<a href="/p/12.jpg">Save</a>',
    '<a href="/p/12.jpg" class="js-like" data-confirm="Save it?">💾</a>',
    '<a href="/p/12" download>Save image</a>',
    '<a href="/p/12" download="12.jpg">Merken</a>',
  ])('finds no harm in %s', (html) => {
    expect(element(html)).toBeUndefined();
  });
});

test('tells what signs out from what changes something else', () => {
  const link = (html: string) => parseHtml(html)('a').toArray()[0] as never;
  expect(signsOut(undefined, link('<a href="#">Abmelden</a>'))).toBe(true);
  expect(signsOut(new URL('/logout', origin), link('<a href="/logout"></a>'))).toBe(true);
  expect(signsOut(new URL('/p/2', origin), link('<a href="#">Delete</a>'))).toBe(false);
  expect(signsOut(undefined, link('<a data-method="delete" href="#">Bay</a>'))).toBe(false);
});

test('reads a label of many verbs that is none at its end', () => {
  expect(address(`/${'share buy add to cart '.repeat(3)}zq`)).toBeUndefined();
  expect(element(`<a href="/p/12">${'편집 分享 購買 '.repeat(8)}zq</a>`)).toBeUndefined();
  expect(element(`<a href="/p/12">${'share photos '.repeat(9)}of the year</a>`)).toBeUndefined();
});

test('finds no harm in the photos of real software', () => {
  const folder = 'test/profile/pages';
  for (const name of readdirSync(folder).filter((one) => one.endsWith('.html'))) {
    const page = new Page({ url: origin, text: readFileSync(`${folder}/${name}`, 'utf8') });
    for (const { element: photo, link, thumbnails } of surveyPage(page).photos) {
      expect([name, mayChange(new URL(link ?? thumbnails[0]), photo)]).toEqual([name, undefined]);
    }
  }
});
