import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { readdir, rename, rm } from 'node:fs/promises';
import { join, posix } from 'node:path';
import { Album, type AlbumIdentity, type RunRecord } from '../album/album.js';
import { type AlbumCounts, albumCounts } from '../album/counts.js';
import type { SavedOutcome } from '../album/photo.js';
import type { RunControl } from '../crawl/run-control.js';
import { StorageDamagedError, UsageError } from '../errors.js';
import { diskError } from '../files/disk-error.js';
import { insteadOf } from '../files/error-code.js';
import { lockFolder } from '../files/folder-lock.js';
import { syncFolderNow } from '../files/folder-sync.js';
import { makeFolder } from '../files/make-folder.js';
import { writeWhole } from '../files/whole-file.js';
import type { CheckProgress, ShowCheck } from '../rescue/check-files.js';
import { databasePath, originalPath, StorageFolder } from '../storage/storage-folder.js';
import { atOnce } from './at-once.js';
import { PulledOriginals, type PullProblem } from './pulled-originals.js';
import { restoreState } from './state/restore-state.js';
import type { ObjectStore } from './store/object-store.js';

/** An album that was pulled. */
export interface Pulled {
  album: AlbumIdentity;
  counts: AlbumCounts;
  /** The last run of the fleet that began, which may be under way. */
  lastRun: RunRecord | undefined;
  /** Originals that the folder has now, those that were there before included, and their bytes. */
  originals: number;
  bytes: number;
  /** Originals that could not be pulled. */
  problems: readonly PullProblem[];
}

/** What a pull notes in its folder, so that it can resume there and in no other. */
interface PullNote {
  id: string;
  /** When the last run began, in each database that a pull has put here. */
  lastRuns: readonly (string | null)[];
}

const originalsAtOnce = 8;

/**
 * Makes a storage folder of an album in a store: its newest state, and every original, checked by its
 * SHA-256. The database comes last, so until then there is no album in the folder. Called again it
 * resumes, and brings a folder up to date in which nothing was changed since.
 *
 * @param show shows the progress; a file is counted once it is there and checked
 * @throws UsageError where the store has no such album, or the folder holds something else; the cause
 *   of the stop, if it is stopped; EscapeError
 */
export async function pullAlbum(
  id: string,
  store: ObjectStore,
  folder: string,
  show: ShowCheck,
  control: RunControl,
): Promise<Pulled> {
  const note = noteIn(folder, id);
  const lock = lockFolder(folder);
  const stop = new AbortController();
  control.onStop(() => stop.abort(control.cause));
  const state = join(folder, 'tmp', 'state');
  try {
    makeFolder(join(folder, 'tmp'), 0o700);
    await writeNote(folder, note);
    await rm(state, { recursive: true, force: true });
    const { snapshot } = await restoreState(store, id, state, undefined, stop.signal);
    if (snapshot === undefined) throw nothingOf(id, store);
    const { saved, ...album } = readState(state);
    const files = await pullOriginals(saved, store, folder, show, stop.signal);
    const lastRuns = [...note.lastRuns, album.lastRun?.startedAt ?? null];
    await writeNote(folder, { ...note, lastRuns });
    await placeState(state, folder);
    return { ...album, ...files };
  } catch (error) {
    throw control.cause ?? error;
  } finally {
    await rm(state, { recursive: true, force: true });
    lock.release();
  }
}

function nothingOf(id: string, store: ObjectStore): UsageError {
  return new UsageError([
    `The store ${store.name} has no state of an album ${id}. See the ids and how far they have come: npm run fleet -- status`,
  ]);
}

/** What a former pull noted in the folder. @throws UsageError where it is for something else */
function noteIn(folder: string, id: string): PullNote {
  const path = notePath(folder);
  if (!existsSync(path)) {
    if (!existsSync(folder) || namesIn(folder).length === 0) return { id, lastRuns: [] };
    throw new UsageError([`${folder} is not empty. Choose a folder that is, or a new one.`]);
  }
  const note = JSON.parse(readFileSync(path, 'utf8')) as PullNote;
  if (note.id !== id) {
    throw new UsageError([
      `${folder} is for the album ${note.id}. Choose another folder for ${id}.`,
    ]);
  }
  if (!StorageFolder.exists(folder)) return note;
  const { lastRun } = readState(folder);
  if (note.lastRuns.includes(lastRun?.startedAt ?? null)) return note;
  throw new UsageError([
    `The album in ${folder} was saved on from there since it was pulled. It stays as it is: choose another folder.`,
  ]);
}

/** Names in a folder, without those of a lock, which a pull that was killed early may leave. */
function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder).filter((name) => !/^hold\./.test(name));
  } catch (error) {
    throw diskError(error, folder);
  }
}

const notePath = (folder: string) => join(folder, 'pull.json');

function writeNote(folder: string, note: PullNote): Promise<void> {
  return writeWhole(notePath(folder), JSON.stringify(note), { isDurable: true });
}

function readState(storage: string) {
  const folder = StorageFolder.openForReading(storage);
  try {
    const album = new Album(folder);
    const identity = album.identity();
    if (identity === undefined) {
      throw new StorageDamagedError(`The state in ${storage} does not say whose album it is.`);
    }
    const saved = [...album.photos.savedFiles()].filter(({ counts }) => counts);
    return {
      album: identity,
      counts: albumCounts(album).counts,
      lastRun: album.lastRun(),
      saved: saved.map((file) => file.saved),
    };
  } finally {
    folder.close();
  }
}

async function pullOriginals(
  saved: readonly SavedOutcome[],
  store: ObjectStore,
  folder: string,
  show: ShowCheck,
  signal: AbortSignal,
): Promise<Pick<Pulled, 'originals' | 'bytes' | 'problems'>> {
  const pulled = new PulledOriginals(store, folder, signal);
  const progress: CheckProgress = { files: 0, total: saved.length, bytes: 0 };
  const problems: PullProblem[] = [];
  const endShow = show(progress);
  try {
    await atOnce(saved, originalsAtOnce, async (photo) => {
      signal.throwIfAborted();
      if (photo.file !== originalPath(posix.basename(photo.file))) {
        throw new StorageDamagedError(`The state names ${photo.file} as a file of an original.`);
      }
      const problem = await pulled.pull(photo);
      if (problem !== undefined) {
        problems.push(problem);
        return;
      }
      progress.files += 1;
      progress.bytes += photo.bytes;
    });
  } finally {
    endShow();
  }
  return { originals: progress.files, bytes: progress.bytes, problems };
}

/** Puts database and kept pages into their places, the database last. */
async function placeState(state: string, folder: string): Promise<void> {
  const pages = 'key_value_stores/pages';
  try {
    await rm(join(folder, pages), { recursive: true, force: true });
    makeFolder(join(folder, pages));
    for (const name of await readdir(join(state, pages)).catch(insteadOf(['ENOENT'], []))) {
      await rename(join(state, pages, name), join(folder, pages, name));
    }
    syncFolderNow(join(folder, pages));
    const path = databasePath(folder);
    if (existsSync(path)) {
      // SQLite would apply the log of the former database to the new one.
      StorageFolder.open(folder).close();
      for (const log of ['wal', 'shm']) await rm(`${path}-${log}`, { force: true });
    }
    await rename(databasePath(state), path);
    syncFolderNow(folder);
  } catch (error) {
    throw diskError(error, folder);
  }
}
