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

/** Syncs a folder for many writers at once: all calls during one sync share the next one. */
export class FolderSync {
  #running: Promise<void> = Promise.resolve();
  #waiting: Promise<void> | undefined;

  constructor(private readonly folder: string) {}

  /** Resolves when a sync that began after the call is done. Rejects with the file system's error. */
  sync(): Promise<void> {
    const begin = () => {
      this.#waiting = undefined;
      this.#running = syncFolder(this.folder);
      return this.#running;
    };
    // An error of the sync before this one is reported to its own callers.
    this.#waiting ??= this.#running.then(begin, begin);
    return this.#waiting;
  }
}
