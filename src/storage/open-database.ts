import { existsSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { DiskError, EscapeError, StorageDamagedError } from '../errors.js';
import { reportedAsDiskError } from '../files/disk-error.js';
import { errorCode } from '../files/error-code.js';
import { syncFolderNow } from '../files/folder-sync.js';
import { makeFolder } from '../files/make-folder.js';
import { type Access, Database } from './database.js';
import { damaged } from './database-error.js';
import { migrate } from './migrate.js';
import { applicationId, schema, schemaVersion, tables } from './schema.js';

/**
 * Pages of 4 KiB that the log grows to before it goes to the database, which holds up everything
 * while it is synced; SQLite's own 1,000 are full after a hundred photos.
 */
const pagesOfLog = 4000;

/**
 * Opens the database at `path` for writing. If there is none, it is made, in `temporaryFolder`
 * first; one of an earlier version is brought up to date. Throws a `StorageDamagedError`, having
 * changed nothing, if the file is damaged, of a newer version or another program's, and a
 * `DiskError` if it cannot be written.
 */
export function openForWriting(path: string, temporaryFolder: string): Database {
  if (existsSync(path)) refuseForeign(path);
  else create(path, join(temporaryFolder, 'new.sqlite'));
  const database = opened(path, ['write', 'write alone']);
  database.script(`PRAGMA wal_autocheckpoint = ${pagesOfLog}`);
  migrate(database, versionOf(database));
  return database;
}

/**
 * How each way to open a database begins. A disk without shared memory shows it at the first
 * transaction, and so do one that is read-only and a database that another process has alone.
 *
 * NORMAL: after a power cut the last commits may be lost, but never an earlier one without the later
 * ones, and files are on the disk before the row that names them is committed at all.
 */
const beginnings: Record<Access, string> = {
  write: 'PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; BEGIN IMMEDIATE; ROLLBACK',
  read: 'BEGIN; SELECT 1 FROM sqlite_schema; ROLLBACK',
  'write alone':
    'PRAGMA locking_mode = EXCLUSIVE; PRAGMA journal_mode = DELETE; BEGIN EXCLUSIVE; ROLLBACK',
  'read the file alone': '',
};

/** Opens and checks the database in the first of these ways that the disk allows. */
function opened(path: string, [way, next, ...others]: readonly [Access, ...Access[]]): Database {
  const database = new Database(path, way);
  try {
    // A script: of a prepared statement libsql would keep the file's locks until it is garbage.
    database.script(beginnings[way]);
    return checked(database, path);
  } catch (error) {
    database.close();
    if (next === undefined || !(error instanceof DiskError)) throw error;
    return opened(path, [next, ...others]);
  }
}

/** Whether the database has the present schema, rather than that of an earlier version. */
export function isUpToDate(database: Database): boolean {
  return versionOf(database) === schemaVersion;
}

function versionOf(database: Database): number {
  return database.row<[number]>('PRAGMA user_version')?.[0] ?? 0;
}

/**
 * Opens the database at `path` for reading, also while another process writes. It may be of an
 * earlier version. Throws an `EscapeError` (usage) if there is none, and a `StorageDamagedError` as
 * {@link openForWriting} does.
 */
export function openForReading(path: string): Database {
  if (!existsSync(path))
    throw new EscapeError(
      'usage',
      `There is no storage in ${dirname(path)}: nothing was saved there.`,
    );
  refuseForeign(path);
  return opened(path, ['read', 'write alone']);
}

function create(path: string, temporary: string): void {
  makeFolder(dirname(temporary));
  reportedAsDiskError(temporary, () => {
    rmSync(temporary, { force: true });
    // The file is there before SQLite opens it, because SQLite takes over its mode for its others.
    writeFileSync(temporary, '', { mode: 0o600, flag: 'wx' });
  });
  const database = new Database(temporary, 'write');
  database.transaction(() => database.script(schema));
  database.close();
  // Published whole: so an empty or half-made file at the path is always damage.
  reportedAsDiskError(path, () => {
    renameSync(temporary, path);
    syncFolderNow(dirname(path));
  });
}

/**
 * Checks the file before SQLite may change it. Read by SQLite too: opening and closing a file on
 * which this process has a connection would drop the locks of that connection (POSIX).
 */
function refuseForeign(path: string): void {
  const isWithJournal = hasJournal(path);
  const database = new Database(path, 'read the file alone');
  try {
    checked(database, path);
    const [pageSize] = database.row<[number]>('PRAGMA page_size') ?? [1];
    if (!isWithJournal && statSync(path).size % pageSize !== 0) throw damaged(path);
  } catch (error) {
    // With a journal beside it the file alone may be half-written. It is checked again, with the
    // journal, as soon as it is open.
    if (!isWithJournal || !mayBeHalfWritten(error)) throw error;
  } finally {
    database.close();
  }
}

function hasJournal(path: string): boolean {
  return ['wal', 'journal'].some((kind) => {
    const journal = `${path}-${kind}`;
    return existsSync(journal) && statSync(journal).size > 0;
  });
}

/** SQLITE_ERROR: a table is missing. */
function mayBeHalfWritten(error: unknown): boolean {
  const code = errorCode(error instanceof StorageDamagedError ? error.cause : error) ?? '';
  return code.startsWith('SQLITE_CORRUPT') || code === 'SQLITE_ERROR';
}

function checked(database: Database, path: string): Database {
  const [application] = database.row<[number]>('PRAGMA application_id') ?? [0];
  const version = versionOf(database);
  if (application !== applicationId)
    throw damaged(path, { cause: new Error('It is the database of another program.') });
  if (version > schemaVersion)
    throw new StorageDamagedError(
      `The storage ${path} was made by a newer version of this program (its schema is ${version}, ` +
        `this program knows ${schemaVersion}). It was left as it is. Use the newer version.`,
    );
  const present = tables[version];
  if (present === undefined) throw damaged(path, { cause: new Error('It has no version.') });
  // Reads the first and the last pages of every table: damage there is better found now.
  for (const table of present) {
    database.row(`SELECT * FROM ${table} ORDER BY 1 LIMIT 1`);
    database.row(`SELECT * FROM ${table} ORDER BY 1 DESC LIMIT 1`);
  }
  return database;
}
