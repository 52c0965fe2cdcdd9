import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ratioStyles } from './ratio-classes.js';
import { writeWhole } from './whole-file.js';

const own = (name: string) => fileURLToPath(new URL(`../../../gallery/${name}`, import.meta.url));
const photoSwipe = (name: string) =>
  fileURLToPath(new URL(name, import.meta.resolve('photoswipe')));

/**
 * Where the files of `assets/` come from. Browsers load no module from a file: address, so that
 * PhotoSwipe is taken as a plain script.
 */
const sources: Record<string, () => string> = {
  'gallery.css': () => own('gallery.css'),
  'viewer.js': () => own('viewer.js'),
  'photoswipe.css': () => photoSwipe('photoswipe.css'),
  'photoswipe.js': () => photoSwipe('umd/photoswipe.umd.min.js'),
  'photoswipe-license.txt': () => photoSwipe('../LICENSE'),
};

/** Writes scripts and style sheets to a folder. Throws the file system's error. */
export async function writeAssets(folder: string): Promise<void> {
  for (const [name, source] of Object.entries(sources)) {
    await writeWhole(join(folder, name), await readFile(source(), 'utf8'));
  }
  await writeWhole(join(folder, 'ratios.css'), ratioStyles());
}
