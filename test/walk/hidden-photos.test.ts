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
  test.each([
    ['a template', `<template>${photos(3, 4)}</template>`],
    ['a script that is none', `<script type="text/html">${photos(3, 4)}</script>`],
    ['a script that is a template', `<script type="x-tmpl/template">${photos(3, 4)}</script>`],
    ['the text of a field', `<textarea hidden>${escaped(photos(3, 4))}</textarea>`],
  ])('%s', (_what, hidden) => {
    expect(doubtsOf(profile, page(hidden))).toEqual([
      expect.stringContaining(
        'Page 1 shows 2 photos that item.row does not find, though they are like those that it finds; the first one is a picture at /t/3.jpg.',
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
  ])('%s', (_what, hidden) => {
    expect(doubtsOf(profile, page(hidden))).toEqual([]);
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

  test.each([
    ['the same photos', photos(1, 2)],
    ['pictures of another kind', '<img src="/themes/3.jpg">'],
    ['photos beside them', `<aside>${photos(3)}</aside>`],
  ])('%s are not', (_what, html) => {
    expect(doubtsOf(json, shown(html))).toEqual([]);
  });
});
