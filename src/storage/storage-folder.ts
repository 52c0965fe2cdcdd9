import { existsSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { DiskError, EscapeError, StorageBusyError } from '../errors.js';
import { reportedAsDiskError } from '../files/disk-error.js';
import { lockFolder } from '../files/folder-lock.js';
import { makeFolder } from '../files/make-folder.js';
import type { Database } from './database.js';
import { FileStore, storesFolder } from './file-store.js';
import { isUpToDate, openForReading, openForWriting } from './open-database.js';
import { SqliteRequestQueue } from './sqlite-request-queue.js';

/**
 * A storage folder: a SQLite database and plain files, which survive whatever ends the process. A
 * file is on the disk before the row that names it is committed.
 */
export class StorageFolder {
  /** The request queue of every run. */
  readonly requests: SqliteRequestQueue;
  /** The key-value store `photos`: the originals. */
  readonly originals: FileStore;
  /** The key-value store `pages`: listing pages as the site served them. */
  readonly pages: FileStore;
  #isOpen = true;

  private constructor(
    folder: string,
    /** For the queries of the album. */
    readonly database: Database,
    private readonly access: 'read' | 'write',
  ) {
    this.requests = new SqliteRequestQueue(database);
    this.temporaryFolder = temporaryFolder(folder);
    this.originals = new FileStore(folder, originalsStore, this.temporaryFolder);
    this.pages = new FileStore(folder, 'pages', this.temporaryFolder);
  }

  /** For files that are not whole yet; what is left of them is removed at opening for writing. */
  readonly temporaryFolder: string;

  /** Whether the folder has a database; it need not be whole. */
  static exists(folder: string): boolean {
    return existsSync(databasePath(folder));
  }

  /**
   * Opens the storage in the folder for writing. If there is none, it is made; one of an earlier
   * version is brought up to date. What was left half-written is removed. The caller must have
   * locked the folder (see `lockFolder`). Throws a `DiskError` if it cannot be written, and a
   * `StorageDamagedError`, having changed nothing, if it is damaged or of a newer version.
   */
  static open(folder: string): StorageFolder {
    makeFolder(folder, 0o700);
    const temporary = temporaryFolder(folder);
    const database = openForWriting(databasePath(folder), temporary);
    makeFolder(temporary);
    reportedAsDiskError(temporary, () => removeHalfWritten(temporary));
    return new StorageFolder(folder, database, 'write');
  }

  /**
   * Opens the storage in the folder for reading, also while another process writes: all that is read
   * is as it was at the first look. A storage of an earlier version is brought up to date first.
   *
   * Throws an `EscapeError` (usage) if there is no storage, a `StorageDamagedError` as {@link open}
   * does, and a `StorageBusyError` or a `DiskError` if it is of an earlier version and in use or not
   * writable.
   */
  static openForReading(folder: string): StorageFolder {
    let database = openForReading(databasePath(folder));
    if (!isUpToDate(database)) {
      database.close();
      bringUpToDate(folder);
      database = openForReading(databasePath(folder));
    }
    database.script('BEGIN');
    return new StorageFolder(folder, database, 'read');
  }

  /**
   * Puts everything on the disk and closes the database. A second call does nothing; every other
   * call then throws.
   */
  close(): void {
    if (!this.#isOpen) return;
    this.#isOpen = false;
    try {
      // libsql closes the file when it pleases: what is in the log goes to the database now.
      if (this.access === 'write') this.database.checkpoint();
    } catch (error) {
      // On a full disk the log stays beside the database, and is read at the next opening.
      if (!(error instanceof DiskError)) throw error;
    } finally {
      this.database.close();
    }
  }
}

const originalsStore = 'photos';

/** The path of an original, relative to the storage folder, with forward slashes. */
export function originalPath(name: string): string {
  return `${storesFolder}/${originalsStore}/${name}`;
}

/** Names of temporary files: UUIDs, and those of a database that is being made. */
const temporaryName = /^(?:new\.sqlite(?:-\w+)?|[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12})$/;

/** A person's own folder may be named as a storage, with a folder of that name in it. */
function removeHalfWritten(folder: string): void {
  for (const name of readdirSync(folder)) {
    if (temporaryName.test(name)) rmSync(join(folder, name), { force: true });
  }
}

function bringUpToDate(folder: string): void {
  try {
    const lock = lockFolder(folder);
    try {
      StorageFolder.open(folder).close();
    } finally {
      lock.release();
    }
  } catch (error) {
    if (!(error instanceof StorageBusyError || error instanceof DiskError)) throw error;
    throw new EscapeError(
      error.ending,
      `The storage folder ${folder} was written by an earlier version of this program and has to be brought up to date before it can be read. ${error.message}`,
      { cause: error },
    );
  }
}

/** The path of the database of a storage folder. */
export function databasePath(folder: string): string {
  return join(folder, 'photo-escape.sqlite');
}

function temporaryFolder(folder: string): string {
  return join(folder, 'tmp');
}
