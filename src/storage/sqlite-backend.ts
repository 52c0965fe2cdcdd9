import { existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { DiskError } from '../errors.js';
import { reportedAsDiskError } from '../files/disk-error.js';
import type { StorageBackend, StoreKind } from './backend.js';
import type { Database } from './database.js';
import { openForReading, openForWriting } from './open-database.js';
import { RecordFiles } from './record-files.js';
import { SqliteItems } from './sqlite-items.js';
import { SqliteQueue } from './sqlite-queue.js';
import { SqliteRecords } from './sqlite-records.js';
import { SqliteStores } from './sqlite-stores.js';

/** Everything in one folder: a SQLite database, and plain files under `key_value_stores`. */
export class SqliteBackend implements StorageBackend {
  readonly stores: SqliteStores;
  readonly queue: SqliteQueue;
  readonly items: SqliteItems;
  readonly records: SqliteRecords;
  #isOpen = true;

  private constructor(
    private readonly database: Database,
    private readonly isForWriting: boolean,
    files: RecordFiles,
    clock: () => number,
  ) {
    const empty = (kind: StoreKind, number: number) => this.#empty(kind, number);
    const removeFolder = (folder: string) => files.removeFolder(folder);
    this.stores = new SqliteStores(database, clock, empty, removeFolder, isForWriting);
    this.queue = new SqliteQueue(database, this.stores, clock);
    this.items = new SqliteItems(database, this.stores);
    this.records = new SqliteRecords(database, this.stores, files);
  }

  /**
   * Opens the storage in the folder, made if there is none, ends all claims and removes what was
   * left half-written. Takes the same time whatever the number of bytes stored. Throws a
   * `DiskError`, or a `StorageDamagedError`, having changed nothing.
   */
  static open(folder: string, clock: () => number): SqliteBackend {
    reportedAsDiskError(folder, () => mkdirSync(folder, { recursive: true, mode: 0o700 }));
    const database = openForWriting(databasePath(folder), temporaryFolder(folder));
    const files = new RecordFiles(filesFolder(folder), temporaryFolder(folder));
    const backend = new SqliteBackend(database, true, files, clock);
    backend.queue.takeBackClaimed();
    files.removeLeftovers();
    return backend;
  }

  /** Whether the folder has a database; it need not be whole. */
  static exists(folder: string): boolean {
    return existsSync(databasePath(folder));
  }

  /** Opens the storage in the folder for reading, as {@link openForReading} does its database. */
  static openForReading(folder: string): SqliteBackend {
    const files = new RecordFiles(filesFolder(folder), temporaryFolder(folder));
    return new SqliteBackend(openForReading(databasePath(folder)), false, files, () => Date.now());
  }

  async flush(): Promise<void> {
    if (!this.isForWriting || !this.#isOpen) return;
    this.database.commitShared();
    this.stores.flush();
    // Syncs the log and the database, and waits for no reader.
    this.database.rows('PRAGMA wal_checkpoint(PASSIVE)');
  }

  close(): void {
    if (!this.#isOpen) return;
    this.#isOpen = false;
    try {
      if (!this.isForWriting) return;
      this.database.commitShared();
      this.stores.flush();
      // libsql closes the file when it pleases: what is in the log goes to the database now.
      this.database.rows('PRAGMA wal_checkpoint(TRUNCATE)');
    } catch (error) {
      // On a full disk the log stays beside the database, and is read at the next opening.
      if (!(error instanceof DiskError)) throw error;
    } finally {
      this.database.close();
    }
  }

  #empty(kind: StoreKind, number: number): void {
    const part = { dataset: this.items, keyValueStore: this.records, requestQueue: this.queue };
    part[kind].empty(number);
  }
}

function databasePath(folder: string): string {
  return join(folder, 'photo-escape.sqlite');
}

function filesFolder(folder: string): string {
  return join(folder, 'key_value_stores');
}

function temporaryFolder(folder: string): string {
  return join(folder, 'tmp');
}
