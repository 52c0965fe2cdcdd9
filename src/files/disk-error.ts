import { DiskError } from '../errors.js';
import { errorCode } from './error-code.js';

const advice: Record<string, string> = {
  ENOSPC: 'The disk is full: make room, then run it again.',
  EDQUOT: 'The disk quota is used up: make room, then run it again.',
  EFBIG: 'The file is larger than the system allows here.',
  EROFS: 'The disk is read-only: make it writable, or choose another folder.',
  EACCES: 'Permission is missing: make the folder writable, or choose another one.',
  EPERM: 'Permission is missing: make the folder writable, or choose another one.',
  EIO: 'The disk reports an error: check it, or choose another folder.',
  EMFILE: 'Too many files are open: raise the limit (ulimit -n), then run it again.',
  EISDIR: 'There is a folder of that name: move it away, or choose another name.',
  ENOTDIR: 'There is a file where a folder is needed: move it away, or choose another folder.',
  EEXIST: 'There is a file where a folder is needed: move it away, or choose another folder.',
};

/**
 * The `DiskError` for an error of the file system at `path`, if the person at the terminal can do
 * something about it; any other error unchanged.
 */
export function diskError(error: unknown, path: string): unknown {
  const code = errorCode(error);
  const whatToDo = code && advice[code];
  if (!whatToDo) return error;
  return new DiskError(`Cannot write ${path} (${code}). ${whatToDo}`, { cause: error });
}

/** Runs the work and throws its errors as {@link diskError} translates them. */
export function reportedAsDiskError<Result>(path: string, work: () => Result): Result {
  try {
    return work();
  } catch (error) {
    throw diskError(error, path);
  }
}
