import { readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { StorageBusyError } from '../errors.js';
import { reportedAsDiskError } from '../files/disk-error.js';
import { lockFolder } from '../files/folder-lock.js';
import { makeFolder } from '../files/make-folder.js';
import { plainName } from '../files/plain-name.js';
import { type AttemptNumber, attemptName } from './state/keys.js';

/** What attempts' folders are called. */
const attemptFolderName = /^attempt-.+-\d{16}-\d{6}$/;

/** A folder of one attempt's own. */
export interface AttemptFolder {
  path: string;
  /** Removes the folder with all that is in it. */
  remove(): void;
}

/**
 * Makes the folder for what an attempt has under way, and removes those that killed workers left. The
 * lock of a folder ends with its process, so one that can be locked is nobody's.
 *
 * @throws DiskError; StorageBusyError where this very attempt is being made already
 */
export function openAttemptFolder(
  folder: string,
  albumId: string,
  attempt: AttemptNumber,
): AttemptFolder {
  makeFolder(folder, 0o700);
  removeLeftovers(folder);
  const path = join(folder, `attempt-${plainName(albumId)}-${attemptName(attempt)}`);
  const lock = lockFolder(path);
  return {
    path,
    remove() {
      lock.release();
      reportedAsDiskError(path, () => rmSync(path, { recursive: true, force: true }));
    },
  };
}

function removeLeftovers(folder: string): void {
  for (const name of reportedAsDiskError(folder, () => readdirSync(folder))) {
    if (!attemptFolderName.test(name)) continue;
    const path = join(folder, name);
    try {
      lockFolder(path).release();
    } catch (error) {
      if (error instanceof StorageBusyError) continue;
      throw error;
    }
    reportedAsDiskError(path, () => rmSync(path, { recursive: true, force: true }));
  }
}
