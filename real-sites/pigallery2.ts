import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { writeAlbumFolders } from './album-folders.js';
import { withApache } from './apache.js';
import { installPackages } from './npm-package.js';
import { freePort, whileServing } from './server-process.js';
import type { Site } from './site.js';

/**
 * PiGallery2 asks for a typeconfig that is not in the registry, and for a sharp that would have to be
 * compiled.
 */
const installation = {
  dependencies: { pigallery2: '1.8.0' },
  overrides: { typeconfig: '^1.0.8', sharp: '^0.35.5' },
};

/** The account that PiGallery2 makes when it has none. */
const account = { username: 'admin', password: 'admin' };

/** PiGallery2 (npm): JSON behind a sign-in by JSON, folders within folders. */
export const piGallery2: Site = {
  name: 'pigallery2',
  profile: 'pigallery2',
  gif: true,
  original: /^GET \/api\/gallery\/content\/.*\.(jpe?g|png|gif)$/i,

  async serve({ folder, photos, signal }, work) {
    const software = await installPackages(installation, join(folder, 'software'), signal);
    const [pictures, documentRoot] = [join(folder, 'Our photos'), join(folder, 'html')];
    await writeAlbumFolders(photos, pictures);
    const database = join(folder, 'database');
    for (const made of [documentRoot, database]) await mkdir(made);
    const settings = join(folder, 'config.json');
    await writeFile(settings, JSON.stringify(settingsOf(pictures, database)));
    const [inside, port] = [await freePort(), await freePort()];
    const server = {
      program: process.execPath,
      words: ['src/backend/index.js', `--config-path=${settings}`],
      cwd: join(software, 'pigallery2'),
      env: { NODE_ENV: 'production', PORT: String(inside) },
      port: inside,
      log: join(folder, 'pigallery2.log'),
    };
    // It keeps no log of requests; the Apache before it does.
    const front = {
      documentRoot,
      port,
      modules: ['proxy', 'proxy_http'],
      directives: [`ProxyPass "/" "http://127.0.0.1:${inside}/" nocanon`],
    };
    return whileServing(server, () =>
      withApache(folder, front, ({ requests }) =>
        work({ url: `http://127.0.0.1:${port}/`, account, requests }),
      ),
    );
  },
};

/** Users and folders in memory: SQLite would have to be compiled. */
function settingsOf(pictures: string, database: string) {
  return {
    Server: {
      Media: {
        folder: pictures,
        tempFolder: join(database, 'thumbnails'),
      },
      Database: { type: 1, dbFolder: database },
      Threading: { enabled: false },
    },
  };
}
