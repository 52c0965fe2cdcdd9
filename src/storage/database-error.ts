import { DiskError, EscapeError, StorageBusyError, StorageDamagedError } from '../errors.js';
import { errorCode } from '../files/error-code.js';

/**
 * What an error of libsql on the database at `path` means to the person at the terminal: a
 * `DiskError` (full, not writable), a `StorageDamagedError`, a `StorageBusyError`; any other error
 * as it is.
 */
export function databaseError(error: unknown, path: string): unknown {
  if (error instanceof EscapeError) return error;
  const options = { cause: error };
  // libsql reports a file that cannot be opened with an empty code.
  const code = errorCode(error);
  if (code === undefined) return error;
  if (code === 'SQLITE_FULL')
    return new DiskError(`The disk is full: ${path}. Make room, then run it again.`, options);
  if (code.startsWith('SQLITE_CORRUPT') || code === 'SQLITE_NOTADB') return damaged(path, options);
  if (code.startsWith('SQLITE_BUSY'))
    return new StorageBusyError(
      `Another process is using ${path}. Wait for it to end, then run it again.`,
      options,
    );
  if (code === '' || /^SQLITE_(IOERR|READONLY|CANTOPEN|PERM)/.test(code))
    return new DiskError(
      `Cannot read or write ${path}: check the disk and the permissions, then run it again.`,
      options,
    );
  return error;
}

/** The error for a database file that SQLite cannot make sense of. */
export function damaged(path: string, options?: ErrorOptions): StorageDamagedError {
  return new StorageDamagedError(
    `The database ${path} is damaged. It was left as it is. Put back a copy of it, or move the ` +
      'whole storage folder away and start anew.',
    options,
  );
}
