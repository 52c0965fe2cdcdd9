import { closeSync, fsync, fsyncSync, openSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
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

/** Milliseconds from one sync to the next at the least: more writers then share each, and what comes after it. */
const spacing = 8;

/** Syncs a folder for many writers at once: all calls before a sync begins share it. */
export class FolderSync {
  #running: Promise<void> = Promise.resolve();
  #waiting: Promise<void> | undefined;
  /** When the last sync began, in milliseconds of the process's clock. */
  #begun = Number.NEGATIVE_INFINITY;

  constructor(private readonly folder: string) {}

  /** Resolves when a sync that began after the call is done. Rejects with the file system's error. */
  sync(): Promise<void> {
    const begin = async () => {
      const wait = this.#begun + spacing - performance.now();
      if (wait > 0) await delay(wait);
      this.#begun = performance.now();
      this.#waiting = undefined;
      this.#running = syncFolder(this.folder);
      return this.#running;
    };
    // An error of the sync before this one is reported to its own callers.
    this.#waiting ??= this.#running.then(begin, begin);
    return this.#waiting;
  }
}
