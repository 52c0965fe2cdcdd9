import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { AlbumSize } from './cases.js';
import { shown } from './table.js';

/**
 * Compares the pictures in a folder and its subfolders with the album that was to be saved.
 *
 * @throws Error if their number, or their size in all, differs
 */
export function checkSavedOriginals(folder: string, { photos, photoBytes }: AlbumSize): void {
  const sizes = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.jpe?g$/.test(entry.name))
    .map((entry) => statSync(join(entry.parentPath, entry.name)).size);
  const bytes = sizes.reduce((sum, size) => sum + size, 0);
  if (sizes.length === photos && bytes === photos * photoBytes) return;
  throw new Error(
    `saved ${shown(sizes.length)} originals with ${shown(bytes)} bytes, where the album has ${shown(photos)} with ${shown(photos * photoBytes)}`,
  );
}
