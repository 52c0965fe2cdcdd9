import { mkdirSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { reportedAsDiskError } from './disk-error.js';
import { errorCode } from './error-code.js';

/**
 * Makes a folder and those above it. One that is there stays as it is. Node's own way (`recursive`)
 * never ends below /proc, which says of every new folder that the one above it is missing.
 *
 * @param mode the permissions of the folders that are made, before the process's umask
 * @throws DiskError
 */
export function makeFolder(folder: string, mode = 0o777): void {
  reportedAsDiskError(folder, () => makeWithThoseAbove(folder, mode));
}

function makeWithThoseAbove(folder: string, mode: number): void {
  if (isFolder(folder)) return;
  try {
    mkdirSync(folder, { mode });
  } catch (error) {
    // Another process may have made it meanwhile.
    if (isFolder(folder)) return;
    const above = dirname(folder);
    if (errorCode(error) !== 'ENOENT' || above === folder || isFolder(above)) throw error;
    makeWithThoseAbove(above, mode);
    makeWithThoseAbove(folder, mode);
  }
}

function isFolder(path: string): boolean {
  try {
    return statSync(path).isDirectory();
  } catch {
    // Making the folder tells why.
    return false;
  }
}
