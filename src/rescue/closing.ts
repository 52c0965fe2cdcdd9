import type { Album } from '../album/album.js';
import type { CrawlReport } from '../crawl/crawl.js';
import type { Ending } from '../errors.js';
import { bytesInWords, photosInWords } from '../text/in-words.js';

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

function doubtsOf(report: CrawlReport): string[] {
  const { cause, keepsChanging, cutAt, unreadable } = report;
  const doubts = unreadable.map(
    (problem) =>
      `Not recognised: ${problem}. Open that page with a browser: if it has more photos, correct the profile.`,
  );
  doubts.push(...report.doubts);
  if (keepsChanging) {
    doubts.push(
      'The album kept changing while its pages were read, so photos may have been missed. Run the same command again when nobody is changing it.',
    );
  }
  if (cutAt !== undefined) {
    doubts.push(
      `The album has more than ${cutAt} pages. The pages after that were not read. If they show photos, raise listing.mostPages in the profile.`,
    );
  }
  if (cause === undefined) doubts.push(...nothingListed(report));
  return doubts;
}

/** An album from which nothing was ever saved is empty only where the site itself says so. */
function nothingListed({ tally, saysEmpty }: CrawlReport): string[] {
  const { listed, left } = tally;
  if (listed > 0) return [];
  if (left > 0) {
    return [
      `The album lists no photo any more; saved from it before: ${photosInWords(left)}. Look at it with a browser: the site may have changed.`,
    ];
  }
  if (saysEmpty) return [];
  return [
    'The album lists no photo. Look at it with a browser: if it has photos, check the address and the profile (npm run check-profile shows what it reads). If it is empty, nothing is lost.',
  ];
}

/** With fewer photos, files that are all the same are no sign. */
const fewPhotos = 20;

/**
 * Sites answer with a picture of their own where they refuse originals. It is told from copies of a
 * photo where the thumbnails differ, or no photo has a file of its own; other files that are the same
 * stand in the report.
 */
function inPlaceOfOriginals(album: Album, { tally, standIns }: CrawlReport): string[] {
  const { listed } = tally;
  const [ofAll] = listed < fewPhotos ? [] : album.photos.sharedFiles(listed, 1);
  if (ofAll !== undefined) {
    return [
      `All ${photosInWords(ofAll.photos)} have the same file of ${bytesInWords(ofAll.first.bytes)}, byte for byte, as if the site sent a picture of its own in place of each. Open some of them with a browser: if it shows others, mend item.original in the profile (see docs/profiles.md), and run the same command with an empty storage folder.`,
    ];
  }
  return standIns.map(
    ({ photos, first, last }) =>
      `${photosInWords(photos)} have the same file of ${bytesInWords(first.bytes)}, byte for byte, and thumbnails that differ (${first.file} and ${last.file}), as if the site sent a picture of its own in their place. Look at it: if it is not the photo, delete these files in the storage folder (the report lists them as present twice), and run the same command again when the site shows them.`,
  );
}

/** Judges how a crawl ended. */
export function closingOf(report: CrawlReport, album: Album): Closing {
  const { saved, alreadyHad, listed } = report.tally;
  const doubts = [...doubtsOf(report), ...inPlaceOfOriginals(album, report)];
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
