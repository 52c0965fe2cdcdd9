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
export async function exportGallery(album: AlbumExport, order: FolderOrder): Promise<FolderReport> {
  const { photos, thumbnailsMade, plain, problems } = await makeGallery({
    ...album,
    ...order,
    ...order.options,
  });
  return {
    problems: named(problems),
    notes: [
      ...named(plain.map(({ file, reason }) => `${file} is shown as a plain tile: ${reason}`)),
      `To look at it, open ${join(order.folder, 'index.html')}`,
    ],
    done: `${photos} photos in the gallery, ${thumbnailsMade} thumbnails made`,
  };
}
