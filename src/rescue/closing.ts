import type { Album } from '../album/album.js';
import type { CrawlReport } from '../crawl/crawl.js';
import type { Ending } from '../errors.js';

/** How a crawl ended, and what speaks against the list of its photos being whole. */
export interface Closing {
  /** `complete` only if every photo listed is saved and nothing is in doubt. */
  ending: Ending;
  /** In sentences. */
  doubts: readonly string[];
}

/** A photo that could not be saved. */
export interface FailedPhoto {
  id: string;
  /** Where its original is said to be, if that is known. */
  originalUrl?: string | undefined;
  reason: string;
}

function doubtsOf({
  tally,
  cause,
  keepsChanging,
  cutAt,
  unreadable,
  doubts: seen,
}: CrawlReport): string[] {
  const doubts = unreadable.map((problem) => `Not recognised: ${problem}`);
  doubts.push(...seen.map((doubt) => `In doubt: ${doubt}`));
  if (keepsChanging) {
    doubts.push(
      'The album kept changing while its pages were read, so photos may have been missed. Run the same command again when nobody is changing it.',
    );
  }
  if (cutAt !== undefined) {
    doubts.push(`The album has more than ${cutAt} pages. The pages after that were not read.`);
  }
  if (tally.listed === 0 && tally.left > 0 && cause === undefined) {
    doubts.push(
      `The album lists no photo, though ${tally.left} were saved from it before. Look at it with a browser: the site may have changed.`,
    );
  }
  return doubts;
}

/** Judges how a crawl ended. */
export function closingOf(report: CrawlReport): Closing {
  const { saved, alreadyHad, listed } = report.tally;
  const doubts = doubtsOf(report);
  if (report.cause !== undefined) return { ending: report.cause.ending, doubts };
  const isWhole = saved + alreadyHad === listed && doubts.length === 0;
  return { ending: isWhole ? 'complete' : 'incomplete', doubts };
}

/** The photos that could not be saved, in album order. */
export function failedPhotos(album: Album): FailedPhoto[] {
  const failed: FailedPhoto[] = [];
  for (const { photo, outcome } of album.entries()) {
    if (outcome?.status !== 'failed') continue;
    const { originalUrl = photo.originalUrl, reason } = outcome;
    failed.push({ id: photo.id, originalUrl, reason });
  }
  return failed;
}

/** The saved photos that the site itself has damaged, in the order in which the album listed them. */
export function damagedPhotos(album: Album): Omit<FailedPhoto, 'reason'>[] {
  return [...album.photos.damagedAtSource()]
    .sort((one, other) => one.page - other.page || one.position - other.position)
    .map(({ id, originalUrl }) => ({ id, originalUrl }));
}
