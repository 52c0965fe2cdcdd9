import { join } from 'node:path';
import type { Album, AlbumIdentity } from '../album/album.js';
import type { CrawlProgress } from '../crawl/progress.js';
import { RunControl } from '../crawl/run-control.js';
import { type Ending, EscapeError, SignInError, UnreachableError, UsageError } from '../errors.js';
import type { SharedThrottle } from '../http/host-throttle.js';
import { loadProfile } from '../profile/load.js';
import type { Profile } from '../profile/schema.js';
import type { FailedPhoto } from '../rescue/closing.js';
import {
  type Escaped,
  type EscapeObserver,
  type EscapeOrder,
  escapeAlbum,
} from '../rescue/escape-album.js';
import { openAttemptFolder } from './attempt-folder.js';
import { Journal } from './state/journal.js';
import type { AttemptNumber } from './state/keys.js';
import { type RestoredState, restoreState } from './state/restore-state.js';
import { StatePublisher } from './state/state-publisher.js';
import type { ObjectStore } from './store/object-store.js';
import { StoredOriginals } from './stored-originals.js';

/** An album to save. */
export interface AlbumJob {
  /** Names the album in queue and store. */
  id: string;
  /** A built-in profile's name, or the path of a profile file. */
  profile: string;
  url: string;
  username: string;
}

/** One try of a worker to save an album. */
export interface Attempt extends AttemptNumber {
  /** Aborted once the lock of the job is lost: nothing is published any more. */
  lost: AbortSignal;
  /** Aborted when the worker is to give the album back: it ends soon, with its state published. */
  stop: AbortSignal;
  /** What it shares with attempts at other albums; nothing without it. */
  throttle?: SharedThrottle;
  /** Told every second how far the album has come. */
  onProgress(progress: Readonly<CrawlProgress>): void;
}

/** How a worker crawls: as a crawl of one machine does. */
export interface WorkOptions
  extends Pick<
    EscapeOrder,
    'concurrency' | 'maxPerMinute' | 'userAgent' | 'proxies' | 'thumbnails' | 'timing'
  > {
  /** Milliseconds between two snapshots of the state, or more where they take long; 30 s without it. */
  snapshotInterval?: number;
}

/** How a try ended. */
export interface AlbumEnd {
  /**
   * `complete` only if every photo listed is saved, nothing is in doubt, and the state that says so is
   * in the store; `busy` where the lock was lost, `terminated` where the worker was stopped.
   */
  ending: Ending;
  /** Photos that the album lists, and of those the ones saved and tried in vain; undefined before the crawl. */
  counts: { listed: number; saved: number; failed: number } | undefined;
  /** What speaks against the list being whole, in sentences. */
  doubts: readonly string[];
  failures: readonly FailedPhoto[];
  /** Why it ended before its work was done, in sentences for a person. */
  cause: string | undefined;
  /** Milliseconds after which the site asked to come back. */
  pause: number | undefined;
}

/** Milliseconds for originals under way, and for the last snapshot, after a stop: a worker has ten seconds. */
const graceForOriginals = 2_500;
const graceForState = 4_200;
const usualInterval = 30_000;
const progressInterval = 1_000;

/**
 * Saves an album, as `escapeAlbum` does on one machine, with originals and state in a store: begins
 * from the newest state there, and publishes it while it goes on and at the end.
 *
 * @param password undefined where the profile needs none
 * @param folder a folder on a local disk for what is under way; nothing is left in it
 * @returns how it ended, expected early ends included
 * @throws what is unexpected
 */
export async function workAlbum(
  job: AlbumJob,
  password: string | undefined,
  store: ObjectStore,
  folder: string,
  attempt: Attempt,
  options: WorkOptions,
): Promise<AlbumEnd> {
  const control = new RunControl();
  const publishing = new AbortController();
  const unfollow = followSignals(attempt, control, publishing);
  try {
    const local = openAttemptFolder(folder, job.id, attempt);
    try {
      const profile = loadProfile(job.profile);
      const credentials = { username: job.username, password: passwordFor(profile, job, password) };
      const { throttle } = attempt;
      const order = {
        ...{ ...options, profile, credentials },
        ...(throttle && { sharedThrottle: throttle }),
      };
      return await saveAlbum(
        { job, store, local: local.path, attempt, order },
        control,
        publishing,
      );
    } finally {
      local.remove();
    }
  } catch (error) {
    if (!(error instanceof EscapeError)) throw error;
    return endOf(error);
  } finally {
    unfollow();
  }
}

