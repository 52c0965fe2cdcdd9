import { describe, expect, test } from '@jest/globals';
import { smallFilms } from '../picture/sample-films.js';
import { learnItem } from './learn-item.js';

function list<Row>(count: number, row: (number: number) => Row, first = 1): Row[] {
  return Array.from({ length: count }, (_, index) => row(first + index));
}

function html(rows: string[], head = ''): string {
  return `<!doctype html><html lang="en"><head>${head}<title>Holiday</title></head><body><div id="album">${rows.join('\n')}</div></body></html>`;
}

const guid = (number: number) =>
  `8ab5b353-73d0-47ea-95a7-${(number * 7919 + 0x2b0952).toString(16).padStart(12, '0')}`;
const ticks = (number: number) => `6361554503921${71000 - number}`;

test('Kodak Pulse: the letter in the thumbnail’s address, its GUID and its ticks', async () => {
  const cell = (number: number) =>
    `<td><img src="/26~t~${guid(number)}~${ticks(number)}.jpg" alt="${number - 1}" rot="Rotate${number % 2 ? '90' : 'None'}" style="display: inline;"></td>`;
  const text = html(['<table><tr>', ...list(12, cell), '</tr></table>']);
  const { rules, missing } = await learnItem({
    path: '/Frame/AllPictures',
    text,
    row: 'td > img',
    files: (path) => {
      const width = { t: 160, a: 1600 }[/~([a-z])~/.exec(path)?.[1] ?? ''];
      return width === undefined ? undefined : { width, name: path };
    },
    again: [{ path: '/Frame/AllPictures', text }],
  });
  expect(rules).toMatchObject({
    thumbnail: { attribute: 'src' },
    original: [{ from: 'thumbnail', filters: [{ replace: { match: '~t~', with: '~a~' } }] }],
    version: { from: 'thumbnail', filters: [{ match: '(?<!\\d)(6[2-4]\\d{16})(?!\\d)' }] },
    rotation: { attribute: 'rot' },
  });
  expect(JSON.stringify(rules.id)).toContain('[0-9a-fA-F]{8}-');
  expect(missing).toEqual([]);
});

test('WordPress: srcset has a larger picture, and the file without its size is larger still', async () => {
  const item = (number: number) =>
    `<figure class="gallery-item"><a href="/holiday/img-${number}/"><img src="/uploads/img_${number}0${number}-150x150.jpg" srcset="/uploads/img_${number}0${number}-150x150.jpg 150w, /uploads/img_${number}0${number}-1024x768.jpg 1024w"></a><figcaption class="gallery-caption">${'A'.repeat(number)} day at the <b>sea</b></figcaption></figure>`;
  const { rules } = await learnItem({
    path: '/holiday/',
    text: html(list(9, item)),
    row: 'figure.gallery-item',
    files: (path) => {
      if (path.startsWith('/holiday')) return '<html><body>A post</body></html>';
      const [, number, size] = /^\/uploads\/img_(\d+)(?:-(\d+)x\d+)?\.jpg$/.exec(path) ?? [];
      return number === undefined ? undefined : { width: Number(size ?? 2000), name: number };
    },
  });
  expect(rules).toMatchObject({
    original: [
      {
        from: 'thumbnail',
        filters: [{ replace: { match: '-\\d{2,4}x\\d{2,4}(?=\\.\\w+$)', with: '' } }],
      },
    ],
    caption: { select: 'figcaption' },
  });
});

test('lazy loading: data attributes count, not the placeholder that is the same everywhere', async () => {
  const item = (number: number) =>
    `<a class="tile" href="/full/${number}77.jpg" data-id="p${number}x9"><img class="lazy" src="/blank.gif" data-src="/small/${number}77.jpg" alt="Tile"></a>`;
  const { rules, requested } = await learnItem({
    path: '/album',
    text: html(list(8, item)),
    row: 'a.tile',
    files: (path) => ({ width: path.startsWith('/full') ? 1200 : 200, name: path }),
  });
  expect(rules).toMatchObject({
    thumbnail: { select: 'img', attribute: 'data-src' },
    original: [{ attribute: 'href' }],
    id: { attribute: 'data-id' },
  });
  expect(requested).not.toContain('/blank.gif');
});

