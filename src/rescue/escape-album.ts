import { Album, type AlbumIdentity, type RunRecord } from '../album/album.js';
import { inMegabytes, showProgress } from '../cli/progress-display.js';
import { writeRescueReport } from '../cli/report-command.js';
import { closingOf, sayReport } from '../cli/report-lines.js';
import { say, type Terminal } from '../cli/terminal.js';
import type { CrawlTiming } from '../crawl/crawl.js';
import type { ThumbnailChoice } from '../crawl/measure-thumbnails.js';
import { newProgress } from '../crawl/progress.js';
import type { RunControl } from '../crawl/run-control.js';
import { type Ending, EscapeError, UsageError } from '../errors.js';
import { lockFolder } from '../files/folder-lock.js';
import { OriginalThread } from '../originals/original-thread.js';
import type { Profile } from '../profile/schema.js';
import type { Credentials } from '../session/sign-in-site.js';
import { StorageFolder } from '../storage/storage-folder.js';
import { plainText } from '../text/plain-text.js';

/** What to save, and where to. */
export interface EscapeOrder {
  profile: Profile;
  identity: AlbumIdentity;
  credentials: Credentials;
  /** The storage folder. */
  storage: string;
  concurrency: number;
  maxPerMinute: number | undefined;
  /** What the program calls itself to the site. */
  userAgent: string;
  thumbnails: ThumbnailChoice;
  /** Whether Crawlee's own log is shown. */
  verbose: boolean;
  /** How patient the crawl is, where it is not as patient as usual. */
  timing?: Partial<CrawlTiming>;
  /** Changes the album before it is crawled, once the folder is held. */
  prepare?: (album: Album) => Promise<void>;
  /** Makes something of what was saved, before the sums are said; not after an early end. */
  conclude?: (album: Album) => Promise<void>;
}

type EndedRun = RunRecord & { ending: Ending };

/** Says why a storage folder cannot take this album; nothing where it can. */
export async function otherAlbum(storage: string, identity: AlbumIdentity): Promise<string[]> {
  if (!StorageFolder.exists(storage)) return [];
  const folder = StorageFolder.openForReading(storage);
  try {
    const present = new Album(folder).identity();
    if (present === undefined) return [];
    const { profile, url, username } = present;
    const same =
      profile === identity.profile && url === identity.url && username === identity.username;
    if (same) return [];
    return [
      `The storage folder ${storage} belongs to another album (${profile}, ${url}, user ${plainText(username)}), and stays as it is. Choose another folder with --storage or CRAWLEE_STORAGE_DIR`,
    ];
  } finally {
    folder.close();
  }
}

/**
 * Saves an album into a storage folder, shows how it goes, and sums it up.
 *
 * @returns how it ended
 * @throws EscapeError where it could not begin: the folder is in use, damaged or not writable
 */
export async function escapeAlbum(
  order: EscapeOrder,
  terminal: Terminal,
  control: RunControl,
): Promise<Ending> {
  const hold = lockFolder(order.storage);
  try {
    const storage = StorageFolder.open(order.storage);
    try {
      const album = new Album(storage);
      // Asked again now that the folder is held: another run may have come first.
      const problems = await otherAlbum(order.storage, order.identity);
      if (problems.length > 0) throw new UsageError(problems);
      if (album.identity() === undefined) await album.setIdentity(order.identity);
      await order.prepare?.(album);
      return await noted(album, (begun) =>
        saveAlbum(order, storage, album, terminal, control, begun),
      );
    } finally {
      storage.close();
    }
  } finally {
    hold.release();
  }
}

/** Notes in the storage folder when a run began and how it ended. */
async function noted(album: Album, work: (begun: RunRecord) => Promise<EndedRun>): Promise<Ending> {
  const begun = { startedAt: new Date().toISOString(), processId: process.pid };
  await album.setLastRun(begun);
  try {
    const run = await work(begun);
    // On a full disk the note cannot be made either; that the disk is full has been said.
    await album.setLastRun(run).catch((error: unknown) => {
      if (run.ending !== 'disk') throw error;
    });
    return run.ending;
  } catch (error) {
    const ending = error instanceof EscapeError ? error.ending : 'unexpected';
    await album.setLastRun({ ...begun, endedAt: new Date().toISOString(), ending });
    throw error;
  }
}

async function saveAlbum(
  order: EscapeOrder,
  storage: StorageFolder,
  album: Album,
  terminal: Terminal,
  control: RunControl,
  begun: RunRecord,
): Promise<EndedRun> {
  const progress = newProgress();
  say(terminal, `Saving ${order.profile.title} (${order.identity.url}) to ${order.storage}`);
  const display = showProgress(terminal, progress);
  const report = await withOriginalThread(async (originals) => {
    const { crawl } = await import('../crawl/crawl.js');
    return crawl({
      profile: order.profile,
      account: { siteUrl: order.identity.url, username: order.identity.username },
      credentials: order.credentials,
      concurrency: order.concurrency,
      maxPerMinute: order.maxPerMinute,
      userAgent: order.userAgent,
      thumbnails: order.thumbnails,
      timing: order.timing,
      storage,
      album,
      originals,
      control,
      progress,
      verbose: order.verbose ? (line) => say(terminal, line) : undefined,
    });
  }).finally(() => display.stop());
  const looked = order.thumbnails === 'all' ? `, ${progress.thumbnails} thumbnails looked at` : '';
  say(terminal, `${progress.pages} pages read, ${inMegabytes(progress.bytes)} saved${looked}`);
  const closing = closingOf(report);
  const run = { ...begun, endedAt: new Date().toISOString(), ...closing };
  await reportRescue(order.storage, album, run, terminal);
  if (report.cause === undefined) await order.conclude?.(album);
  await sayReport(terminal, report, closing, album);
  return run;
}

/** Lends a thread to the work; it loads while the crawler does. */
async function withOriginalThread<Result>(
  work: (originals: OriginalThread) => Promise<Result>,
): Promise<Result> {
  const originals = new OriginalThread();
  try {
    return await work(originals);
  } finally {
    await originals.close();
  }
}

/** A report that cannot be written is said, and changes nothing about how the crawl ended. */
async function reportRescue(
  storage: string,
  album: Album,
  run: RunRecord,
  terminal: Terminal,
): Promise<void> {
  try {
    const { files } = await writeRescueReport(album, storage, storage, run);
    say(terminal, `The rescue report: ${files.page}`);
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    say(terminal, plainText(`There is no new rescue report: ${why}`, 500));
  }
}
