import type { SavedOutcome } from '../album/photo.js';
import type { SharedFile } from '../album/photo-dataset.js';
import type { ThumbnailOrder } from './measure-thumbnails.js';
import type { RunContext } from './run-context.js';
import { fetchThumbnail, isOnKnownHost } from './thumbnail.js';

/** Two photos with one file are more likely copies, of which the site shows one turned or cut. */
const fewestPhotos = 3;
/** Most files of which thumbnails are compared, two requests each. */
const mostFiles = 10;

/**
 * Finds files that a site sent in place of several originals, such as a notice that a limit is reached.
 * Copies of one photo have one thumbnail too: where two photos have one file and thumbnails that differ,
 * that file is not the original of both. Nothing is found where no thumbnails are wanted or to be had.
 */
export async function findStandIns(
  run: RunContext,
  { choice, siteUrl }: Pick<ThumbnailOrder, 'choice' | 'siteUrl'>,
): Promise<SharedFile[]> {
  if (choice === 'none' || run.control.cause !== undefined || run.progress.failed > 0) return [];
  const found: SharedFile[] = [];
  for (const file of run.album.photos.sharedFiles(fewestPhotos, mostFiles)) {
    const [first, last] = await Promise.all(
      [file.first, file.last].map((photo) => thumbnailDigest(photo, siteUrl, run)),
    );
    if (first !== undefined && last !== undefined && first !== last) found.push(file);
  }
  return found;
}

async function thumbnailDigest(
  { thumbnailUrl, originalUrl }: SavedOutcome,
  siteUrl: string,
  run: RunContext,
): Promise<string | undefined> {
  if (thumbnailUrl === undefined || originalUrl === undefined) return undefined;
  const photo = { thumbnailUrl, originalUrl };
  if (!isOnKnownHost(photo, siteUrl)) return undefined;
  return (await fetchThumbnail(photo, siteUrl, run))?.sha256;
}
