import { join } from 'node:path';
import { writeAlbumFolders } from './album-folders.js';
import { withApache } from './apache.js';
import { runCommand } from './command.js';
import { installPackages } from './npm-package.js';
import { freePort } from './server-process.js';
import type { Site } from './site.js';

/**
 * thumbsup keeps its list of files in SQLite. The library that it uses for that would compile for a
 * minute; libsql has the same interface and brings its binary along.
 */
const installation = {
  dependencies: { thumbsup: '2.18.0' },
  overrides: { 'better-sqlite3': 'npm:libsql@^0.5.29' },
};

/** thumbsup (npm): static pages, albums within albums, everything on the pages of thumbnails. */
export const thumbsup: Site = {
  name: 'thumbsup',
  profile: 'thumbsup',
  gif: true,
  original: /^GET \/media\/original\//,

  async serve({ folder, photos, signal }, work) {
    const software = await installPackages(installation, join(folder, 'software'), signal);
    const [pictures, documentRoot] = [join(folder, 'Our photos'), join(folder, 'html')];
    await writeAlbumFolders(photos, pictures);
    await runCommand(
      process.execPath,
      [
        join(software, '.bin', 'thumbsup'),
        ...['--input', pictures, '--output', documentRoot],
        ...['--database-file', join(folder, 'files.db'), '--log-file', join(folder, 'log')],
        ...['--title', 'Our photos', '--theme', 'classic', '--album-page-size', '20'],
        ...['--embed-exif', 'true', '--photo-download', 'copy'],
      ],
      { cwd: folder, signal },
    );
    const port = await freePort();
    return withApache(folder, { documentRoot, port }, ({ requests }) =>
      work({ url: `http://127.0.0.1:${port}/`, requests }),
    );
  },
};
