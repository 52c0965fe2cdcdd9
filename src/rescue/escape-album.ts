import { Album, type AlbumIdentity, type RunRecord } from '../album/album.js';
import type { CrawlReport } from '../crawl/crawl.js';
import type { CrawlTiming } from '../crawl/crawl-options.js';
import type { ThumbnailChoice } from '../crawl/measure-thumbnails.js';
import { type CrawlProgress, newProgress } from '../crawl/progress.js';
import type { RunControl } from '../crawl/run-control.js';
import { type Ending, EscapeError, UsageError } from '../errors.js';
import { lockFolder } from '../files/folder-lock.js';
import type { SharedThrottle } from '../http/host-throttle.js';
import { OriginalThread } from '../originals/original-thread.js';
import { OriginalsFolder, type OriginalsPlace } from '../originals/originals-place.js';
import type { Profile } from '../profile/schema.js';
import { rescueReport } from '../report/rescue-report.js';
import { writeReport } from '../report/write-report.js';
import type { Credentials } from '../session/sign-in-site.js';
import type { ProxySettings } from '../settings/proxy-settings.js';
import { StorageFolder } from '../storage/storage-folder.js';
import {
  type Closing,
  closingOf,
  damagedPhotos,
  type FailedPhoto,
  failedPhotos,
} from './closing.js';
import { recordMissing } from './record-damage.js';
import { otherAlbumIn } from './saved-album.js';

/** Which album to save, where to, and how. */
export interface EscapeOrder {
  profile: Profile;
  identity: AlbumIdentity;
  credentials: Credentials;
  /** The storage folder. */
  storage: string;
  /** Requests at once. */
  concurrency: number;
  /** Requests a minute at the most; no limit without it. */
  maxPerMinute: number | undefined;
  /** The name that the program gives itself to the site. */
  userAgent: string;
  /** Which proxies to use; none without it. */
  proxies?: ProxySettings;
  thumbnails: ThumbnailChoice;
  timing: CrawlTiming;
  /** What it shares with the crawls of other albums; nothing without it. */
  sharedThrottle?: SharedThrottle;
  /** Where originals are kept; in the storage folder without it. */
  place?: OriginalsPlace;
  /** Changes the album before it is crawled, while the folder is locked. */
  prepare?: (album: Album) => Promise<void>;
}

/** Shows how an album is being saved. */
export interface EscapeObserver {
  /**
   * The crawl begins.
   *
   * @param progress is kept up to date
   * @returns the function to call when the crawl has ended
   */
  crawlBegins(progress: Readonly<CrawlProgress>): () => void;
  /** Takes a line of Crawlee's own log; nothing is logged without it. */
  crawleeLog?: ((line: string) => void) | undefined;
}

/** How saving an album ended. */
export interface Escaped extends Closing {
  counts: CrawlReport['tally'];
  /** Why the run ended before its work was done, or undefined. */
  cause: EscapeError | undefined;
  failures: readonly FailedPhoto[];
  /** The saved photos that the site itself has damaged. */
  damagedAtSource: readonly Omit<FailedPhoto, 'reason'>[];
  /** Path of the rescue report, or why it could not be written. */
  rescueReport: { page: string } | { problem: string };
}

/**
 * Saves an album into a storage folder and writes its rescue report.
 *
 * @returns how it ended, expected early ends included
 * @throws EscapeError where it could not begin: the folder is in use, damaged, not writable, or
 *   holds another album
 */
export async function escapeAlbum(
  order: EscapeOrder,
  observer: EscapeObserver,
  control: RunControl,
): Promise<Escaped> {
  const lock = lockFolder(order.storage);
  try {
    const storage = StorageFolder.open(order.storage);
    try {
      const album = new Album(storage);
      // The caller has checked this without the lock, and another run may have begun since.
      const problem = otherAlbumIn(album, order.storage, order.identity);
      if (problem !== undefined) throw new UsageError([problem]);
      await album.setIdentity(order.identity);
      await order.prepare?.(album);
      if (order.place === undefined) await recordMissing(album, order.storage);
      return await recorded(album, async (begun) => {
        const report = await crawlAlbum(order, storage, album, observer, control);
        return closeRun(order, album, report, begun);
      });
    } finally {
      storage.close();
    }
  } finally {
    lock.release();
  }
}

/** Records in the album when a run began, and how it ended. */
async function recorded(
  album: Album,
  run: (begun: RunRecord) => Promise<{ escaped: Escaped; record: RunRecord }>,
): Promise<Escaped> {
  const begun = { startedAt: new Date().toISOString(), processId: process.pid };
  await album.setLastRun(begun);
  try {
    const { escaped, record } = await run(begun);
    // On a full disk this record cannot be written either; the run's ending says so already.
    await album.setLastRun(record).catch((error: unknown) => {
      if (escaped.ending !== 'disk') throw error;
    });
    return escaped;
  } catch (error) {
    const ending: Ending = error instanceof EscapeError ? error.ending : 'unexpected';
    await album.setLastRun({ ...begun, endedAt: new Date().toISOString(), ending });
    throw error;
  }
}

async function crawlAlbum(
  { identity, prepare: _prepare, storage: _path, ...order }: EscapeOrder,
  storage: StorageFolder,
  album: Album,
  observer: EscapeObserver,
  control: RunControl,
): Promise<CrawlReport> {
  const progress = newProgress();
  const crawlEnds = observer.crawlBegins(progress);
  // The thread loads its modules while this one loads the crawler's.
  const originals = new OriginalThread();
  try {
    const { crawl } = await import('../crawl/crawl.js');
    return await crawl({
      ...order,
      account: { siteUrl: identity.url, username: identity.username },
      place: order.place ?? new OriginalsFolder(storage.originals),
      storage,
      album,
      originals,
      control,
      progress,
      verbose: observer.crawleeLog,
    });
  } finally {
    await originals.close();
    crawlEnds();
  }
}

async function closeRun(
  order: EscapeOrder,
  album: Album,
  report: CrawlReport,
  begun: RunRecord,
): Promise<{ escaped: Escaped; record: RunRecord }> {
  const closing = closingOf(report, album);
  const record = { ...begun, endedAt: new Date().toISOString(), ...closing };
  const { tally, cause } = report;
  const failures = tally.failed > 0 ? failedPhotos(album) : [];
  const damagedAtSource = damagedPhotos(album);
  const written = await writeRescueReport(album, order, record);
  return {
    record,
    escaped: {
      ...closing,
      ...{ counts: tally, cause, failures, damagedAtSource, rescueReport: written },
    },
  };
}

/** A report that cannot be written changes nothing about how the run ended. */
async function writeRescueReport(
  album: Album,
  { identity, storage }: EscapeOrder,
  lastRun: RunRecord,
): Promise<Escaped['rescueReport']> {
  try {
    const rescue = rescueReport(album, identity, new Date().toISOString(), lastRun);
    return { page: (await writeReport(rescue, storage, storage)).page };
  } catch (error) {
    return { problem: error instanceof Error ? error.message : String(error) };
  }
}
