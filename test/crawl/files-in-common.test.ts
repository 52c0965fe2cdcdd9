import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { picture, withTestSite } from '../helpers/escape-site.js';
import { profileOf } from '../profile/profile-of.js';

const profile = profileOf(`
listing: { mark: main }
item: { row: img, id: { attribute: src }, original: [{ attribute: src }] }`);

const withThumbnails = profileOf(`
listing: { mark: main }
item:
  row: a
  id: { attribute: href }
  thumbnail: { select: img, attribute: src }
  original: [{ attribute: href }]`);

/** How the program ends where the photos have pictures of these numbers. */
async function endingOf(...pictures: number[]): Promise<{ ending: string; lines: string[] }> {
  const photos = pictures.map((_, index) => `<img src="/${index}.png">`);
  const files = pictures.map(async (red, index) => [`/${index}.png`, await picture(red)] as const);
  const site = {
    '/': `<main>${photos.join('')}</main>`,
    ...Object.fromEntries(await Promise.all(files)),
  };
  const ended = { ending: '', lines: [''] };
  await withTestSite(
    profile,
    () => site,
    async ({ run }) => {
      Object.assign(ended, await run());
    },
  );
  return ended;
}

const same = Array.from({ length: 20 }, () => 9);

test('an album of which all photos have one file in common is not complete', async () => {
  const { ending, lines } = await endingOf(...same);
  expect(ending).toBe('incomplete');
  expect(lines).toContainEqual(
    expect.stringMatching(/^All 20 photos have the same file of .* a picture of its own/),
  );
});

test.each([
  ['a photo of its own beside copies', [...same, 1]],
  ['few photos', [9, 9, 9]],
])('an album with %s is complete', async (_what, pictures) => {
  expect((await endingOf(...pictures)).ending).toBe('complete');
});

/** The picture of an original and that of its thumbnail, by numbers; 0 is no picture. */
type Photo = readonly [original: number, thumbnail: number];

/** The answers of a site that shows these photos. */
async function answersWith(photos: readonly Photo[]): Promise<Record<string, string | Buffer>> {
  const answers: Record<string, string | Buffer> = { '/': '<main>' };
  for (const [index, [original, thumbnail]] of photos.entries()) {
    answers['/'] += `<a href="/${index}.png"><img src="/t${index}.png"></a>`;
    answers[`/${index}.png`] = await picture(original);
    answers[`/t${index}.png`] = thumbnail === 0 ? '<p>None' : await picture(thumbnail);
  }
  return answers;
}

const own: Photo[] = [1, 2].map((number) => [number, 10 + number]);
const withOneFile = (...thumbnails: number[]): Photo[] =>
  thumbnails.map((thumbnail) => [9, thumbnail]);

test('a file that the site sent in place of several originals keeps an album from being complete', async () => {
  const site = await answersWith([...own, ...withOneFile(13, 14, 15)]);
  const originals = await answersWith([...own, [3, 13], [4, 14], [5, 15]]);
  await withTestSite(
    withThumbnails,
    () => site,
    async ({ run, storage }) => {
      const { ending, lines } = await run();
      expect(ending).toBe('incomplete');
      expect(lines).toContainEqual(
        expect.stringMatching(/^3 photos have the same file of .* thumbnails that differ/),
      );
      expect((await run()).ending).toBe('incomplete');

      const { twice, pages } = JSON.parse(readFileSync(join(storage, 'report.json'), 'utf8'));
      expect(twice).toHaveLength(1);
      for (const { key, file } of pages[0].photos) {
        if (twice[0].includes(key)) rmSync(join(storage, file));
      }
      Object.assign(site, originals);
      const { ending: last, lines: lastLines } = await run();
      expect(last).toBe('complete');
      expect(lastLines.at(-1)).toBe('saved 3 · already had 2 · failed 0 · listed 5');
    },
  );
});

test.each<[what: string, photos: Photo[], change: { thumbnails?: 'none' }]>([
  ['three copies of a photo', withOneFile(13, 13, 13), {}],
  ['two photos of one file, one of them shown turned', withOneFile(13, 14), {}],
  ['files in common whose thumbnails are no pictures', withOneFile(0, 0, 14), {}],
  ['files in common, and no thumbnails wanted', withOneFile(13, 14, 15), { thumbnails: 'none' }],
])('an album with %s is complete', async (_what, photos, change) => {
  const site = await answersWith([...own, ...photos]);
  await withTestSite(
    withThumbnails,
    () => site,
    async ({ run }) => {
      expect((await run(change)).ending).toBe('complete');
    },
  );
});
