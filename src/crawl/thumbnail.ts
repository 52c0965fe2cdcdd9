import { asDownloadError, DownloadError } from '../http/download-error.js';
import type { MeasuredPicture } from '../originals/measure-picture.js';
import type { RunContext } from './run-context.js';

/** The addresses of a photo that has a thumbnail. */
export interface ThumbnailedPhoto {
  thumbnailUrl: string;
  originalUrl: string;
}

/** Whether the thumbnail is on a host that originals or pages are fetched from anyway. */
export function isOnKnownHost(
  { thumbnailUrl, originalUrl }: ThumbnailedPhoto,
  siteUrl: string,
): boolean {
  const hosts = [originalUrl, siteUrl].map((url) => new URL(url).host);
  return hosts.includes(new URL(thumbnailUrl).host);
}

/**
 * Fetches a thumbnail. Slots and the host throttle apply as to originals.
 *
 * @returns undefined where it is none, cannot be fetched, or the run is ending
 */
export async function fetchThumbnail(
  { thumbnailUrl }: Pick<ThumbnailedPhoto, 'thumbnailUrl'>,
  siteUrl: string,
  run: RunContext,
): Promise<MeasuredPicture | undefined> {
  try {
    return await run.originals.measurePicture(run.secrets.reveal(thumbnailUrl), siteUrl);
  } catch (error) {
    if (run.control.cause !== undefined || asDownloadError(error) instanceof DownloadError) return;
    throw error;
  }
}
