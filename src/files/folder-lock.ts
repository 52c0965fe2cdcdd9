import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Libsql from 'libsql';
import { DiskError, StorageBusyError } from '../errors.js';
import { reportedAsDiskError } from './disk-error.js';
import { errorCode } from './error-code.js';

/** The sole right to write to a folder. It ends with the process at the latest. */
export interface FolderLock {
  /** Gives up the right. A second call does nothing. */
  release(): void;
}

/**
 * Takes the sole right to write to the folder, made if there is none. Throws a `StorageBusyError`
 * that names the process which has it (also if it is this one), and a `DiskError`.
 *
 * The right is a lock of SQLite on a small file: the system drops it when the process ends, in
 * whatever way. Which process has it stands in a file beside it, for the message only.
 */
export function lockFolder(folder: string): FolderLock {
  const noteFile = join(folder, 'hold.json');
  const lockFile = join(folder, 'hold.sqlite');
  reportedAsDiskError(folder, () => {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    if (!existsSync(lockFile)) writeFileSync(lockFile, '', { mode: 0o600 });
  });
  let lock: Libsql.Database | undefined;
  try {
    lock = new Libsql(lockFile);
    // Nothing is ever written, so no journal is needed on the disk. No waiting: a run takes long.
    lock.exec('PRAGMA journal_mode = MEMORY; PRAGMA busy_timeout = 0; BEGIN IMMEDIATE');
    writeNote(noteFile);
  } catch (error) {
    lock?.close();
    throw lockError(error, folder, lockFile, noteFile);
  }
  const held = lock;
  let isHeld = true;
  return {
    release() {
      if (!isHeld) return;
      isHeld = false;
      held.exec('ROLLBACK');
      held.close();
    },
  };
}

function lockError(error: unknown, folder: string, lockFile: string, noteFile: string): unknown {
  const code = errorCode(error);
  if (code?.startsWith('SQLITE_BUSY')) return new StorageBusyError(holder(folder, noteFile));
  // libsql reports a file that cannot be opened with an empty code.
  if (code !== '' && !code?.startsWith('SQLITE_')) return error;
  return new DiskError(
    `Cannot lock ${lockFile}: check the disk and the permissions, then run it again.`,
    { cause: error },
  );
}

function writeNote(noteFile: string): void {
  reportedAsDiskError(noteFile, () => {
    const note = { pid: process.pid, since: new Date().toISOString() };
    writeFileSync(`${noteFile}.new`, JSON.stringify(note), { mode: 0o600 });
    renameSync(`${noteFile}.new`, noteFile);
  });
}

function holder(folder: string, noteFile: string): string {
  let who = 'Another process';
  try {
    const { pid, since } = JSON.parse(readFileSync(noteFile, 'utf8'));
    who = `Process ${pid} (since ${since})`;
  } catch {
    // The note is written just after the lock is taken.
    who += ', which has only just begun,';
  }
  return `${who} is using the storage folder ${folder}. Wait for it to end, or stop it.`;
}
