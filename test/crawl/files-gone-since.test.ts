import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { picture, withTestSite } from '../helpers/escape-site.js';
import { savedAlbum } from '../helpers/saved-album.js';
import { profileOf } from '../profile/profile-of.js';

const profile = profileOf(`
listing: { mark: main }
item: { row: img, id: { attribute: src }, original: [{ attribute: src }] }`);

test('a run fetches anew what was saved before and is missing or cut since', async () => {
  const pictures = await Promise.all([picture(0), picture(1), picture(2)]);
  const [first, second, third] = pictures as [Buffer, Buffer, Buffer];
  const site = {
    '/': '<main><img src="/0.png"><img src="/1.png"><img src="/2.png"></main>',
    ...{ '/0.png': first, '/1.png': second, '/2.png': third },
  };
  await withTestSite(
    profile,
    () => site,
    async ({ run, storage, asked }) => {
      await run({ thumbnails: 'none' });
      const files = (await savedAlbum(storage)).map(({ file }) => join(storage, String(file)));
      const [missing = '', cut = ''] = files;
      rmSync(missing);
      writeFileSync(cut, second.subarray(0, 50));
      asked.length = 0;

      const { ending, lines } = await run({ thumbnails: 'none' });
      expect(ending).toBe('complete');
      expect(lines.at(-1)).toBe('saved 2 · already had 1 · failed 0 · listed 3');
      expect(files.map((file) => readFileSync(file))).toEqual(pictures);
      expect(asked.filter((path) => path.endsWith('.png')).sort()).toEqual(['/0.png', '/1.png']);
    },
  );
});
