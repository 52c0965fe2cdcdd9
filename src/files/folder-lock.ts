import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Libsql from 'libsql';
import { DiskError, StorageBusyError } from '../errors.js';
import { reportedAsDiskError } from './disk-error.js';
import { errorCode } from './error-code.js';
import { makeFolder } from './make-folder.js';

/** The exclusive right to write to a folder. It ends with the process at the latest. */
export interface FolderLock {
  /** Gives up the right. A second call does nothing. */
  release(): void;
}

/**
 * Takes the exclusive right to write to a folder, which is created if there is none.
 *
 * The right is SQLite's lock on a small file. The system releases it when the process ends, in
 * whatever way. A note beside it names the process, for the message only.
 *
 * @throws StorageBusyError that names the process that has the right, which may be this one;
 *   DiskError
 */
export function lockFolder(folder: string): FolderLock {
  const noteFile = join(folder, 'hold.json');
  const lockFile = join(folder, 'hold.sqlite');
  makeFolder(folder, 0o700);
  reportedAsDiskError(folder, () => {
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
    writeFileSync(noteFile, JSON.stringify(note), { mode: 0o600 });
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
