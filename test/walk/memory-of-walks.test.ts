import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { expect, test } from '@jest/globals';
import { AlbumWalks } from '../../src/walk/album-walks.js';
import { keyDigest } from '../../src/walk/key-digest.js';
import type { PageTestimony } from '../../src/walk/page-testimony.js';
import { ShownPages } from '../../src/walk/shown-pages.js';
import type { WalkPlace } from '../../src/walk/walk-place.js';
import type { WalkedPage } from '../../src/walk/walked-page.js';
import { withAlbum } from '../album/with-album.js';

const photosOfPage = 48;
const start = 'https://album.test/Frame/AllPictures';

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as () => void;

/** Bytes in use, on the heap and beside it. */
async function memoryInUse(): Promise<number> {
  collectGarbage();
  // What the database handed out is let go of then.
  await new Promise((resolve) => setImmediate(resolve));
  const { heapUsed, arrayBuffers } = process.memoryUsage();
  return heapUsed + arrayBuffers;
}

/** A page as a site with a line of numbered links makes it; each has texts of its own, as if read anew. */
function pageAt({ number }: WalkPlace, pages: number): WalkedPage {
  const isPage = number <= pages;
  const linkTo = (page: number) => ({
    what: `the link “${page}”`,
    isCertain: false,
    number: page,
    url: `${start}?p=${page}`,
  });
  const testimony: PageTestimony = {
    addresses: [`album.test/Frame/AllPictures?p=${number}`],
    ways: [linkTo(number + 1)],
    furthest: { value: pages, what: `the link “${pages}”`, url: `${start}?p=${pages}` },
    mayShowMore: true,
    end: 'ends',
    notices: [],
    words: '',
    frame: Array.from({ length: 10 }, (_, name) => 4_000_000_000 + name),
    numbered: [number - 2, number - 1, number + 1, number + 2].map((page) => ({
      key: `album.test/Frame/AllPictures?p=${page}`,
      number: page,
      way: linkTo(page),
    })),
    total: undefined,
    takenKinds: [`html>body>div#page>div#main>table#pictures>tbody>tr>td>img`],
    untakenKinds: [],
    untaken: undefined,
    scripted: undefined,
  };
  const keys = Array.from({ length: isPage ? photosOfPage : 0 }, (_, position) =>
    keyDigest(`${number} ${position}`),
  );
  const next = `${start}?p=${number + 1}`;
  return { keys, rows: keys.length, unreadable: [], albums: [], next, testimony };
}

test('the walks of a large album keep 75 bytes a photo at the most', () =>
  withAlbum(async ({ album }) => {
    const pages = 400;
    const shownPages = new ShownPages(album, 'run', {}, true);
    const walks = new AlbumWalks({ starts: [start], orders: ['numbers'], mostPages: 10_000 });
    const before = await memoryInUse();
    let most = 0;
    for (let place: WalkPlace | undefined = walks.begin; place !== undefined; ) {
      const served = {
        ...{ url: place.url, status: 200, text: `page ${place.number}` },
        ...{ type: 'text/html', linkHeader: undefined },
      };
      let shown = (await shownPages.find(place, served))?.shown;
      if (shown === undefined) {
        shown = pageAt(place, pages);
        shownPages.begin(place);
        await shownPages.note(place, served, shown, [], undefined);
      }
      ({ place } = walks.addPage(place, shown));
      if (place?.number === pages) most = Math.max(most, (await memoryInUse()) - before);
    }
    expect(walks.number).toBe(2);
    expect(most / (pages * photosOfPage)).toBeLessThan(75);
  }));
