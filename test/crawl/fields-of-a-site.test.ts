import { describe, expect, test } from '@jest/globals';
import { savedPage } from '../helpers/saved-page.js';
import { profileOf } from '../profile/profile-of.js';

describe('fields around rows', () => {
  test('photos nested in events in JSON: date, text and sender are the event’s', async () => {
    const feed = profileOf(`
item:
  row: $.days[*].events[*].attachments[*]
  id: { select: $.key }
  original: [{ select: $.url }]
  date: { of: '$.days[*].events[*]', select: $.at, filters: [date: iso] }
  caption: { of: '$.days[*].events[*]', select: $.comment }
  sender: { of: page, select: $.school.name }
  title: { of: '$.days[*]', select: $.name }
`);
    const page = JSON.stringify({
      school: { name: 'Little Stars' },
      days: [
        {
          name: 'Monday',
          events: [
            {
              at: '2016-07-04T09:30:00',
              comment: 'Painting',
              attachments: [
                { key: 'a', url: '/a.png' },
                { key: 'b', url: '/b.png' },
              ],
            },
            { at: '2016-07-04T14:00:00', attachments: [] },
          ],
        },
        {
          name: 'Tuesday',
          events: [{ at: '2016-07-05T10:00:00', attachments: [{ key: 'c', url: '/c.png' }] }],
        },
      ],
    });
    expect(await savedPage(feed, page, ['/a.png', '/b.png', '/c.png'])).toMatchObject([
      { id: 'a', date: '2016-07-04T09:30:00', caption: 'Painting', title: 'Monday' },
      { id: 'b', date: '2016-07-04T09:30:00', caption: 'Painting', sender: 'Little Stars' },
      { id: 'c', date: '2016-07-05T10:00:00', title: 'Tuesday', sender: 'Little Stars' },
    ]);
  });

  test('photos in posts of a page: what the post and the page say', async () => {
    const posts = profileOf(`
item:
  row: .post img
  id: { attribute: src }
  original: [{ attribute: src }]
  date: { of: .post, select: time, attribute: datetime }
  caption: { of: .post, select: p }
  sender: { of: page, select: header b }
`);
    const post = (day: string, text: string, ...files: string[]) =>
      `<div class="post"><time datetime="2016-07-${day}"></time><p>${text}</p><div class="pictures">
      ${files.map((file) => `<img src="${file}">`).join('')}</div></div>`;
    const page = `<header><b>Anna</b></header>${post('04', 'Lake', '/a.png', '/b.png')}${post('05', 'Hill', '/c.png')}`;
    expect(await savedPage(posts, page, ['/a.png', '/b.png', '/c.png'])).toMatchObject([
      { id: '/a.png', date: '2016-07-04', caption: 'Lake', sender: 'Anna' },
      { id: '/b.png', date: '2016-07-04', caption: 'Lake', sender: 'Anna' },
      { id: '/c.png', date: '2016-07-05', caption: 'Hill', sender: 'Anna' },
    ]);
  });

  test('a directory listing: the date is the bare text behind the link', async () => {
    const directory = profileOf(`
item:
  row: a[href$=".png"]
  id: { attribute: href }
  original: [{ attribute: href }]
  date:
    text: after
    filters: [match: '\\d\\d-\\w+-\\d{4} \\d\\d:\\d\\d', date: { format: 'dd-MMM-yyyy HH:mm' }]
`);
    const page = `<h1>Index of /</h1><pre><a href="../">../</a>
<a href="a%20b.png">a b.png</a>              15-Aug-2010 10:56             4711
<a href="c.png">c.png</a>                    16-Aug-2010 11:00              812
</pre>`;
    expect(await savedPage(directory, page, ['/a%20b.png', '/c.png'])).toMatchObject([
      { id: 'a%20b.png', date: '2010-08-15T10:56:00' },
      { id: 'c.png', date: '2010-08-16T11:00:00' },
    ]);
  });

  test('a table with a row of pictures, a row of titles in the same columns, and one line of text', async () => {
    const table = profileOf(`
item:
  row: td > img
  id: { attribute: src }
  original: [{ attribute: src }]
  title: { beside: below, select: b }
  caption: { beside: .text }
  sender: { of: tr, beside: .by, select: 'td:nth-child(2)' }
`);
    const page = `<table>
    <tr><td><img src="/a.png"><i>old</i><i class="text">Lake</i></td><td><img src="/b.png"></td></tr>
    <tr><td><b>A</b></td><td><b>B</b></td></tr>
    <tr class="by"><td>by</td><td>Anna</td></tr>
    <tr><td><img src="/c.png"><i class="text">Hill</i></td></tr>
    <tr><td>no title</td></tr>
  </table>`;
    expect(await savedPage(table, page, ['/a.png', '/b.png', '/c.png'])).toEqual([
      expect.objectContaining({ id: '/a.png', title: 'A', caption: 'Lake', sender: 'Anna' }),
      expect.objectContaining({ id: '/b.png', title: 'B', sender: 'Anna' }),
      expect.not.objectContaining({ title: expect.anything(), sender: expect.anything() }),
    ]);
  });
});

describe('fields of parts and candidates', () => {
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
});