/** Stops what is under way as the worker's signals say. @returns the function that ends it */
function followSignals(
  { lost, stop }: Attempt,
  control: RunControl,
  publishing: AbortController,
): () => void {
  let timer: NodeJS.Timeout | undefined;
  const onLost = () => {
    const cause = lockLost();
    control.stop(cause);
    publishing.abort(cause);
  };
  const onStop = () => {
    const cause = new EscapeError('terminated', 'The worker was stopped; the state is saved.');
    control.stop(cause, graceForOriginals);
    timer = setTimeout(() => publishing.abort(cause), graceForState);
  };
  const followed = [
    [lost, onLost],
    [stop, onStop],
  ] as const;
  for (const [signal, follow] of followed) {
    if (signal.aborted) follow();
    else signal.addEventListener('abort', follow, { once: true });
  }
  return () => {
    clearTimeout(timer);
    control.close();
    for (const [signal, follow] of followed) signal.removeEventListener('abort', follow);
  };
}

function lockLost(): EscapeError {
  return new EscapeError('busy', 'The lock of the album was lost: another worker may have it now.');
}

function passwordFor({ signIn }: Profile, { id }: AlbumJob, password: string | undefined): string {
  if (signIn.by === 'none') return '';
  if (signIn.by === 'pasted') {
    throw new UsageError([
      `The profile of ${id} wants the cookies or the token of a browser that is signed in, which a fleet does not have. Save this album with npm start.`,
    ]);
  }
  if (password !== undefined) return password;
  throw new SignInError(
    `There is no password for ${id}. Add a line for it to the file of secrets.`,
  );
}

/** What saving an album takes. */
interface Work {
  job: AlbumJob;
  store: ObjectStore;
  /** The attempt's folder. */
  local: string;
  attempt: Attempt;
  order: WorkOptions & Pick<EscapeOrder, 'profile' | 'credentials' | 'sharedThrottle'>;
}

async function saveAlbum(
  { job, store, local, attempt, order: { snapshotInterval = usualInterval, ...order } }: Work,
  control: RunControl,
  publishing: AbortController,
): Promise<AlbumEnd> {
  const identity = { profile: order.profile.name, url: job.url, username: job.username };
  const storage = join(local, 'storage');
  const restored = await restoredState({ store, job, storage, identity }, control);
  const journal = new Journal(store, identity, job.id, attempt, control.dropped);
  const publisher = new StatePublisher({
    ...{ store, storage, attempt, journal, restored },
    albumId: job.id,
    temporaryFolder: local,
    interval: snapshotInterval,
    signal: publishing.signal,
  });
  const crawled = new AbortController();
  let regularly: Promise<void> | undefined;
  const prepare = async (album: Album) => {
    regularly = publisher.publishUntil(crawled.signal, album).catch(stopFor(control));
  };
  const place = new StoredOriginals(store, journal, control.dropped);
  const observer = { crawlBegins: reporter(attempt) };
  let escaped: Escaped;
  try {
    escaped = await escapeAlbum({ ...order, identity, storage, place, prepare }, observer, control);
  } finally {
    crawled.abort();
    await regularly;
  }
  const end = endOf(escaped.cause, escaped);
  try {
    await publisher.publishAtEnd();
    return end;
  } catch (error) {
    if (!(error instanceof EscapeError)) throw error;
    // A state that is not in the store speaks for nothing.
    return { ...end, ...(end.ending === 'terminated' ? {} : endingOf(error)) };
  }
}

/** Stops the crawl where the state cannot be published. */
function stopFor(control: RunControl): (error: unknown) => void {
  return (error) => {
    const known = error instanceof EscapeError;
    const message = `The state could not be published: ${String(error)}`;
    control.stop(known ? error : new EscapeError('unexpected', message, { cause: error }));
  };
}

async function restoredState(
  {
    store,
    job,
    storage,
    identity,
  }: { store: ObjectStore; job: AlbumJob; storage: string; identity: AlbumIdentity },
  control: RunControl,
): Promise<RestoredState> {
  const restoring = new AbortController();
  control.onStop(() => restoring.abort(control.cause));
  const restored = await restoreState(store, job.id, storage, identity, restoring.signal);
  restoring.signal.throwIfAborted();
  return restored;
}

/** Tells how far the album has come, once a second and at the end. */
function reporter({ onProgress }: Attempt): EscapeObserver['crawlBegins'] {
  return (progress) => {
    const tell = () => onProgress({ ...progress });
    const timer = setInterval(tell, progressInterval);
    return () => {
      clearInterval(timer);
      tell();
    };
  };
}

function endingOf(cause: EscapeError): Pick<AlbumEnd, 'ending' | 'cause' | 'pause'> {
  const pause = cause instanceof UnreachableError ? cause.pause : undefined;
  return { ending: cause.ending, cause: cause.message, pause };
}

function endOf(cause: EscapeError | undefined, escaped?: Escaped): AlbumEnd {
  const { ending = 'unexpected', doubts = [], failures = [], counts } = escaped ?? {};
  return {
    doubts,
    failures,
    counts: counts && {
      listed: counts.listed,
      saved: counts.saved + counts.alreadyHad,
      failed: counts.failed,
    },
    ...(cause === undefined ? { ending, cause: undefined, pause: undefined } : endingOf(cause)),
  };
}