test('background pictures with sizes in the query', async () => {
  const item = (number: number) =>
    `<div class="photo" data-photo-id="${9000 + number * 13}" style="background-image: url('/media/${number}a.jpg?w=200&amp;h=200&amp;q=60')"></div>`;
  const { rules } = await learnItem({
    path: '/album',
    text: html(list(8, item)),
    row: 'div.photo',
    files: (path) => ({ width: path.includes('w=') ? 200 : 1000, name: path.split('?')[0] ?? '' }),
  });
  expect(rules).toMatchObject({
    thumbnail: { attribute: 'style' },
    original: [{ from: 'thumbnail', filters: [{ replace: { with: '', all: true } }] }],
    id: { attribute: 'data-photo-id' },
  });
});

test('a JSON feed: posts around photos say who sent them, and when', async () => {
  const post = (number: number) => ({
    author: { name: `Teacher ${number}` },
    subject: `Week ${number}`,
    createdAt: `2026-03-${10 + number}T08:15:00+01:00`,
    attachments: list(3, (photo) => ({
      id: `a${number}f${photo}c`,
      thumbnailUrl: `/t/${number}/${photo}.jpg`,
      url: `/p/${number}/${photo}.jpg`,
      originalUrl: `/o/${number}/${photo}.jpg`,
      fileName: `IMG_${number}${photo}.jpg`,
    })),
  });
  const { rules } = await learnItem({
    path: '/api/posts',
    text: JSON.stringify({ posts: list(4, post) }),
    row: '$.posts[*].attachments[*]',
    files: (path) => {
      const width = { t: 100, p: 800, o: 2000 }[path.split('/')[1] ?? ''];
      return width === undefined ? undefined : { width, name: path };
    },
  });
  expect(rules).toMatchObject({
    thumbnail: { select: '$.thumbnailUrl' },
    original: [{ select: '$.originalUrl' }],
    id: { select: '$.id' },
    fileName: { select: '$.fileName' },
    sender: { of: '$.posts[*]', select: '$.author.name' },
    title: { of: '$.posts[*]', select: '$.subject' },
    date: { of: '$.posts[*]', select: '$.createdAt' },
  });
});

test('nothing larger than the thumbnail is said to be missing', async () => {
  const item = (number: number) => `<li><img src="/pictures/${number * 37}c.jpg"></li>`;
  const { rules, missing, uncertain } = await learnItem({
    path: '/album',
    text: html(list(6, item)),
    row: 'li',
    files: (path) => (/^\/pictures\/\w+\.jpg$/.test(path) ? { width: 200, name: path } : undefined),
  });
  expect(rules.original).toEqual([{ from: 'thumbnail' }]);
  expect(missing).toEqual(['original: nothing larger than the thumbnail itself was found']);
  expect(uncertain).toEqual(['original']);
});

test.each(['View all sizes', 'Download the original'])(
  'the picture of a photo’s own page is not taken for the original beside “%s”',
  async (words) => {
    const item = (number: number) =>
      `<li><a href="/p/${number}"><img src="/s/${number * 37}_s.jpg" width="100"></a></li>`;
    const { missing } = await learnItem({
      path: '/album',
      text: html(list(6, item)),
      row: 'li',
      files: (path) => {
        const [, number] = /^\/p\/(\d+)$/.exec(path) ?? [];
        if (number !== undefined) {
          return `<div id="photo"><img src="/s/${Number(number) * 37}_z.jpg" width="300"></div><a href="/p/${number}/sizes">${words}</a>`;
        }
        if (path.endsWith('/sizes')) return '<p>Sizes</p>';
        const [, name = '', size] = /^\/s\/(\d+)_([sz])\.jpg$/.exec(path) ?? [];
        return size === undefined ? undefined : { width: size === 's' ? 100 : 300, name };
      },
    });
    expect(missing).toEqual([
      expect.stringMatching(/^original: a link on .* leads to a further page/),
    ]);
  },
);

test('an id is the same when the page is loaded again: what stays of addresses with tokens', async () => {
  const page = (token: string) =>
    html(
      list(
        6,
        (number) =>
          `<li id="row-${token}-${number}"><a href="/s/${token}/${number * 911}.html"><img src="/s/${token}/DSC_${number * 911}_m.jpg"></a></li>`,
      ),
    );
  const files = (path: string) => {
    if (path.endsWith('.html')) return '<html><body>A photo</body></html>';
    return { width: path.endsWith('_m.jpg') ? 200 : 900, name: path };
  };
  const album = { path: '/album', text: page('k3j9x'), row: 'li', files };
  const once = await learnItem(album);
  expect(once.rules.id).not.toEqual({ from: 'original', filters: ['file'] });
  const twice = await learnItem({ ...album, again: [{ path: '/album', text: page('w8q2z') }] });
  expect(twice.rules.id).toEqual({ from: 'original', filters: ['file'] });
  expect(twice.seenOn.id).toBe('a different one in each of 6 rows, the same when loaded again');
});

