import type { Album, AlbumIdentity, MeasuredThumbnails, RunRecord } from '../album/album.js';
import { type AlbumCounts, albumCounts } from '../album/counts.js';
import type { AlbumEntry } from '../album/entries.js';
import { photoDate } from '../album/photo-date.js';
import { type Originality, OriginalityCheck } from './originality.js';
import { type ReportedPage, type ReportedPhoto, reported, reportedPage } from './reported-photo.js';
import { type Verdict, verdict } from './verdict.js';

/** What was rescued of an album, in numbers. */
export interface RescueReport {
  /** Version of the format; raised when programs that read it have to change. */
  schema: 1;
  album: AlbumIdentity;
  /** ISO 8601, UTC. */
  writtenAt: string;
  verdict: Verdict;
  lastRun?: RunRecord;
  counts: AlbumCounts;
  /** Bytes of all saved originals. */
  bytes: number;
  /** Of the saved photos with a date: the first and the last, as in `date` of each. */
  dates?: { first: string; last: string; photos: number };
  /** Photos whose files are the same byte for byte, as lists of keys. */
  twice: string[][];
  originality: Originality;
  /** Keys of the saved photos that the site itself has damaged; missing where there are none. */
  damagedAtSource?: string[];
}

/** A report, with the photos that it shows. */
export interface Rescue {
  report: RescueReport;
  /** Photos that could not be saved, or were lost since. */
  failed: readonly ReportedPhoto[];
  /** The photos that the report names, by key. */
  named: ReadonlyMap<string, ReportedPhoto>;
  /** What the album lists, page by page; read anew each time. */
  pages(): Iterable<ReportedPage>;
  /** The photos that it no longer lists; read anew each time. */
  departed(): Iterable<ReportedPhoto>;
}

/** What is collected while every photo of the album is read once. */
class Survey {
  readonly originality: OriginalityCheck;
  readonly failed: ReportedPhoto[] = [];
  /** The photos that the report names, by key. */
  readonly named = new Map<string, ReportedPhoto>();
  /** The keys of photos whose files are the same, in album order, by SHA-256. */
  readonly twice = new Map<string, string[]>();
  /** The keys of photos that the site itself has damaged. */
  readonly damaged: string[] = [];
  dates: RescueReport['dates'];

  /** @param repeated SHA-256 of each file that several photos have in common */
  constructor(
    thumbnails: MeasuredThumbnails,
    private readonly repeated: ReadonlySet<string>,
  ) {
    this.originality = new OriginalityCheck(thumbnails);
  }

  add(entry: AlbumEntry): void {
    const { status, photo, outcome } = entry;
    if (status === 'failed') this.failed.push(reported(entry));
    if (outcome?.status !== 'saved') return;
    const { sha256, damagedAtSource: isDamaged = false } = outcome;
    if (isDamaged) this.damaged.push(photo.key);
    const isRepeated = this.repeated.has(sha256);
    if (isRepeated) this.twice.set(sha256, [...(this.twice.get(sha256) ?? []), photo.key]);
    const hasSign = this.originality.add(entry);
    if (isRepeated || hasSign || isDamaged) this.named.set(photo.key, reported(entry));
    const date = photoDate(photo, outcome)?.date;
    if (date !== undefined) this.#addDate(date);
  }

  /** Compares dates as text: most of an album's dates have no zone, or are all in UTC. */
  #addDate(date: string): void {
    const { first, last, photos } = this.dates ?? { first: date, last: date, photos: 0 };
    this.dates = {
      first: date < first ? date : first,
      last: date > last ? date : last,
      photos: photos + 1,
    };
  }
}

/**
 * Counts what was rescued of an album. Only photos that failed, or that the report names, are kept in
 * memory.
 *
 * @param now ISO 8601, UTC
 * @param lastRun the last run, where its end is not recorded yet
 */
export function rescueReport(
  album: Album,
  identity: AlbumIdentity,
  now: string,
  lastRun = album.lastRun(),
): Rescue {
  const survey = new Survey(album.thumbnails(), album.photos.repeatedContents());
  for (const entry of album.entries()) survey.add(entry);
  const { counts, bytes } = albumCounts(album);
  const { failed, named, dates, damaged } = survey;
  const originality = survey.originality.result();
  const doubtfulOriginals = originality.doubtful > 0;
  const report: RescueReport = {
    schema: 1,
    album: identity,
    writtenAt: now,
    verdict: verdict({ counts, lastRun, doubtfulOriginals, damagedAtSource: damaged.length }),
    ...(lastRun && { lastRun }),
    counts,
    bytes,
    ...(dates && { dates }),
    twice: [...survey.twice.values()],
    originality,
    ...(damaged.length > 0 && { damagedAtSource: damaged }),
  };
  return {
    report,
    failed,
    named,
    *pages() {
      for (const page of album.pages()) yield reportedPage(page);
    },
    *departed() {
      for (const entry of album.departed()) yield reported(entry);
    },
  };
}
