import { closeSync, fsync, fsyncSync, openSync } from 'node:fs';
import { promisify } from 'node:util';

const sync = promisify(fsync);

/** Windows cannot open a folder as a file, and writes its changes through by itself. */
const foldersCanBeSynced = process.platform !== 'win32';

/** Puts the names in the folder on the disk. Throws the file system's error. */
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

/** Syncs folders for many writers at once: all who ask while one sync runs share the next. */
export class FolderSync {
  readonly #running = new Map<string, Promise<void>>();
  readonly #waiting = new Map<string, Promise<void>>();

  /**
   * Resolves once a sync of the folder is done that began after the call. Rejects with the file
   * system's error.
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
    // Whether the sync before this one failed is the matter of those who asked for it.
    const next = (this.#running.get(folder) ?? Promise.resolve()).then(begin, begin);
    this.#waiting.set(folder, next);
    return next;
  }
}
