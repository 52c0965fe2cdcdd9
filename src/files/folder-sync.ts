import { closeSync, fsync, fsyncSync, openSync } from 'node:fs';
import { promisify } from 'node:util';

const sync = promisify(fsync);

/** Windows cannot open a folder as a file, and writes changes of folders through by itself. */
const foldersCanBeSynced = process.platform !== 'win32';

/** Puts the names of the files in the folder on the disk. Throws the file system's error. */
export function syncFolderNow(folder: string): void {
  if (!foldersCanBeSynced) return;
  const descriptor = openSync(folder, 'r');
  try {
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}

async function syncFolder(folder: string): Promise<void> {
  if (!foldersCanBeSynced) return;
  const descriptor = openSync(folder, 'r');
  try {
    await sync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}

/** Syncs folders for many writers at once: all calls during one sync share the next one. */
export class FolderSync {
  readonly #running = new Map<string, Promise<void>>();
  readonly #waiting = new Map<string, Promise<void>>();

  /**
   * Resolves when a sync that began after the call is done. Rejects with the file system's error.
   */
  sync(folder: string): Promise<void> {
    const shared = this.#waiting.get(folder);
    if (shared) return shared;
    const begin = () => {
      this.#waiting.delete(folder);
      const run = syncFolder(folder).finally(() => {
        if (this.#running.get(folder) === run) this.#running.delete(folder);
      });
      this.#running.set(folder, run);
      return run;
    };
    // An error of the sync before this one is reported to its own callers.
    const next = (this.#running.get(folder) ?? Promise.resolve()).then(begin, begin);
    this.#waiting.set(folder, next);
    return next;
  }
}
