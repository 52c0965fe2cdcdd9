import { expect, test } from '@jest/globals';
import { savedPage } from '../helpers/saved-page.js';
import { profileOf } from '../profile/profile-of.js';

test('an address of several parts, each encoded as a part, or kept as a path or a prefix', async () => {
  const frame = profileOf(`
item:
  row: $.photos[*]
  id: { parts: { album: { of: page, select: $.album }, file: { select: $.file } }, address: '{album}:{file}' }
  original:
    - parts:
        prefix: { select: $.prefix, filters: [join] }
        key: { select: $.key, filters: [encodePath] }
      address: '{prefix}/{key}?v=1'
    - parts:
        album: { of: page, select: $.album }
        file: { from: fileName }
      address: /originals/{album}/{file}
  fileName: { select: $.file }
`);
  const page = JSON.stringify({
    album: 'A & B/2016',
    photos: [
      { file: 'a b#1.png' },
      { file: '2.png', prefix: '/cdn/x', key: 'sub folder/k?2.png' },
      { file: '{album}.png' },
    ],
  });
  const files = [
    '/originals/A%20%26%20B%2F2016/a%20b%231.png',
    '/cdn/x/sub%20folder/k%3F2.png?v=1',
    '/originals/A%20%26%20B%2F2016/%7Balbum%7D.png',
  ];
  const photos = await savedPage(frame, page, files);
  expect(photos.map(({ originalUrl }) => new URL(String(originalUrl)))).toMatchObject(
    files.map((file) => ({
      href: expect.stringMatching(/^http/),
      pathname: file.split('?', 1)[0],
    })),
  );
  expect(photos.map(({ id }) => id)).toContain('A%20%26%20B%2F2016:a%20b%231.png');
});

test('of several rules for a field, the first that gives a value counts', async () => {
  const feed = profileOf(`
item:
  row: $.items[*]
  id: [{ select: $.uuid }, { select: $.id }]
  original: [{ select: $.url }]
  title: [{ select: $.name, filters: [match: '^[A-Z].*'] }, { select: $.fileName }, { from: id }]
  caption: [{ select: $.html, filters: [html] }, { select: $.text }]
`);
  const page = JSON.stringify({
    items: [
      { uuid: 'u1', id: 1, url: '/1.png', name: 'Lake', html: '<p>A &amp; B</p><p>C<br>D</p>' },
      { id: 2, url: '/2.png', name: 'img_2', fileName: '2.png', text: 'a < b' },
      { id: 3, url: '/3.png', html: '<style>p { color: red }</style>' },
    ],
  });
  const photos = await savedPage(feed, page, ['/1.png', '/2.png', '/3.png']);
  expect(photos).toMatchObject([
    { id: 'u1', title: 'Lake', caption: 'A & B C D' },
    { id: '2', title: '2.png', caption: 'a < b' },
    { id: '3', title: '3' },
  ]);
  expect(photos[2]).not.toHaveProperty('caption');
});

test('rules for the row and for the photo’s own page, in either order', async () => {
  const gallery = profileOf(`
item:
  row: figure
  id: { select: img, attribute: src }
  detail: { select: a, attribute: href }
  original: [{ select: img, attribute: src }]
  title: [{ on: detail, select: h1 }, { select: b }]
  caption: [{ select: i }, { on: detail, select: .long }, { on: detail, select: p }]
`);
  const figure = (number: number, inside: string) =>
    `<figure><a href="/${number}.html"><img src="/${number}.png"></a>${inside}</figure>`;
  const page = figure(1, '<b>row</b><i>row</i>') + figure(2, '<b>row</b>');
  const photos = await savedPage(gallery, page, ['/1.png', '/2.png'], {
    '/1.html': '<h1>own</h1><p>own</p>',
    '/2.html': '<p>own</p>',
  });
  expect(photos).toMatchObject([
    { title: 'own', caption: 'row' },
    { title: 'row', caption: 'own' },
  ]);
});
