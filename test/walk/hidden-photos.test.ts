import { describe, expect, test } from '@jest/globals';
import { profileOf } from '../profile/profile-of.js';
import { doubtsOf } from './doubts-of.js';

const photo = (number: number) =>
  `<li class="photo"><a href="/big/${number}.jpg"><img src="/t/${number}.jpg"></a></li>`;
const photos = (...numbers: number[]) => `<ul>${numbers.map(photo).join('')}</ul>`;
const escaped = (html: string) => html.replaceAll('<', '&lt;');

const rules = (listing: string) =>
  profileOf(`
listing: { mark: main${listing} }
item:
  row: main li.photo
  id: { select: img, attribute: src }
  thumbnail: { select: img, attribute: src }
  original: [{ select: a, attribute: href }]
`);
const profile = rules('');
const page = (hidden: string) => ({ '/': `<main>${photos(1, 2)}</main>${hidden}` });

describe('an album is not complete where markup for scripts holds more photos', () => {
  test.each<[string, string, number?, string?]>([
    ['a template', `<template>${photos(3, 4)}</template>`],
    ['a script that is none', `<script type="text/html">${photos(3, 4)}</script>`],
    ['a script that is a template', `<script type="x-tmpl/template">${photos(3, 4)}</script>`],
    ['a script', `<script>show(["/t/3.jpg", "/t/4.jpg", "/t/5.jpg"])</script>`, 3],
    [
      'a script in JSON',
      `<script>x = "\\/big\\/3.jpg", y = '/big/4.jpg', z = '/big/5.jpg'</script>`,
      3,
      '/big/3.jpg',
    ],
    ['a script in one text', '<script>show("/t/3.jpg,/t/4.jpg,/t/5.jpg")</script>', 3],
    [
      'a script in escapes',
      '<script>a = "\\u002ft\\u002f3.jpg,/t/4.jpg,/big/4.jpg,/t/5.jpg"</script>',
      3,
    ],
    ['the text of a field', `<textarea hidden>${escaped(photos(3, 4))}</textarea>`],
  ])('%s', (_what, hidden, number = 2, first = '/t/3.jpg') => {
    expect(doubtsOf(profile, page(hidden))).toEqual([
      expect.stringContaining(
        `Page 1 holds ${number} photos for its scripts that item.row does not find, though their addresses are like those of the photos that it finds; the first one is a picture at ${first}.`,
      ),
    ]);
  });
});

describe('a complete album raises no doubt where markup for scripts holds', () => {
  test.each([
    ['the same photos', `<template>${photos(1, 2)}</template>`],
    ['the same photos in another size', '<template><img src="/t/1_large.jpg"></template>'],
    ['a place for any photo', '<template><img src="/t/{{id}}.jpg"></template>'],
    ['pictures of another kind', '<template><img src="/themes/7.jpg"></template>'],
    ['a strip of others', `<template><div class="related">${photos(3)}</div></template>`],
    ['a letter', '<textarea>See 3.jpg</textarea>'],
    ['covers of two albums', `<script>covers = ["/t/3.jpg", "/t/4.jpg"]</script>`],
    ['a list of the photos', `<script>all = ["/t/1.jpg", "/big/1.jpg", "/t/2_m.jpg"]</script>`],
    ['pictures of a style', `<script>a = ["/css/3.jpg", "/css/4.jpg", "/css/5.jpg"]</script>`],
    [
      'what the page shows beside',
      `<aside>${photos(3, 4, 5)}</aside><script>a = ["/t/3.jpg", "/t/4.jpg", "/t/5.jpg"]</script>`,
    ],
    [
      'what search engines read',
      '<script type="application/ld+json">["/t/3.jpg", "/t/4.jpg", "/t/5.jpg"]</script>',
    ],
  ])('%s', (_what, hidden) => {
    expect(doubtsOf(profile, page(hidden))).toEqual([]);
  });

  test('the photos of other pages', () => {
    const next = ', next: { by: link, select: a.next }';
    const held = `<template>${photos(3, 4, 5)}</template>`;
    const first = `<main>${photos(1, 2)}<a class="next" href="/?p=2">Next</a></main>${held}`;
    const walk = (...last: number[]) =>
      doubtsOf(rules(next), { '/': first, '/?p=2': `<main>${photos(...last)}</main>` });
    expect(walk(3, 4, 5)).toEqual([]);
    expect(walk(3, 4)).toEqual([expect.stringContaining('Page 1 holds 3 photos')]);
  });

  test('other sizes of the same photos, which have their numbers in common', () => {
    const files = ['1234567_abc', '7654321_def', '9999999_ghi'];
    const row = (file: string) => photo(1).replaceAll('1.jpg', `${file}.jpg`);
    const others = files.map((file) => `"/t/${file.slice(0, 8)}xyz.jpg"`);
    const html = `<main><ul>${files.map(row).join('')}</ul></main><script>[${others}]</script>`;
    expect(doubtsOf(profile, { '/': html })).toEqual([]);
  });

  test('but not photos of one day, which have their date in common', () => {
    const named = (number: number) => photo(number).replaceAll('.jpg', '_20170812.jpg');
    const html = [1, 2, 3, 4, 5].map(named).join('');
    const others = [6, 7, 8].map((number) => `"/t/${number}_20170812.jpg"`);
    const pages = { '/': `<main><ul>${html}</ul></main><script>[${others}]</script>` };
    expect(doubtsOf(profile, pages)).toEqual([expect.stringContaining('holds 3 photos')]);
  });

  test('photos that listing.ignore names', () => {
    const hidden = page(`<template id="others">${photos(3, 4)}</template>`);
    expect(doubtsOf(rules(", ignore: '#others'"), hidden)).toEqual([]);
  });
});

describe('where the rules take JSON in a page', () => {
  const json = profileOf(`
listing: { mark: main, json: { script: '#data' } }
item:
  row: $.photos[*]
  id: { select: $.id }
  thumbnail: { select: $.thumb }
  original: [{ select: $.src }]
`);
  const data = (...ids: number[]) => {
    const list = ids.map((id) => ({ id, thumb: `/t/${id}.jpg`, src: `/big/${id}.jpg` }));
    return `<script id="data">${JSON.stringify({ photos: list })}</script>`;
  };
  const shown = (html: string) => ({ '/': `<main>${html}</main>${data(1, 2)}` });

  test('photos that the page shows and the JSON does not have are in doubt', () => {
    expect(doubtsOf(json, shown(photos(3, 4, 5)))).toEqual([
      expect.stringContaining('Page 1 shows 3 photos that item.row does not find'),
    ]);
  });

  test('so are those whose links alone are of a kind that the JSON has', () => {
    const html = photos(3, 4, 5).replaceAll('/t/', '/tiny/');
    expect(doubtsOf(json, shown(html))).toEqual([expect.stringContaining('shows 3 photos')]);
  });

  test.each([
    ['the same photos', photos(1, 2)],
    ['pictures of another kind', '<img src="/themes/3.jpg">'],
    ['photos beside them', `<aside>${photos(3)}</aside>`],
    ['covers of other albums', '<a href="/album/7"><img src="/t/7.jpg"></a>'],
  ])('%s are not', (_what, html) => {
    expect(doubtsOf(json, shown(html))).toEqual([]);
  });
});
