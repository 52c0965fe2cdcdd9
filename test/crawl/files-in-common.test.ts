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
