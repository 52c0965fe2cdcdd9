import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type AlbumPhoto, writePhotos } from './album.js';
import { withApache } from './apache.js';
import { plainEnvironment, runCommand } from './command.js';
import { freePort } from './server-process.js';
import type { Site } from './site.js';

/** jigl (Debian): static pages in the photos' own folder, with a page of camera data for each. */
export const jigl: Site = {
  name: 'jigl',
  profile: 'jigl',
  gif: true,
  original: /^GET \/[^/]+\.(jpe?g|png|gif)$/i,

  async serve({ folder, photos, signal }, work) {
    const documentRoot = join(folder, 'Our photos');
    await writePhotos(photos, documentRoot);
    await writeFile(join(documentRoot, 'gallery.dat'), galleryDescription(photos));
    // Pages of 5 rows of 5 thumbnails.
    await runCommand('jigl', ['-lo', '-ir', '5', '--replace-spaces', 'n'], {
      cwd: documentRoot,
      signal,
      // It keeps its themes there.
      env: { ...plainEnvironment, HOME: folder },
    });
    const port = await freePort();
    return withApache(folder, { documentRoot, port }, ({ requests }) =>
      work({ url: `http://127.0.0.1:${port}/`, requests }),
    );
  },
};

/** The file in which jigl looks for the photos' order and comments. */
function galleryDescription(photos: readonly AlbumPhoto[]): string {
  const lines = photos.map(({ name, camera }) => `${name} ---- ${camera?.caption ?? ''}`);
  return `INDEX-TITLE ---- Our photos\n${lines.join('\n')}\n`;
}
