import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { writeAlbumFolders } from './album-folders.js';
import { freePort, withApache } from './apache.js';
import { runCommand } from './command.js';
import type { Site } from './site.js';

/**
 * thumbsup keeps its list of files in SQLite. The library that it uses for that would compile for a
 * minute; libsql has the same interface and brings its binary along.
 */
const installation = {
  private: true,
  dependencies: { thumbsup: '2.18.0' },
  overrides: { 'better-sqlite3': 'npm:libsql@^0.5.29' },
};

/** thumbsup (npm): static pages, albums within albums, everything on the pages of thumbnails. */
export const thumbsup: Site = {
  profile: 'thumbsup',
  gif: true,
  original: /^GET \/media\/original\//,

  async serve({ folder, photos, signal }, work) {
    const software = join(folder, 'software');
    await mkdir(software);
    await writeFile(join(software, 'package.json'), JSON.stringify(installation));
    const install = ['install', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'];
    // npm needs the user's own settings to find its registry and its cache.
    await runCommand('npm', install, { cwd: software, signal, env: process.env });

    const [pictures, documentRoot] = [join(folder, 'Our photos'), join(folder, 'html')];
    await writeAlbumFolders(photos, pictures);
    await runCommand(
      process.execPath,
      [
        join(software, 'node_modules', '.bin', 'thumbsup'),
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
