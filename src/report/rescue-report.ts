import type { Album, AlbumIdentity, RunRecord } from '../album/album.js';
import { type AlbumEntry, albumEntries } from '../album/entries.js';
import { type Originality, originality } from './originality.js';
import { type Verdict, verdict } from './verdict.js';

/** One photo in the report; what is not known is left out. */
export interface ReportedPhoto {
  key: string;
  id: string;
  /** Of the site's, as listed last; a photo that the album no longer lists has no place. */
  page?: number;
  position?: number;
  title?: string;
  status: AlbumEntry['status'];
  /** Why it is not saved. */
  reason?: string;
  originalUrl: string;
  /** Path relative to the storage folder, with forward slashes. */
  file?: string;
  bytes?: number;
  width?: number;
  height?: number;
  /** The best that is known: taken, else as the site says, else uploaded. */
  date?: string;
  sha256?: string;
}

/** One page of the album. */
export interface ReportedPage {
  page: number;
  saved: number;
  failed: number;
  pending: number;
  photos: ReportedPhoto[];
}

/** What was rescued of an album, counted. */
export interface RescueReport {
  /** Version of the format; it changes when a program that reads it would have to. */
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
  pages: ReportedPage[];
  /** Photos that the album no longer lists: saved, or lost. */
  noLongerListed: ReportedPhoto[];
}

function reported({ status, photo, outcome }: AlbumEntry): ReportedPhoto {
  const saved = outcome?.status === 'saved' ? outcome : undefined;
  const date = saved?.takenAt ?? photo.date ?? photo.uploadedAt;
  const known: { [Name in keyof ReportedPhoto]: ReportedPhoto[Name] | undefined } = {
    key: photo.key,
    id: photo.id,
    page: photo.page,
    position: photo.position,
    title: photo.title,
    status,
    reason: outcome?.status === 'failed' ? outcome.reason : undefined,
    originalUrl: photo.originalUrl,
    file: saved?.file,
    bytes: saved?.bytes,
    width: saved?.width,
    height: saved?.height,
    date,
    sha256: saved?.sha256,
  };
  const present = Object.entries(known).filter(([, value]) => value !== undefined);
  return Object.fromEntries(present) as unknown as ReportedPhoto;
}

function count(photos: readonly ReportedPhoto[], status: AlbumEntry['status']): number {
  return photos.filter((photo) => photo.status === status).length;
}

function pagesOf(listed: readonly ReportedPhoto[]): ReportedPage[] {
  const byPage = new Map<number, ReportedPhoto[]>();
  for (const photo of listed) {
    const page = photo.page ?? 0;
    const photos = byPage.get(page);
    if (photos === undefined) byPage.set(page, [photo]);
    else photos.push(photo);
  }
  return [...byPage].map(([page, photos]) => ({
    page,
    saved: count(photos, 'saved'),
    failed: count(photos, 'failed'),
    pending: count(photos, 'pending'),
    photos,
  }));
}

/** Compared as text: the dates of an album have no zone, or are all in UTC, but for some. */
function datesOf(saved: readonly ReportedPhoto[]): RescueReport['dates'] {
  const dates = saved.flatMap(({ date }) => (date === undefined ? [] : [date])).sort();
  const [first, last] = [dates[0], dates.at(-1)];
  return first === undefined || last === undefined
    ? undefined
    : { first, last, photos: dates.length };
}

function twiceIn(saved: readonly ReportedPhoto[]): string[][] {
  const byContent = new Map<string, string[]>();
  for (const { sha256 = '', key } of saved) {
    const keys = byContent.get(sha256);
    if (keys === undefined) byContent.set(sha256, [key]);
    else keys.push(key);
  }
  return [...byContent.values()].filter((keys) => keys.length > 1);
}

/**
 * Counts what was rescued of an album.
 *
 * @param album the album; its last run counts as `lastRun` where that is given
 * @param now ISO 8601, UTC
 * @throws Error for an album that no run has begun yet
 */
export async function rescueReport(
  album: Album,
  now: string,
  lastRun?: RunRecord,
): Promise<RescueReport> {
  const identity = await album.identity();
  if (identity === undefined) throw new Error('the album belongs to nobody yet');
  const run = lastRun ?? (await album.lastRun());
  const entries = await albumEntries(album);
  const photos = entries.map(reported);
  const listed = photos.filter(({ page }) => page !== undefined);
  const noLongerListed = photos.filter(({ page }) => page === undefined);
  const saved = photos.filter(({ status }) => status === 'saved');
  const counts = {
    listed: listed.length,
    saved: count(listed, 'saved'),
    failed: count(listed, 'failed'),
    pending: count(listed, 'pending'),
    left: count(noLongerListed, 'saved'),
    lost: count(noLongerListed, 'failed'),
  };
  const originals = originality(entries, await album.thumbnailSizes());
  const doubtfulOriginals = originals.doubtful > 0;
  const dates = datesOf(saved);
  return {
    schema: 1,
    album: identity,
    writtenAt: now,
    verdict: verdict({ counts, lastRun: run, doubtfulOriginals }),
    ...(run && { lastRun: run }),
    counts,
    bytes: saved.reduce((sum, { bytes = 0 }) => sum + bytes, 0),
    ...(dates && { dates }),
    twice: twiceIn(saved),
    originality: originals,
    pages: pagesOf(listed),
    noLongerListed,
  };
}

/** The report as JSON, part by part: one line a page of the album, since albums can be large. */
export function* reportData({ pages, ...report }: RescueReport): Generator<string> {
  yield `${JSON.stringify(report, null, 2).slice(0, -2)},\n  "pages": [`;
  let before = '\n    ';
  for (const page of pages) {
    yield `${before}${JSON.stringify(page)}`;
    before = ',\n    ';
  }
  yield pages.length === 0 ? ']\n}\n' : '\n  ]\n}\n';
}
