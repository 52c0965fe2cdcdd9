import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { diskError } from '../../files/disk-error.js';
import { writeWhole } from '../../files/whole-file.js';
import type { AlbumExport, FolderOrder, FormatOptions } from '../album-export.js';
import { isSaved, type SavedEntry } from '../saved-entry.js';
import { writeAssets } from './assets.js';
import { chapterPages } from './chapter-page.js';
import { thumbnailsAtOnce, UnreadablePictureError } from './draw-thumbnail.js';
import { openGalleryFolder } from './gallery-folder.js';
import { type GalleryPhoto, galleryPhoto, originalName } from './gallery-photo.js';
import { indexPage, placesScript } from './index-page.js';
import { OriginalFolder } from './original-folder.js';
import type { GalleryFacts } from './page-frame.js';
import { type Thumbnail, ThumbnailFolder } from './thumbnail-folder.js';
import { timelineOf } from './timeline.js';

/** The album to make a gallery of, and where. */
export type GalleryOrder = AlbumExport &
  Pick<FolderOrder, 'storage' | 'folder'> &
  Pick<FormatOptions, 'copy'> &
  Partial<Pick<FolderOrder, 'signal' | 'progress'>>;

/** The result of making a gallery. */
export interface GallerySummary {
  /** Photos in it. */
  photos: number;
  thumbnailsMade: number;
  /** Files of originals without a thumbnail, shown as a plain tile, and why. */
  plain: { file: string; reason: string }[];
  /** Originals that are not in it, and why: a sentence each. */
  problems: string[];
}

/** Works on several items at once. An error is thrown when the work under way is done. */
async function inParallel<Item>(
  items: readonly Item[],
  atOnce: number,
  work: (item: Item, index: number) => Promise<void>,
): Promise<void> {
  // An error in one worker ends the generator, and so the other workers.
  function* queue(): Generator<[number, Item]> {
    yield* items.entries();
  }
  const shared = queue();
  const worker = async () => {
    for (const [index, item] of shared) await work(item, index);
  };
  const ends = await Promise.allSettled(Array.from({ length: atOnce }, worker));
  for (const end of ends) if (end.status === 'rejected') throw end.reason;
}

/** Puts the photos' originals and thumbnails into the gallery's folder. */
async function placePhotos(
  saved: readonly SavedEntry[],
  { storage, folder, copy = false, progress, signal }: GalleryOrder,
  thumbnails: ThumbnailFolder,
): Promise<{ photos: GalleryPhoto[]; summary: Omit<GallerySummary, 'photos'> }> {
  const originals = new OriginalFolder(join(folder, 'originals'), copy, signal);
  const summary: Omit<GallerySummary, 'photos'> = { thumbnailsMade: 0, plain: [], problems: [] };
  const photos: (GalleryPhoto | undefined)[] = [];
  let done = 0;

  const thumbnailOf = async ({ photo, outcome }: SavedEntry): Promise<Thumbnail | undefined> => {
    const source = { ...outcome, key: photo.key };
    const present = thumbnails.find(source);
    if (present !== undefined) return present;
    try {
      const made = await thumbnails.make(source, originals.path(originalName(outcome.file)));
      summary.thumbnailsMade += 1;
      return made;
    } catch (error) {
      if (!(error instanceof UnreadablePictureError)) throw error;
      summary.plain.push({ file: originalName(outcome.file), reason: error.message });
      return undefined;
    }
  };

  await inParallel(saved, thumbnailsAtOnce, async (entry, index) => {
    signal?.throwIfAborted();
    const { file } = entry.outcome;
    const problem = await originals.place(join(storage, file), originalName(file));
    if (problem === undefined) photos[index] = galleryPhoto(entry, await thumbnailOf(entry));
    else summary.problems.push(problem);
    done += 1;
    progress?.(done, saved.length);
  });
  return { photos: photos.filter((photo) => photo !== undefined), summary };
}

async function writePages(
  folder: string,
  photos: readonly GalleryPhoto[],
  facts: GalleryFacts,
): Promise<void> {
  const timeline = timelineOf(photos);
  const pages = chapterPages(timeline, facts);
  for (const { file, text } of pages) await writeWhole(join(folder, 'pages', file), text);
  await writeWhole(join(folder, 'assets', 'places.js'), placesScript(timeline));
  await writeWhole(join(folder, 'index.html'), indexPage(timeline, facts));

  const current = new Set(pages.map(({ file }) => file));
  for (const name of await readdir(join(folder, 'pages'))) {
    if (!current.has(name)) await rm(join(folder, 'pages', name));
  }
}

/**
 * Makes a gallery: a folder with pages, thumbnails and the originals, which opens in a browser by
 * double-click, without a server or a network. Made again, it adds what is new and keeps the
 * originals and thumbnails that are there. The pages are written last.
 *
 * @throws UsageError where the folder has other files; DiskError where it cannot be written; the
 *   signal's reason
 */
export async function makeGallery(order: GalleryOrder): Promise<GallerySummary> {
  const { identity, entries, exportedAt, folder } = order;
  const saved = entries.filter(isSaved);
  try {
    await openGalleryFolder(folder, identity);
    await writeAssets(join(folder, 'assets'));
    const thumbnails = await ThumbnailFolder.open(join(folder, 'thumbnails'));
    const { photos, summary } = await placePhotos(saved, order, thumbnails);
    await writePages(folder, photos, {
      site: new URL(identity.url).host,
      madeAt: exportedAt,
      notSaved: entries.length - saved.length,
      notPlaced: summary.problems.length,
    });
    await thumbnails.removeStale();
    return { photos: photos.length, ...summary };
  } catch (error) {
    throw diskError(error, folder);
  }
}
