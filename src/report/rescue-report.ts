import type { Album, AlbumIdentity, RunRecord } from '../album/album.js';
import { type AlbumEntry, AlbumIndex } from '../album/entries.js';
import type { PixelSize } from '../picture/pixel-size.js';
import { type Originality, OriginalityCheck } from './originality.js';
import { RepeatedContent } from './repeated-content.js';
import {
  bestDate,
  type ReportedPart,
  type ReportedPhoto,
  reported,
  reportedPart,
} from './reported-photo.js';
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
  counts: {
    /** Photos that the album listed last; the next three add up to it. */
    listed: number;
    saved: number;
    failed: number;
    pending: number;
    /** Saved photos that the album no longer lists. */
    left: number;
    /** Photos saved before that the album no longer lists, and whose files were found lost. */
    lost: number;
  };
  /** Bytes of all saved originals. */
  bytes: number;
  /** Of the saved photos with a date: the first and the last, as in `date` of each. */
  dates?: { first: string; last: string; photos: number };
  /** Photos whose files are the same byte for byte, as lists of keys. */
  twice: string[][];
  originality: Originality;
}

/** A report, with the photos that it shows. */
export interface Rescue {
  report: RescueReport;
  /** Photos that could not be saved, or were lost since. */
  failed: readonly ReportedPhoto[];
  /** The photos that the report names, by key. */
  named: ReadonlyMap<string, ReportedPhoto>;
  /** Every photo: the album's pages, then those that it no longer lists; read anew each time. */
  parts(): AsyncIterable<ReportedPart>;
}

/** What is counted while every photo of the album goes by once. */
class Survey {
  readonly counts = { listed: 0, saved: 0, failed: 0, pending: 0, left: 0, lost: 0 };
  readonly contents = new RepeatedContent();
  readonly originality: OriginalityCheck;
  readonly failed: ReportedPhoto[] = [];
  /** By key: photos with a sign that they are not what the camera made. */
  readonly named = new Map<string, ReportedPhoto>();
  bytes = 0;
  dates: RescueReport['dates'];

  constructor(thumbnails: ReadonlyMap<string, PixelSize>) {
    this.originality = new OriginalityCheck(thumbnails);
  }

  add(entry: AlbumEntry, isListed: boolean): void {
    const { status, photo, outcome } = entry;
    if (isListed) {
      this.counts.listed += 1;
      this.counts[status] += 1;
    } else this.counts[status === 'saved' ? 'left' : 'lost'] += 1;
    if (status === 'failed') this.failed.push(reported(entry));
    if (outcome?.status !== 'saved') return;
    this.bytes += outcome.bytes;
    this.contents.add(outcome.sha256);
    if (this.originality.add(entry)) this.named.set(photo.key, reported(entry));
    const date = bestDate(entry);
    if (date !== undefined) this.#addDate(date);
  }

  /** Compared as text: the dates of an album have no zone, or are all in UTC, but for some. */
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
 * Counts what was rescued of an album. Single photos are held in memory only where they failed or
 * the report names them.
 *
 * @param album the album; its last run counts as `lastRun` where that is given
 * @param now ISO 8601, UTC
 * @throws Error for an album that no run has begun yet
 */
export async function rescueReport(
  album: Album,
  now: string,
  lastRun?: RunRecord,
): Promise<Rescue> {
  const identity = await album.identity();
  if (identity === undefined) throw new Error('the album belongs to nobody yet');
  const run = lastRun ?? (await album.lastRun());
  const index = await AlbumIndex.read(album);
  const thumbnails = await album.thumbnailSizes();
  const survey = new Survey(thumbnails);
  for await (const { isListed, entries } of index.groups()) {
    for (const entry of entries) survey.add(entry, isListed);
  }
  const { contents, failed, named } = survey;
  const repeated = contents.mayRepeat ? await repeatedIn(index, contents) : [];
  for (const photo of repeated.flat()) named.set(photo.key, photo);

  const { counts, bytes, dates } = survey;
  const originality = survey.originality.result();
  const doubtfulOriginals = originality.doubtful > 0;
  const report: RescueReport = {
    schema: 1,
    album: identity,
    writtenAt: now,
    verdict: verdict({ counts, lastRun: run, doubtfulOriginals }),
    ...(run && { lastRun: run }),
    counts,
    bytes,
    ...(dates && { dates }),
    twice: repeated.map((photos) => photos.map(({ key }) => key)),
    originality,
  };
  return { report, failed, named, parts: () => partsOf(index, thumbnails) };
}

async function* partsOf(
  index: AlbumIndex,
  thumbnails: ReadonlyMap<string, PixelSize>,
): AsyncGenerator<ReportedPart> {
  for await (const group of index.groups()) yield reportedPart(group, thumbnails);
}

/** Photos whose files are the same byte for byte, in the order of the first of each. */
async function repeatedIn(
  index: AlbumIndex,
  contents: RepeatedContent,
): Promise<ReportedPhoto[][]> {
  const byContent = new Map<string, ReportedPhoto[]>();
  for await (const { entries } of index.groups()) {
    for (const entry of entries) {
      if (entry.outcome?.status !== 'saved' || !contents.mayBeRepeated(entry.outcome.sha256))
        continue;
      const { sha256 } = entry.outcome;
      const photos = byContent.get(sha256);
      if (photos === undefined) byContent.set(sha256, [reported(entry)]);
      else photos.push(reported(entry));
    }
  }
  return [...byContent.values()].filter((photos) => photos.length > 1);
}
