import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { StorageBusyError } from '../errors.js';
import { Database } from '../storage/database.js';
import { reportedAsDiskError } from './disk-error.js';

/** The sole right to write to a folder. It ends with the process at the latest. */
export interface FolderLock {
  /** Gives the folder free. A second call does nothing. */
  release(): void;
}

/**
 * Takes the sole right to write to the folder, made if there is none. Throws a `StorageBusyError`
 * that names the process which has it (also if it is this one), and a `DiskError`.
 *
 * The right is a lock on a small file that SQLite keeps for us: the system drops it when the
 * process ends, in whatever way. Who has it stands in a file beside it, for the message only.
 */
export function lockFolder(folder: string): FolderLock {
  const noteFile = join(folder, 'hold.json');
  const lockFile = join(folder, 'hold.sqlite');
  reportedAsDiskError(folder, () => {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    if (!existsSync(lockFile)) writeFileSync(lockFile, '', { mode: 0o600 });
  });
  const lock = new Database(lockFile, 'write');
  try {
    // Nothing is ever written, so it needs no journal on the disk; and who holds it holds it long.
    lock.script('PRAGMA journal_mode = MEMORY; PRAGMA busy_timeout = 0; BEGIN IMMEDIATE');
    writeNote(noteFile);
  } catch (error) {
    lock.close();
    if (error instanceof StorageBusyError) throw new StorageBusyError(holder(folder, noteFile));
    throw error;
  }
  let isHeld = true;
  return {
    release() {
      if (!isHeld) return;
      isHeld = false;
      lock.script('ROLLBACK');
      lock.close();
    },
  };
}

function writeNote(noteFile: string): void {
  reportedAsDiskError(noteFile, () => {
    const note = { pid: process.pid, since: new Date().toISOString() };
    writeFileSync(noteFile, JSON.stringify(note), { mode: 0o600 });
  });
}

function holder(folder: string, noteFile: string): string {
  let who = 'Another process';
  try {
    const { pid, since } = JSON.parse(readFileSync(noteFile, 'utf8'));
    who = `Process ${pid} (since ${since})`;
  } catch {
    who += ', which has only just begun,';
  }
  return `${who} is using the storage folder ${folder}. Wait for it to end, or stop it.`;
}
