import { DiskError } from '../errors.js';
import { errorCode } from './error-code.js';

const takenByFile =
  'There is a file where a folder is needed, or a link to a folder that is missing (is its disk plugged in?): move it away, or choose another folder.';
const noPermission = 'Permission is missing: make the folder writable, or choose another one.';
const isAbsent =
  'A folder on the way there is missing: plug in its disk or put it back, or choose another one.';
const tooManyOpen =
  'Too many files are open: raise the limit (ulimit -n) or lower ALBUM_CONCURRENCY, then run it again.';

const advice: Record<string, string> = {
  ENOSPC: 'The disk is full: make room, then run it again.',
  EDQUOT: 'The disk quota is used up: make room, then run it again.',
  EROFS: 'The disk is read-only: make it writable, or choose another folder.',
  EACCES: noPermission,
  EPERM: noPermission,
  EIO: 'The disk reports an error: check it, or choose another folder.',
  ENOENT: isAbsent,
  ENODEV: isAbsent,
  ENXIO: isAbsent,
  EMFILE: tooManyOpen,
  ENFILE: tooManyOpen,
  EISDIR: 'There is a folder of that name: move it away, or choose another name.',
  ENOTDIR: takenByFile,
  EEXIST: takenByFile,
  ENAMETOOLONG: 'The path is too long: choose a folder with a shorter one.',
  ELOOP: 'Its links lead in a circle: choose another folder.',
};

/** The disk holds no file of that size: FAT32, for example, none of 4 GB. */
export class FileTooLargeError extends DiskError {
  /** What is wrong with the file, and what to do. */
  readonly reason =
    'it is larger than a file may be on this disk (EFBIG; FAT32 takes less than 4 GB). Use a folder on a disk of another format, such as exFAT';
}

/**
 * The `DiskError` for an error of the file system at `path`; any other error unchanged. A file that
 * is too large for the disk is a {@link FileTooLargeError}.
 */
export function diskError(error: unknown, path: string): unknown {
  const code = errorCode(error);
  if (code === undefined || !isOfSystem(error)) return error;
  if (code === 'EFBIG') {
    return new FileTooLargeError(
      `Cannot write ${path} whole (EFBIG). The disk takes no file of that size: use a folder on another disk.`,
      { cause: error },
    );
  }
  const whatToDo = advice[code] ?? 'Check the disk, or choose another folder.';
  return new DiskError(`Cannot use ${path} (${code}). ${whatToDo}`, { cause: error });
}

/** Whether a call of the system has failed. */
function isOfSystem(error: unknown): boolean {
  return typeof error === 'object' && error !== null && 'syscall' in error;
}

/** Runs the work and throws its errors as {@link diskError} translates them. */
export function reportedAsDiskError<Result>(path: string, work: () => Result): Result {
  try {
    return work();
  } catch (error) {
    throw diskError(error, path);
  }
}
