import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { diskError } from '../../files/disk-error.js';
import { writeWhole } from '../../files/whole-file.js';
import type { AlbumExport } from '../album-export.js';
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
export interface GalleryOrder extends AlbumExport {
  /** The storage folder, which the entries' files are relative to. */
  storage: string;
  /** The gallery's folder: new, empty, or with this album's gallery. */
  out: string;
  /** Whether originals are copied also where they could be hard links. */
  copy?: boolean;
  /** Called with the number of photos that are in place, and of all. */
  progress?: (done: number, total: number) => void;
  /** Stops the work; its reason is thrown. */
  signal?: AbortSignal;
}

/** The result of making a gallery. */
export interface GallerySummary {
  /** Photos in it. */
  photos: number;
  thumbnailsMade: number;
  /** Files of originals without a thumbnail, shown as a plain tile, and why. */
  plain: { file: string; reason: string }[];
  /** Files of originals that are recorded as saved but are missing. */
  gone: string[];
}

/** Works on several items at once. An error is thrown when the work under way is done. */
async function inParallel<Item>(
  items: readonly Item[],
  atOnce: number,
  work: (item: Item, index: number) => Promise<void>,
): Promise<void> {
  const queue = items.entries();
  let failed = false;
  const worker = async () => {
    for (const [index, item] of queue) {
      if (failed) return;
      await work(item, index).catch((error: unknown) => {
        failed = true;
        throw error;
      });
    }
  };
  const ends = await Promise.allSettled(Array.from({ length: atOnce }, worker));
  for (const end of ends) if (end.status === 'rejected') throw end.reason;
}

/** Puts the photos' originals and thumbnails into the gallery's folder. */
async function placePhotos(
  saved: readonly SavedEntry[],
  { storage, out, copy = false, progress, signal }: GalleryOrder,
  thumbnails: ThumbnailFolder,
): Promise<{ photos: GalleryPhoto[]; summary: GallerySummary }> {
  const originals = new OriginalFolder(join(out, 'originals'), copy, signal);
  const summary: GallerySummary = { photos: 0, thumbnailsMade: 0, plain: [], gone: [] };
  const photos: (GalleryPhoto | undefined)[] = [];
  let done = 0;

  const thumbnailOf = async ({ photo, outcome }: SavedEntry): Promise<Thumbnail | undefined> => {
    const source = { key: photo.key, sha256: outcome.sha256 };
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
    if (await originals.place(join(storage, file), originalName(file))) {
      photos[index] = galleryPhoto(entry, await thumbnailOf(entry));
    } else {
      summary.gone.push(originalName(file));
    }
    done += 1;
    progress?.(done, saved.length);
  });
  const placed = photos.filter((photo) => photo !== undefined);
  return { photos: placed, summary: { ...summary, photos: placed.length } };
}

async function writePages(
  out: string,
  photos: readonly GalleryPhoto[],
  facts: GalleryFacts,
): Promise<void> {
  const timeline = timelineOf(photos);
  const pages = chapterPages(timeline, facts);
  for (const { file, text } of pages) await writeWhole(join(out, 'pages', file), text);
  await writeWhole(join(out, 'assets', 'places.js'), placesScript(timeline));
  await writeWhole(join(out, 'index.html'), indexPage(timeline, facts));

  const current = new Set(pages.map(({ file }) => file));
  for (const name of await readdir(join(out, 'pages'))) {
    if (!current.has(name)) await rm(join(out, 'pages', name));
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
  const { identity, entries, exportedAt, out } = order;
  const saved = entries.filter(isSaved);
  try {
    await openGalleryFolder(out, identity);
    await writeAssets(join(out, 'assets'));
    const thumbnails = await ThumbnailFolder.open(join(out, 'thumbnails'));
    const { photos, summary } = await placePhotos(saved, order, thumbnails);
    await writePages(out, photos, {
      site: new URL(identity.url).host,
      madeAt: exportedAt,
      notSaved: entries.length - saved.length,
      gone: summary.gone.length,
    });
    await thumbnails.removeStale();
    return summary;
  } catch (error) {
    throw diskError(error, out);
  }
}
