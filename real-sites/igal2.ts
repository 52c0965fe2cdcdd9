import { writeAlbumFolders } from './album-folders.js';
import { withApache } from './apache.js';
import { runCommand } from './command.js';
import { freePort } from './server-process.js';
import type { Site } from './site.js';

/** igal2 (Debian): static pages in the photos' own folders, one of them inside the other. */
export const igal2: Site = {
  name: 'igal2',
  profile: 'igal2',
  gif: true,
  original: /^GET \/(?:[^/]+\/)?[^./][^/]*\.(jpe?g|png|gif)$/i,

  async serve({ folder, photos, signal }, work) {
    const { outer, inner } = await writeAlbumFolders(photos, folder);
    const pages = ['--pagination', '25'];
    await runCommand('igal2', pages, { cwd: inner, signal });
    await runCommand('igal2', [...pages, '--AddSubdir', '--dest', '.pages'], {
      cwd: outer,
      signal,
    });
    const port = await freePort();
    return withApache(folder, { documentRoot: outer, port }, ({ requests }) =>
      work({ url: `http://127.0.0.1:${port}/`, requests }),
    );
  },
};