/** A page of an album whose rows say their place in it, by what says it. */
function placed(first: number, place: (index: number) => string): string {
  return html(
    list(
      5,
      (number) =>
        `<li><img data-id="${place(number - first)}" src="/pictures/${number * 37}c.jpg"></li>`,
      first,
    ),
  );
}

const placedAlbum = {
  path: '/album',
  row: 'li',
  files: (path: string) => ({ width: 200, name: path }),
};

test('positions are no ids', async () => {
  const text = placed(1, (index) => `${index + 1}`);
  const { rules } = await learnItem({ ...placedAlbum, text });
  expect(rules.id).toEqual({ from: 'original', filters: ['path', 'decode'] });
});

test('what stands on the next page again is no id', async () => {
  const place = (index: number) => 'qhdkz'[index] ?? '';
  const once = await learnItem({ ...placedAlbum, text: placed(1, place) });
  expect(once.rules.id).toEqual({ select: 'img', attribute: 'data-id' });
  const again = [{ path: '/album?page=2', text: placed(6, place) }];
  const { rules, seenOn } = await learnItem({ ...placedAlbum, text: placed(1, place), again });
  expect(rules.id).toEqual({ from: 'original', filters: ['path', 'decode'] });
  expect(seenOn.id).toBe('a different one in each of 5 rows, none of them on another page');
});

test('films in a list of photos: the film counts, not its poster', async () => {
  const item = (number: number) =>
    number % 3 === 0
      ? `<li data-key="k${number}z"><a href="/films/${number * 37}.mp4"><img src="/small/${number * 37}.jpg"></a></li>`
      : `<li data-key="k${number}z"><a href="/large/${number * 37}.jpg"><img src="/small/${number * 37}.jpg"></a></li>`;
  const { rules, missing } = await learnItem({
    path: '/album',
    text: html(list(9, item)),
    row: 'li',
    files: (path) =>
      path.endsWith('.mp4')
        ? smallFilms['an MP4 with its index last']?.file
        : { width: path.startsWith('/small') ? 200 : 900, name: path },
  });
  expect(rules.original).toEqual([{ select: 'a', attribute: 'href' }]);
  expect(missing).toEqual([]);
});

test('a recorded visit shows how an address is made of parts of JSON', async () => {
  const photo = (number: number) => ({
    id: `${number * 7919}`,
    secret: `s${number}q${number * 31}`,
    server: `v${(number % 3) + 10}`,
    thumb: `/t/${number * 7919}`,
  });
  const original = (number: number) =>
    `/store/v${(number % 3) + 10}/${number * 7919}_s${number}q${number * 31}_o.jpg`;
  const { rules, missing } = await learnItem({
    path: '/api/photos',
    text: JSON.stringify({ photos: list(8, photo) }),
    row: '$.photos[*]',
    files: (path) =>
      path.startsWith('/t/')
        ? { width: 150, name: path }
        : path.startsWith('/store/')
          ? { width: 1500, name: path }
          : undefined,
    seen: [{ thumbnail: `/t/${2 * 7919}`, original: original(2) }],
  });
  expect(rules.original).toMatchObject([
    {
      parts: {
        id: { select: '$.id' },
        secret: { select: '$.secret' },
        server: { select: '$.server' },
      },
      address: '/store/{server}/{id}_{secret}_o.jpg',
    },
  ]);
  expect(missing).toEqual([]);
});

test('a recorded visit shows a rewriting that nobody would guess', async () => {
  const item = (number: number) => `<li><img src="/p/${number * 911}/klein-3.jpg"></li>`;
  const { rules } = await learnItem({
    path: '/album',
    text: html(list(8, item)),
    row: 'li',
    files: (path) => {
      if (path.endsWith('/klein-3.jpg')) return { width: 150, name: path };
      return path.endsWith('/bild-x.jpg') ? { width: 1500, name: path } : undefined;
    },
    seen: [{ thumbnail: '/p/1822/klein-3.jpg', original: '/p/1822/bild-x.jpg' }],
  });
  expect(rules.original).toEqual([
    { from: 'thumbnail', filters: [{ replace: { match: '/klein-3\\.', with: '/bild-x.' } }] },
  ]);
});

