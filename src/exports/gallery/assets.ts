import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { packageFile } from '../../files/package-folder.js';
import { writeWhole } from '../../files/whole-file.js';
import { ratioStyles } from './ratio-classes.js';

const own = (name: string) => packageFile(`gallery/${name}`);
const { resolve } = createRequire(import.meta.url);
const photoSwipe = (name: string) => join(dirname(resolve('photoswipe')), name);

/**
 * The sources of the files in `assets/`. PhotoSwipe is a plain script, because browsers load no
 * module from a file: address.
 */
const sources: Record<string, () => string> = {
  'gallery.css': () => own('gallery.css'),
  'viewer.js': () => own('viewer.js'),
  'photoswipe.css': () => photoSwipe('photoswipe.css'),
  'photoswipe.js': () => photoSwipe('umd/photoswipe.umd.min.js'),
  'photoswipe-license.txt': () => photoSwipe('../LICENSE'),
};

/** Writes the scripts and style sheets into a folder. Throws a DiskError. */
export async function writeAssets(folder: string): Promise<void> {
  for (const [name, source] of Object.entries(sources)) {
    await writeWhole(join(folder, name), await readFile(source()));
  }
  await writeWhole(join(folder, 'ratios.css'), ratioStyles());
}
