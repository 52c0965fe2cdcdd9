import { expect, test } from '@jest/globals';
import { RenewedPages } from '../../src/crawl/renewed-pages.js';

/** Pages whose readings are counted. */
function counted(life?: number) {
  const read: number[] = [];
  const pages = new RenewedPages(async (page) => {
    read.push(page);
    return new Set([`photo ${read.length}`]);
  }, life);
  return { pages, read };
}

test('a page is read again once for all that ask for it', async () => {
  const { pages, read } = counted();
  const both = await Promise.all([pages.read(1), pages.read(1)]);
  both.push(await pages.read(1));
  expect(both.map((keys) => [...keys])).toEqual([['photo 1'], ['photo 1'], ['photo 1']]);
  await pages.read(2);
  expect(read).toEqual([1, 2]);
});

test('once more after a photo of the page was saved, not while it is being read', async () => {
  const { pages, read } = counted();
  const first = pages.read(1);
  pages.saved(1);
  await Promise.all([first, pages.read(1)]);
  pages.saved(2);
  await pages.read(1);
  expect(read).toEqual([1]);
  pages.saved(1);
  await pages.read(1);
  expect(read).toEqual([1, 1]);
});

test('once more when what it says may have run out again', async () => {
  const { pages, read } = counted(0);
  await pages.read(1);
  await pages.read(1);
  expect(read).toEqual([1, 1]);
});
