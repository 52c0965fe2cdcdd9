import { describe, expect, test } from '@jest/globals';
import { Page } from '../../src/page/page.js';
import { readListing } from '../../src/profile/read-listing.js';
import type { Profile } from '../../src/profile/schema.js';
import { AlbumWalks } from '../../src/walk/album-walks.js';
import { testify } from '../../src/walk/page-testimony.js';
import type { WalkPlace } from '../../src/walk/walk-place.js';
import { profileOf } from '../profile/profile-of.js';

const origin = 'https://album.test';
const item = `
item:
  row: li.photo
  id: { select: img, attribute: src, filters: [match: '(\\d+)\\.png$'] }
  original: [{ select: img, attribute: src }]
`;
const onePage = profileOf(`listing: { mark: main }${item}`);
const byLink = profileOf(`listing: { mark: main, next: { by: link, select: a.next } }${item}`);
const byNumber = profileOf(`listing: { next: { by: number, parameter: p } }${item}`);

const page = (...parts: string[]) => `<main>${parts.join('')}</main>`;
const photo = (number: number) => `<li class="photo"><img src="/t/${number}.png"></li>`;
const photos = (...numbers: number[]) => `<ul>${numbers.map(photo).join('')}</ul>`;

/** Walks an album and returns what is in doubt, with addresses relative to the site's. */
function doubtsOf(profile: Profile, pages: Record<string, string | Partial<Page>>): string[] {
  const { next, mostPages } = profile.listing;
  const orders = [next?.by === 'number' ? ('numbers' as const) : ('links' as const)];
  const walks = new AlbumWalks({ starts: [`${origin}/`], orders, mostPages });
  for (let place: WalkPlace | undefined = walks.begin; place !== undefined; ) {
    const served = pages[place.url.slice(origin.length)] ?? '';
    const answer = typeof served === 'string' ? { text: served } : served;
    const isHtml = !/^[[{]/.test(answer.text ?? '');
    const page = new Page({ text: '', ...answer, url: place.url, isHtml });
    const { photos: found, parts, ...listing } = readListing(page, profile, place);
    const testimony = testify(page, parts, place, found.length);
    const keys = found.map(({ key }) => key);
    place = walks.addPage(place, { ...listing, keys, testimony }).place;
  }
  return walks.doubts.map((doubt) => doubt.replaceAll(origin, ''));
}

describe('an album is not complete where something leads to a further page', () => {
  test.each([
    ['a link to #', '<a href="#">Next</a>', 'the link “Next”'],
    ['a link that runs a script', '<a href="javascript:go(2)">Weiter »</a>', 'the link “Weiter »”'],
    ['a link to the page itself', '<a href="/">Next</a>', 'leads to the page itself'],
    ['a button', '<button>Load more</button>', 'the button “Load more”'],
    ['an arrow among page numbers', '<div class="pager"><a href="#">›</a></div>', '“›”'],
    ['a number without an address', '<div class="pager"><a href="#">2</a></div>', '“2”'],
    ['words on a picture', '<a href="#"><img src="/a.gif" alt="next page"></a>', '“next page”'],
    ['a label', '<button aria-label="Page suivante">&gt;</button>', 'the button'],
    ['a link that was not read', '<a href="/?page=2">next &gt;</a>', 'leads to /?page=2'],
    ['a button with an address', '<button data-url="/?page=2">Older photos</button>', '/?page=2'],
    ['a place for a script', '<div data-next-url="/more?page=2"></div>', '/more?page=2'],
    ['rel=next in the head', '<link rel="next" href="/page/2">', '/page/2'],
    ['Japanese', '<a href="/2">次のページ</a>', '/2'],
    ['page numbers', '<p><b>1</b> <a href="/p2">2</a> <a href="/p3">3</a></p>', 'page 3'],
    ['words', '<p>Page 1 of 3</p>', '“Page 1 of 3” speaks of page 3'],
    ['words with a slash', '<p>Page 1/3</p>', '“Page 1/3” speaks of page 3'],
    ['other words, by its address', '<a href="/?page=2">More…</a>', 'leads to /?page=2'],
    ['a picture alone', '<a href="/?page=2"><img src="/n.gif"></a>', 'a <a> leads to /?page=2'],
    ['an offset in a path’s query', '<a href="/?start=2">3–4</a>', 'leads to /?start=2'],
    ['a page in the path', '<a href="/page/2/"><i class="right"></i></a>', 'leads to /page/2/'],
    ['an address in a button', '<button data-url="/?page=2">More</button>', '/?page=2'],
    ['a script on any element', '<span onclick="go(2)">Next</span>', 'the <span> “Next”'],
    ['more of it', '<button>Show more</button>', 'the button “Show more”'],
    ['more, in German', '<a href="#">Mehr anzeigen</a>', 'the link “Mehr anzeigen”'],
    ['a role', '<div role="button" tabindex="0">Load more</div>', 'the <div> “Load more”'],
    [
      'numbers for a script',
      "<table><tr><td>1<td><a href=\"javascript:__doPostBack('grid','Page$2')\">2</a></table>",
      'the link “2”',
    ],
    ['numbers in data', '<b data-page="1">1</b> <b data-page="2">2</b>', 'the <b> “2”'],
    ['numbers in brackets', '<p>[1] <a href="/?x=2">[2]</a></p>', '“[2]”'],
    [
      'a form with the page’s number',
      '<form><input type="hidden" name="page" value="2"><button>Next</button></form>',
      'leads to /?page=2',
    ],
    ['a form of buttons', '<form><button name="page" value="2">2</button></form>', '“2”'],
    ['a form that is posted', '<form method="post"><button>Next</button></form>', 'a form'],
    [
      'a choice of pages',
      '<select name="page"><option value="1" selected>1<option value="2">2</select>',
      'the choice “2”',
    ],
    ['a choice of addresses', '<select><option value="/?page=2">2</select>', 'the choice “2”'],
  ])('%s', (_what, more, words) => {
    const [doubt, ...others] = doubtsOf(onePage, { '/': page(photos(1, 2), more) });
    expect(doubt).toMatch(
      /^Page 1\b.*mend listing\.next in the profile \(see docs\/profiles\.md\)/,
    );
    expect(doubt).toContain(words);
    expect(others).toEqual([]);
  });

  test('a header of its answer', () => {
    const pages = { '/': { text: page(photos(1)), linkHeader: '<?after=1>; rel="next"' } };
    expect(doubtsOf(onePage, pages)).toEqual([
      expect.stringContaining('Page 1: the header Link leads to /?after=1, which was not read'),
    ]);
  });

  test('on the last page that the rules found, which is named', () => {
    const pages = {
      '/': page(photos(1, 2), '<a class="next" href="/2">Next</a>'),
      '/2': page(photos(3, 4), '<a class="next" href="#" onclick="more()">Next</a>'),
    };
    expect(doubtsOf(byLink, pages)).toEqual([
      'Page 2: the link “Next” leads to no page (it has the address “#”), although the profile found no further page. Find the address in the page’s source, and mend listing.next in the profile (see docs/profiles.md); if it leads to no further page of the album, name it in listing.ignore.',
    ]);
  });

  test('that the rule itself finds, whatever it is called', () => {
    const pages = { '/': page(photos(1), '<a class="next" href="javascript:void(0)">Ahead</a>') };
    const [doubt] = doubtsOf(byLink, pages);
    expect(doubt).toContain('what listing.next finds leads to no page');
  });

  test('that rules pass over', () => {
    const everyOther = profileOf(`listing: { next: { by: number, parameter: p, step: 2 } }${item}`);
    const next = (number: number) => `<a href="/?p=${number}">Next</a>`;
    const pages = {
      '/': page(photos(1), next(2)),
      '/?p=2': page(photos(2), next(3)),
      '/?p=3': page(photos(3)),
    };
    expect(doubtsOf(everyOther, pages)).toEqual([
      expect.stringContaining('Page 1: the link “Next” leads to /?p=2, which was not read'),
    ]);
  });

  test('whose number the site ignores', () => {
    const same = page(photos(1, 2));
    const pages = { '/': same, '/?p=2': same, '/?p=3': same };
    expect(doubtsOf(byNumber, pages)).toEqual([
      expect.stringContaining('Page 2 shows the same photos as page 1, as if the site ignored'),
    ]);
  });
});

describe('an album is not complete where the site counts more', () => {
  test.each([
    ['a range', '<p>1–2 of 1,374</p>', '“1–2 of 1,374”'],
    ['a range in German', '<p><b>1</b> bis <b>2</b> von <b>1.374</b></p>', '“1 bis 2 von 1.374”'],
    ['a heading', '<h1>Summer</h1><p>1,374 photos</p>', '“1,374 photos”'],
    ['a number in a heading', '<h1>Summer <small>(1374 Bilder)</small></h1>', '1374 Bilder'],
    ['a heading of its own', '<h2>Photos (1,374)</h2>', 'Photos (1,374)'],
    ['what is shown', '<p>Showing 2 of 1,374</p>', 'Showing 2 of 1,374'],
    ['what is shown, with what it is', '<p>2 of 1,374 photos</p>', '2 of 1,374 photos'],
    ['a link to all', '<a href="/all">View all 48 photos</a>', 'View all 48 photos'],
    ['a sentence', '<p>The following 2 files are in this album, out of 9 total.</p>', 'out of 9'],
  ])('in %s', (_what, words, quoted) => {
    const [doubt, ...others] = doubtsOf(onePage, { '/': page(words, photos(1, 2)) });
    expect(doubt).toMatch(/^The site says .*, but the list has 2\. Look with a browser/);
    expect(doubt).toContain(quoted);
    expect(others).toEqual([]);
  });
});

describe('an album is not complete where photos of one kind were taken, and others not', () => {
  const image = (number: number) => `<img src="/t/${number}.png">`;
  const cell = (name: string, number: number) => `<li class="${name}">${image(number)}</li>`;
  test.each([
    ['in the same list', `<ul>${photo(1)}${photo(2)}${cell('film', 3)}${cell('wide', 4)}</ul>`],
    [
      'whose pictures are loaded later',
      `<ul>${photo(1)}<li><img src="data:image/gif;base64,R0" data-src="/t/3.png"></li><li><img src="/b.gif" data-original="/t/4.png"></li></ul>`,
    ],
    [
      'whose pictures are backgrounds, or films',
      `<ul>${photo(1)}${photo(2)}<li class="a"><a style="background:url(/t/3.png)"></a></li><li class="b"><video poster="/t/4.png"></video></li></ul>`,
    ],
    [
      'in other rows of a table',
      `<table><tr>${photo(1)}</tr></table><ul class="odd">${photo(1)}</ul><ul class="even">${cell('a', 3)}${cell('b', 4)}${photo(2)}</ul>`,
    ],
  ])('%s', (_what, html) => {
    const [doubt, ...others] = doubtsOf(onePage, { '/': page(html) });
    expect(doubt).toBe(
      'Page 1 shows 2 photos that item.row does not find, though they are like those that it finds; the first one is a picture at /t/3.png. Mend item.row in the profile (see docs/profiles.md); what is no photo of the album, name in listing.ignore.',
    );
    expect(others).toEqual([]);
  });

  test('in another section like the first', () => {
    const first = { ...onePage, item: { ...onePage.item, row: 'h2:first-of-type + ul li' } };
    const html = page(`<h2>May</h2>${photos(1, 2)}<h2>June</h2>${photos(3, 4, 5)}`);
    expect(doubtsOf(first, { '/': html })).toEqual([
      expect.stringContaining('Page 1 shows 3 photos that item.row does not'),
    ]);
  });

  test('on a page on which the rules find none', () => {
    const next = (href: string) => `<a class="next" href="${href}">Next</a>`;
    const rows = { ...byLink, item: { ...byLink.item, row: 'li.photo:has(b)' } };
    const named = page(`<ul><li class="photo"><img src="/t/1.png"><b>1</b></li></ul>`, next('/2'));
    expect(doubtsOf(rows, { '/': named, '/2': page(photos(2, 3)) })).toEqual([
      expect.stringContaining('Page 2 shows photos like those of the pages before'),
    ]);
  });

  const albums = { row: 'a.album', link: { attribute: 'href' } };
  const listing = profileOf(
    `listing: { albums: ${JSON.stringify(albums)} }\nitem: { row: 'td > a', id: { attribute: href }, original: [{ attribute: href }] }`,
  );
  const file = (number: number) => `<a href="${number}.jpg">${number}.jpg</a>`;
  const table = (...numbers: number[]) =>
    `<table>${numbers.map((number) => `<tr><td>${file(number)}</td></tr>`).join('')}</table>`;
  const outer = `${table(1, 2, 3)}<a class="album" href="inner%201/">Inner</a>`;

  test.each([
    ['files in another form', `<pre>${[4, 5].map(file).join('\n')}</pre>`],
    ['one file in another form', `<ul><li>${file(4)}</li></ul>`],
    ['pictures', '<p><a href="4.jpg"><img src="/thumbnails/4.jpg"></a></p>'],
  ])('in an inner album that shows %s', (_what, inner) => {
    expect(doubtsOf(listing, { '/': outer, '/inner%201/': inner })).toEqual([
      expect.stringMatching(/^Page 1 of .* shows photos like those of the pages before/),
    ]);
  });

  test.each([
    ['that is empty', '<pre><a href="../">../</a></pre>'],
    ['with files of another kind', '<pre><a href="notes.txt">notes.txt</a></pre>'],
    ['with the site’s own picture', '<p><a href="/look/about.jpg">About us</a></p>'],
    [
      'with albums and a strip of pictures',
      '<a class="album" href="more/">More</a><p><a href="9.jpg"><img src="/thumbnails/9.jpg"></a></p>',
    ],
  ])('but not in an inner album %s', (_what, inner) => {
    expect(doubtsOf(listing, { '/': outer, '/inner%201/': inner })).toEqual([]);
  });
});

describe('JSON', () => {
  const json = profileOf(`
listing: { next: { by: cursor, select: $.after, parameter: after } }
item:
  row: $.photos[*]
  id: { select: $.id }
  original: [{ select: $.src }]
`);
  const list = (...ids: number[]) => ids.map((id) => ({ id, src: `/t/${id}.png` }));
  test.each([
    ['a count', { total: 9 }, 'The site says “total”: 9, but the list has 2'],
    ['a count beside', { meta: { totalCount: '9' } }, '“totalCount”: 9'],
    ['a flag', { hasMore: true }, '“hasMore”: true leads to no page'],
    ['a cursor', { paging: { nextCursor: 'x' } }, '“nextCursor”: x leads to no page'],
    ['an address', { next: '/?page=2' }, '“next”: /?page=2 leads to /?page=2, which was not read'],
    ['pages', { page: 1, pages: 3 }, '“pages”: 3 speaks of page 3'],
  ])('speaks by %s', (_what, more, words) => {
    const text = JSON.stringify({ photos: list(1, 2), ...more });
    expect(doubtsOf(json, { '/': text })).toEqual([expect.stringContaining(words)]);
  });

  test('speaks by objects of the same list, or of one like it', () => {
    const months = { ...json, item: { ...json.item, row: '$.months[0].photos[*]' } };
    const text = JSON.stringify({ months: [{ photos: list(1, 2) }, { photos: list(3) }] });
    expect(doubtsOf(months, { '/': text })).toEqual([
      expect.stringContaining('Page 1 shows 1 photo that item.row does not'),
    ]);
  });

  test.each([
    ['$.total', { total: 9 }],
    ['$.months[1].photos', { months: [{}, { photos: list(3) }] }],
  ])('does not speak by %s where it is ignored', (ignore, more) => {
    const profile = { ...json, listing: { ...json.listing, ignore } };
    const text = JSON.stringify({ photos: list(1, 2), ...more });
    expect(doubtsOf(profile, { '/': text })).toEqual([]);
  });

  test('that is complete raises none', () => {
    const first = { photos: list(1, 2), total: 3, after: 'b', hasMore: true };
    const last = { photos: list(3), total: 3, after: null, hasMore: false, next: null };
    const pages = { '/': JSON.stringify(first), '/?after=b': JSON.stringify(last) };
    expect(doubtsOf(json, pages)).toEqual([]);
  });
});

test('a list that ends at a round number while the site counts more says so', () => {
  const hundred = Array.from({ length: 100 }, (_, index) => index + 1);
  const pages = { '/': page('<h1>Summer</h1><p>340 photos</p>', photos(...hundred)) };
  expect(doubtsOf(onePage, pages)).toEqual([
    expect.stringContaining('but the list has 100, a round number, as if the site stopped there.'),
  ]);
});

test('many doubts of one kind are told by the first five', () => {
  const pages: Record<string, string> = {};
  for (let number = 1; number <= 8; number++) {
    const more = number < 8 ? `<a class="next" href="/${number + 1}">Next</a>` : '';
    const film = `<ul>${photo(number * 2)}<li class="film"><img src="/t/${number * 2 + 1}.png"></li></ul>`;
    pages[number === 1 ? '/' : `/${number}`] = page(film, more);
  }
  const doubts = doubtsOf(byLink, pages);
  expect(doubts).toHaveLength(6);
  expect(doubts.at(-1)).toBe('There are 3 more doubts like these.');
});

describe('what listing.ignore names raises no doubt', () => {
  const ignoring = (ignore: string, profile: Profile) => ({
    ...profile,
    listing: { ...profile.listing, ignore },
  });
  test.each([
    ['a link', '.viewer', '<div class="viewer"><a href="#">Next</a></div>'],
    [
      'photos',
      'li.film',
      '<ul><li class="photo"></li><li class="film"><img src="/t/3.png"></li></ul>',
    ],
    ['a count', 'h1', '<h1>Summer (1,374 photos)</h1>'],
    ['a number', 'p', '<p>Page 1 of 3</p>'],
  ])('%s', (_what, ignore, more) => {
    const pages = { '/': page(photos(1, 2), more) };
    expect(doubtsOf(ignoring(ignore, onePage), pages)).toEqual([]);
  });

  test('what the rule itself finds', () => {
    const pages = { '/': page(photos(1), '<a class="next" href="#">Ahead</a>') };
    expect(doubtsOf(ignoring('a.next', byLink), pages)).toEqual([]);
  });
});

describe('a complete album raises no doubt', () => {
  test.each([
    ['a next that is switched off', '<a class="next disabled" href="#">Next</a>'],
    ['one in a list', '<ul><li class="disabled"><a href="#">Next</a></li></ul>'],
    ['one that is hidden', '<div hidden><button>Load more</button></div>'],
    ['one that cannot be pressed', '<button disabled>Next</button>'],
    ['a viewer', '<div class="pswp"><button class="pswp__button" title="Next">›</button></div>'],
    ['a carousel', '<a class="carousel-control-next" href="#all"><span>Next</span></a>'],
    ['a jump on the page', '<a href="#end">Next</a><p id="end"></p>'],
    ['a calendar', '<table class="calendar"><tr><td><a href="/?month=8">»</a></td></tr></table>'],
    ['days', '<table class="calendar"><tr><td><a href="/?day=2">2</a></td></tr></table>'],
    ['lengths of a page', '<p><a href="/?n=12">12</a> <a href="/?n=24">24</a></p>'],
    ['the next album', '<a rel="next" href="/winter">Winter »</a> <a href="/winter">Next</a>'],
    ['the next photo', '<a href="?show=2">Next photo</a>'],
    [
      'the next post',
      '<nav><a href="/2019/05/post/">Older</a> <a href="/2019/07/x/">Newer</a></nav>',
    ],
    ['tags', '<p><a href="/?tag=2">2</a> <a href="/?tag=3">3</a></p>'],
    ['columns', '<p><a href="/?cols=1">1</a> <a href="/?cols=2">2</a></p>'],
    ['orders', '<p><a href="/?sort=new">Newer</a> <a href="/?sort=old">Older</a></p>'],
    ['days of a plain table', '<table><tr><td><a href="/?date=2016-05-02">2</a></table>'],
    ['comments', '<div class="comments"><a href="/?page=2">Older</a></div>'],
    ['a viewer of its own', '<div class="gallery-viewer"><a href="#">Next</a></div>'],
    ['the form of a wizard', '<form action="/up" method="post"><button>Next</button></form>'],
    ['a form to write in', '<form method="post"><input name="email"><button>Next</button></form>'],
    ['a count of the whole site', '<aside><h2>Statistics</h2><p>12,345 photos</p></aside>'],
    ['other counts', '<p>1–10 of 57 comments</p><p>1,374 views</p><a href="/x">99 photos</a>'],
    ['a count of another list', '<p>1–10 of 57</p>'],
    ['one page of one', '<p>Page 1 of 1</p><p>1–2 of 2</p>'],
    ['logos', '<ul><li><img src="/t/logo.png"></li><li><img src="/t/7.png" width="16"></li></ul>'],
    ['an advertisement', '<ul><li class="photo-ad"><img src="http://ads.test/t/7.png"></li></ul>'],
    [
      'related photos',
      '<ul class="related"><li><img src="/t/7.png"></li><li><img src="/t/8.png"></li></ul>',
    ],
    [
      'other albums in a plain list',
      '<div><ul><li><a href="/album/7"><img src="/t/7.png"></a></li></ul></div>',
    ],
    ['a photo shown again', '<ul class="a"><li><img src="/t/1.png"></li></ul>'],
  ])('beside %s', (_what, more) => {
    expect(doubtsOf(onePage, { '/': page(photos(1, 2), more) })).toEqual([]);
  });

  test('where the last page leads to one without photos', () => {
    const pages = {
      '/': page(photos(1, 2), '<a class="next" href="/2">Next</a>'),
      '/2': page('<a class="next" href="#">Next</a>'),
    };
    expect(doubtsOf(byLink, pages)).toEqual([]);
  });

  test('where the last page shows its next as a placeholder', () => {
    const pages = {
      '/': page(photos(1, 2), '<a class="next" href="/2">Next</a>'),
      '/2': page(photos(3), '<a class="next">Next</a>'),
    };
    expect(doubtsOf(byLink, pages)).toEqual([]);
  });

  test('where a script turns pages that the rules count up', () => {
    const next = '<div class="pager"><a href="#">2</a> <a href="#">Next</a></div>';
    const pages = { '/': page(photos(1), next), '/?p=2': page(photos(2), next), '/?p=3': page() };
    expect(doubtsOf(byNumber, pages)).toEqual([]);
  });

  test.each([
    ['says that it is the only one', '<p>Page 1 of 1</p>'],
    ['counts its photos', '<h1>Summer <small>(2 photos)</small></h1>'],
  ])('where the site repeats its one page, which %s', (_what, words) => {
    const same = page(words, photos(1, 2));
    expect(doubtsOf(byNumber, { '/': same, '/?p=2': same })).toEqual([]);
  });

  test('where the site repeats the one page of an album, but heeds the numbers of another', () => {
    const albums = profileOf(`
listing:
  albums: { row: a.album, link: { attribute: href } }
  next: { by: number, parameter: p }
${item}`);
    const pages = {
      '/': '<a class="album" href="/a">A</a><a class="album" href="/b">B</a>',
      '/a': page(photos(1)),
      '/a?p=2': page(photos(2)),
      '/b': page(photos(3)),
      '/b?p=2': page(photos(3)),
    };
    expect(doubtsOf(albums, pages)).toEqual([]);
  });

  test.each(['#', '/2'])(
    'where its count says that the last page is the last, whatever its next leads to: %s',
    (href) => {
      const pages = {
        '/': page('1–2 of 3', photos(1, 2), '<a class="next" href="/2">Next</a>'),
        '/2': page('3–3 of 3', photos(3), `<a class="next" href="${href}">Next</a>`),
      };
      expect(doubtsOf(byLink, pages)).toEqual([]);
    },
  );

  test('where every page has a next, also those behind the last', () => {
    const next = (number: number) => `<a href="/?p=${number}">Next</a>`;
    const pages = {
      '/': page(photos(1, 2), next(2)),
      '/?p=2': page(next(3)),
      '/?p=3': page(next(4)),
    };
    expect(doubtsOf(byNumber, pages)).toEqual([]);
  });

  test('where pages by number are linked in another way', () => {
    const links = '<a href="/page/2">2</a> <a href="/page/2">Next</a>';
    const pages = {
      '/': page(photos(1, 2), links),
      '/?p=2': page(photos(3), '<a href="/page/3">Next</a>'),
      '/?p=3': page(),
      '/?p=4': page(),
    };
    expect(doubtsOf(byNumber, pages)).toEqual([]);
  });
});

test('a page that is made to keep a look at it busy is looked at in no time', () => {
  const busy = [
    `<a class="${'a_'.repeat(5000)}!" href="/x">.</a>`,
    `<a class="load-more${'_a'.repeat(5000)}!" href="/x">.</a>`,
    `<img srcset="${' '.repeat(200_000)}x">`,
    `<button data-url="${'/'.repeat(200_000)}" title="${'.'.repeat(200_000)}x">.</button>`,
  ];
  const header = { text: page(photos(1), ...busy), linkHeader: '<'.repeat(60_000) };
  expect(doubtsOf(onePage, { '/': header })).toEqual([]);
}, 5000);
