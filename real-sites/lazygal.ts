import { join } from 'node:path';
import { writeAlbumFolders } from './album-folders.js';
import { withApache } from './apache.js';
import { runCommand } from './command.js';
import { freePort } from './server-process.js';
import type { Site } from './site.js';

/** lazygal (Debian): static pages, albums within albums, a page for each photo. */
export const lazygal: Site = {
  name: 'lazygal',
  profile: 'lazygal',
  gif: false,
  original: /^GET \S+(?<!_(thumb|small|medium))(?<!\/index)\.(jpe?g|png)$/i,

  async serve({ folder, photos, signal }, work) {
    const [pictures, documentRoot] = [join(folder, 'Our photos'), join(folder, 'html')];
    await writeAlbumFolders(photos, pictures);
    await runCommand(
      'lazygal',
      [
        ...['--quiet', '--original', '--thumbs-per-page=24', '--pic-sort-by=exif'],
        ...['--image-size=small=400x300,medium=800x600', '--thumbnail-size=150x113'],
        ...[`--output-directory=${documentRoot}`, pictures],
      ],
      { cwd: folder, signal },
    );
    const port = await freePort();
    return withApache(folder, { documentRoot, port }, ({ requests }) =>
      work({ url: `http://127.0.0.1:${port}/`, requests }),
    );
  },
};
