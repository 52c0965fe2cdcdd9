import { join } from 'node:path';
import type { AlbumExport, FolderOrder, FolderReport } from '../exporters.js';
import { makeGallery } from './make-gallery.js';

/** Originals that are named each; of more, how many more there are. */
const mostNamed = 20;

function named(lines: readonly string[]): string[] {
  const more = lines.length - mostNamed;
  return more > 0 ? [...lines.slice(0, mostNamed), `and ${more} more`] : [...lines];
}

/**
 * Makes a gallery of the album in the folder, or brings the one there up to date.
 *
 * @throws what {@link makeGallery} throws
 */
export async function exportGallery(
  album: AlbumExport,
  { storage, folder, options, signal, progress }: FolderOrder,
): Promise<FolderReport> {
  const { copy = false } = options;
  const order = { ...album, storage, out: folder, copy, signal, progress };
  const { photos, thumbnailsMade, plain, gone } = await makeGallery(order);
  return {
    problems: named(
      gone.map((file) => `${file} is recorded as saved, and the file is gone: photo-escape verify`),
    ),
    notes: [
      ...named(plain.map(({ file, reason }) => `${file} is shown as a plain tile: ${reason}`)),
      `To look at it, open ${join(folder, 'index.html')}`,
    ],
    done: `${photos} photos in the gallery, ${thumbnailsMade} thumbnails made`,
  };
}