test('a poster is not taken for a film that cannot be fetched', async () => {
  const item = (number: number) =>
    `<li data-key="k${number}z"><a href="/${number % 3 === 0 ? 'films' : 'large'}/${number * 37}.${number % 3 === 0 ? 'mp4' : 'jpg'}"><img src="/small/${number * 37}.jpg"></a></li>`;
  const { rules, missing } = await learnItem({
    path: '/album',
    text: html(list(9, item)),
    row: 'li',
    files: (path) =>
      path.endsWith('.mp4')
        ? undefined
        : { width: path.startsWith('/small') ? 200 : 900, name: path },
  });
  expect(rules.original).toEqual([{ select: 'a', attribute: 'href' }]);
  expect(missing).toEqual(['original: found for 3 of 4 photos tried']);
});

test('a title of one photo is not that of all in its row of a table', async () => {
  const cell = (number: number) =>
    `<td class="thumb"><a href="/show/${number * 37}"><img src="/small/${number * 37}.jpg" alt="DSC_${number * 37}.jpg"></a><span class="thumb_title">DSC_${number * 37}</span></td>`;
  const row = (number: number) => `<tr>${list(3, cell, number * 3 + 1).join('')}</tr>`;
  const { rules, requested } = await learnItem({
    path: '/album/index.html',
    text: html(['<table>', ...list(3, row), '</table>']),
    row: 'td.thumb',
    files: (path) => (path.startsWith('/small') ? { width: 200, name: path } : undefined),
  });
  expect(rules).not.toHaveProperty('title');
  expect(rules.fileName).toEqual({ select: 'img', attribute: 'alt' });
  expect(requested.filter((path) => path.startsWith('/album/DSC'))).toEqual([]);
});

describe('albums whose photos are numbered from 1', () => {
  const row = (number: number) =>
    `<a class="tile" href="/large/${number}.jpg"><img src="/small/${number}.jpg"></a>`;
  const files = (path: string) => ({ width: path.startsWith('/large') ? 1200 : 200, name: path });

  test('the whole path is the id, and uncertain', async () => {
    const { rules, uncertain, seenOn, missing } = await learnItem({
      path: '/album',
      text: html(list(8, row)),
      row: 'a.tile',
      files,
      again: [
        { path: '/album', text: html(list(8, row)) },
        { path: '/album?page=2', text: html(list(8, row, 9)) },
      ],
    });
    expect(missing).toEqual([]);
    expect(rules.id).toEqual({ from: 'original', filters: ['path', 'decode'] });
    expect(uncertain).toContain('id');
    expect(seenOn.id).toContain('they count the photos');
  });

  test('a number that another album has too is no id; the album and the number are', async () => {
    const numbered = (album: number) => (number: number) =>
      `<a class="tile" data-id="${number}" href="/photo.php?album=${album}&amp;nr=${number}"><img src="/small.php?album=${album}&amp;nr=${number}"></a>`;
    const { rules, uncertain, missing } = await learnItem({
      path: '/album/3',
      text: html(list(8, numbered(3))),
      row: 'a.tile',
      files: (path) => ({ width: path.startsWith('/photo') ? 1200 : 200, name: path }),
      again: [{ path: '/album/4', text: html(list(5, numbered(4))) }],
    });
    expect(missing).toEqual([]);
    expect(rules.id).toEqual({ from: 'original', filters: [{ match: '^\\w+://[^/]+(/[^#]+)' }] });
    expect(uncertain).toContain('id');
  });

  test('a number in a parameter alone is a position, and no id', async () => {
    const { missing } = await learnItem({
      path: '/album',
      text: html(
        list(
          8,
          (number) =>
            `<a class="tile" href="/photo.php?nr=${number}"><img src="/small.php?nr=${number}"></a>`,
        ),
      ),
      row: 'a.tile',
      files: (path) => ({ width: path.startsWith('/photo') ? 1200 : 200, name: path }),
    });
    expect(missing).toEqual(['id: no value is its own in every row and lasts']);
  });
});
