import { join } from 'node:path';
import type { AlbumExport, FolderOrder, FolderReport } from '../album-export.js';
import { makeGallery } from './make-gallery.js';

/** How many files are named; the others are counted. */
const mostNamed = 20;

function named(lines: readonly string[]): string[] {
  const more = lines.length - mostNamed;
  return more > 0 ? [...lines.slice(0, mostNamed), `and ${more} more`] : [...lines];
}

/** Makes a gallery of the album, or updates the one in the folder. Throws what makeGallery throws. */
export async function exportGallery(
  album: AlbumExport,
  { storage, folder, options, signal, progress }: FolderOrder,
): Promise<FolderReport> {
  const { copy = false } = options;
  const order = { ...album, storage, out: folder, copy, signal, progress };
  const { photos, thumbnailsMade, plain, gone } = await makeGallery(order);
  return {
    problems: named(
      gone.map(
        (file) => `${file} is recorded as saved, but the file is missing: run photo-escape verify`,
      ),
    ),
    notes: [
      ...named(plain.map(({ file, reason }) => `${file} is shown as a plain tile: ${reason}`)),
      `To look at it, open ${join(folder, 'index.html')}`,
    ],
    done: `${photos} photos in the gallery, ${thumbnailsMade} thumbnails made`,
  };
}
