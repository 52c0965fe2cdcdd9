import { expect } from '@jest/globals';
import type { ExportedPhoto } from '../../src/exports/fields.js';
import type { Profile } from '../../src/profile/schema.js';
import { type Answers, picture, withTestSite } from './escape-site.js';
import { savedAlbum } from './saved-album.js';

/**
 * Serves an album of one page, saves it, and expects it to be complete.
 *
 * @param files addresses at which a picture is
 * @param pages further pages by their addresses
 * @returns the album's photos, of which there is one for each picture
 */
export async function savedPage(
  profile: Profile,
  page: string,
  files: readonly string[],
  pages: Answers = {},
): Promise<ExportedPhoto[]> {
  const answers: Answers = { ...pages, '/': page };
  for (const [index, file] of files.entries()) answers[file] = await picture(index);
  let photos: ExportedPhoto[] = [];
  await withTestSite(
    profile,
    () => answers,
    async ({ run, storage }) => {
      const { ending, lines } = await run();
      expect([lines.at(-1), ending]).toEqual([
        `saved ${files.length} · already had 0 · failed 0 · listed ${files.length}`,
        'complete',
      ]);
      photos = await savedAlbum(storage);
    },
  );
  return photos;
}
