import { expect, test } from '@jest/globals';
import { picture, withTestSite } from '../helpers/escape-site.js';
import { profileOf } from '../profile/profile-of.js';

const profile = profileOf(`
listing: { mark: main }
item: { row: img, id: { attribute: src }, original: [{ attribute: src }] }`);

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

test.each([
  ['some photos have', [1, 2, 9, 9, 9, 3]],
  ['all photos have', [9, 9, 9, 9, 9, 9, 9, 9]],
])('an album of which %s one file in common is not complete', async (_what, pictures) => {
  const { ending, lines } = await endingOf(...pictures);
  const shared = pictures.filter((red) => red === 9).length;
  expect(ending).toBe('incomplete');
  expect(lines).toContainEqual(
    expect.stringMatching(new RegExp(`^${shared} photos have the same file of .* the site sent`)),
  );
});

test('an album with a photo and its copy is complete', async () => {
  expect((await endingOf(1, 2, 2, 3)).ending).toBe('complete');
});
