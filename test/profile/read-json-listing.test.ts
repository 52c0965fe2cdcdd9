import { describe, expect, test } from '@jest/globals';
import { Page } from '../../src/page/page.js';
import { followJsonPath, parseJsonPath } from '../../src/profile/json-path.js';
import { PageError } from '../../src/profile/open-page.js';
import { readListing } from '../../src/profile/read-listing.js';
import type { Profile } from '../../src/profile/schema.js';
import { profileOf } from './profile-of.js';

describe('a listing in JSON', () => {
  const url = 'https://album.test/api/photos?size=3';

  function read(text: string, profile: Profile) {
    return readListing(new Page({ url, text }), profile, { albumUrl: url, number: 1 });
  }

  const item = `
item:
  row: $.photos[*]
  id: { select: $.id }
  original: [{ select: $.id, filters: [replace: { match: ^(.+)$, with: /files/$1 }] }]
  title: { select: $.title }`;

  const api = profileOf(`
listing: { mark: $.photos, next: { by: cursor, select: $.next, parameter: after } }
${item}
`);

  test('rows, fields and the cursor of the next page', () => {
    const page = read('{"photos":[{"id":7,"title":" Lake "},{"id":"b/c"}],"next":"K+9"}', api);
    expect(page).toMatchObject({
      rows: 2,
      next: 'https://album.test/api/photos?size=3&after=K%2B9',
      photos: [
        { id: '7', originals: ['https://album.test/files/7'], title: 'Lake' },
        { id: 'b/c', originals: ['https://album.test/files/b/c'] },
      ],
    });
  });

  test.each(['null', '""', '{}', '[]'])('where the cursor is %s, there is no next page', (next) => {
    expect(read(`{"photos":[],"next":${next}}`, api).next).toBeUndefined();
  });

  test('an id that JavaScript would round is read to its last digit', () => {
    const page = read('{"photos":[{"id":9007199254740993}]}', api);
    expect(page.photos.map(({ id }) => id)).toEqual(['9007199254740993']);
  });

  test.each([
    ['an error in JSON', '{"error":"no"}', /no page of the album.*\$\.photos.*"error"/],
    ['a page in place of JSON', '<h1>Back soon</h1>', /it is no JSON: .*Back soon/],
    ['nothing', '', /it is no JSON: nothing/],
  ])('%s is no empty page', (_what, text, message) => {
    expect(() => read(text, api)).toThrow(PageError);
    expect(() => read(text, api)).toThrow(message);
  });

  test('an object’s names can be the file names, with spaces and & in them', () => {
    const files = profileOf(`
listing: { json: { file: index.json } }
item:
  row: $.medias.*
  id: { select: $~ }
  fileName: { select: $~ }
  original: [{ select: $~, filters: [encode] }]
  date: { select: $.date, filters: [date: iso] }
`);
    const page = read('{"medias":{"Müller & Söhne 1.jpg":{"date":"2009-01-30T16:35:37"}}}', files);
    expect(page.photos).toMatchObject([
      {
        id: 'Müller & Söhne 1.jpg',
        fileName: 'Müller & Söhne 1.jpg',
        originals: ['https://album.test/api/M%C3%BCller%20%26%20S%C3%B6hne%201.jpg'],
        date: '2009-01-30T16:35:37',
      },
    ]);
  });

  const script = profileOf(`
listing:
  json: { script: 'script#state', match: 'STATE = (.+);' }
  next: { by: link, select: 'a[rel=next]' }
${item}
`);

  test('JSON in a script of the page, with the next page in its links', () => {
    const html = `<a rel="next" href="?p=2">more</a>
    <script id="state">window.STATE = {"photos":[{"id":1,"title":"a &lt; b"}]};</script>`;
    expect(read(html, script)).toMatchObject({
      next: 'https://album.test/api/photos?p=2',
      photos: [{ id: '1', title: 'a &lt; b' }],
    });
  });

  test('JSON in a script as long as a whole album', () => {
    const photos = Array.from({ length: 1000 }, (_, id) => ({
      id,
      title: 'At the lake in summer',
    }));
    const html = `<script id="state">window.STATE = ${JSON.stringify({ photos })};</script>`;
    expect(read(html, script).photos).toHaveLength(1000);
  });

  test.each([
    ['no script', '<title>Sorry</title>', /there is no script#state on it: Sorry/],
    [
      'another script',
      '<script id="state">go()</script>',
      /matches nothing of script#state: go\(\)/,
    ],
  ])('a page with %s is an error', (_what, html, message) => {
    expect(() => read(html, script)).toThrow(message);
  });
});

describe('a path in JSON', () => {
  const album = {
    photos: [{ id: 1 }, { id: 2 }],
    files: { 'a & b.jpg': { size: 3 }, 'c.d': null },
  };
  const values = (path: string) => followJsonPath(path, { value: album }).map(({ value }) => value);

  test.each([
    ['$', [album]],
    ['$.photos[*].id', [1, 2]],
    ['$.photos[1]', [{ id: 2 }]],
    ["$.files['a & b.jpg'].size", [3]],
    ["$['files']['c.d']", [null]],
    ['$.files.*', [{ size: 3 }, null]],
    ['$.files.*~', ['a & b.jpg', 'c.d']],
    ['$.nothing.here', []],
    ['$.photos.length', []],
    ['$.toString', []],
    ['$.photos[9]', []],
  ])('%s', (path, found) => {
    expect(values(path)).toEqual(found);
  });

  test.each(['$photos', '$.', '$.a b', '$[a]', "$['a]", '$..a', '$.a[?(@.b)]'])(
    '%s is not a path',
    (path) => {
      expect(() => parseJsonPath(path)).toThrow('is not a step of a path');
    },
  );
});
