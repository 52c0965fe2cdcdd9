import { pathToFileURL } from 'node:url';
import Libsql from 'libsql';
import { EscapeError } from '../errors.js';
import { databaseError } from './database-error.js';
import { GroupCommit } from './group-commit.js';

/** What may be bound: libsql ends the whole process when it is handed a boolean. */
type Value = string | number | null | Buffer;

/**
 * How a database is opened:
 *
 * - `write` and `read` share it with other processes, by way of memory that the disk has to offer;
 *   `read` changes no data but takes part in the locking.
 * - `write alone` needs no such memory, and lets nobody else in until it is closed. FUSE, 9p and SMB
 *   disks have none (SQLite, Write-Ahead Logging, section 8).
 * - `read the file alone` reads only the database file itself, takes no lock and makes no file: for a
 *   file that may not be a database.
 */
export type Access = 'write' | 'read' | 'write alone' | 'read the file alone';

/**
 * How long to wait, in milliseconds, for a lock of another process on the database. A writer waits
 * only for another writer, and the folder lock keeps those away.
 */
const busyMilliseconds = 5000;

/**
 * A SQLite database with its prepared statements. Rows come as arrays, in the order of the
 * columns: libsql puts a `_metadata` of its own into rows that come as objects, and gives other
 * types for blobs there. Whatever SQLite reports comes out as one of the errors of
 * {@link databaseError}.
 */
export class Database {
  readonly #path: string;
  #connection: Libsql.Database | undefined;
  readonly #statements = new Map<string, Libsql.Statement>();
  readonly #group = new GroupCommit(this);

  constructor(
    path: string,
    private readonly access: Access,
  ) {
    this.#path = path;
    // libsql takes better-sqlite3's `readonly` option and then writes all the same.
    const address = {
      write: path,
      'write alone': path,
      read: `${pathToFileURL(path).href}?mode=ro`,
      'read the file alone': `${pathToFileURL(path).href}?mode=ro&immutable=1`,
    }[access];
    this.#connection = this.#reported(() => new Libsql(address));
    this.script(`PRAGMA busy_timeout = ${busyMilliseconds}`);
  }

  /** Runs statements that give nothing back. */
  script(statements: string): void {
    this.#reported(() => this.#open().exec(statements));
  }

  /** Runs a statement and gives the number of rows it changed. */
  run(statement: string, ...values: Value[]): number {
    return this.#reported(() => this.#prepared(statement).run(values).changes);
  }

  /** The first row, or `undefined` if there is none. */
  row<Row extends unknown[]>(statement: string, ...values: Value[]): Row | undefined {
    return this.#reported(() => this.#prepared(statement).get(values) as Row | undefined);
  }

  /** All rows. */
  rows<Row extends unknown[]>(statement: string, ...values: Value[]): Row[] {
    return this.#reported(() => this.#prepared(statement).all(values) as Row[]);
  }

  /** Whether a transaction is open. SQLite ends one by itself where the disk is full. */
  get isInTransaction(): boolean {
    return this.#connection?.inTransaction ?? false;
  }

  /**
   * Runs statements that write, at once, in a transaction shared with all that are run in the
   * same turn of the event loop: a commit costs more than the statement. This connection sees it at
   * once, others when it is committed.
   *
   * @param statements where one fails, SQLite undoes it alone: those before it stay
   * @returns what the statements give, once they are committed
   */
  groupCommit<Result>(statements: () => Result): Promise<Result> {
    return this.#group.run(statements);
  }

  /** Runs the work as one transaction, undone if it throws. Not to be nested. */
  transaction<Result>(work: () => Result): Result {
    this.#group.commit();
    this.run('BEGIN IMMEDIATE');
    try {
      const result = work();
      this.run('COMMIT');
      return result;
    } catch (error) {
      // A second rollback would fail, and hide the real error.
      if (this.isInTransaction) this.run('ROLLBACK');
      throw error;
    }
  }

  /** Commits what is open and writes the log back to the database file, which is then on the disk. */
  checkpoint(): void {
    this.#group.commit();
    this.rows('PRAGMA wal_checkpoint(TRUNCATE)');
  }

  /** Commits what is open and closes the database. A second call does nothing, every other throws. */
  close(): void {
    this.#group.commit();
    // A snapshot that was read must not outlive its reader.
    if (this.isInTransaction) this.run('ROLLBACK');
    this.#statements.clear();
    if (this.access === 'write alone' && this.#connection !== undefined) this.#letOthersIn();
    this.#connection?.close();
    this.#connection = undefined;
  }

  /** libsql closes the file, and gives up its lock, only when the last statement is garbage. */
  #letOthersIn(): void {
    try {
      this.script('PRAGMA locking_mode = NORMAL; SELECT 1 FROM sqlite_schema');
    } catch (error) {
      // The lock then ends with the process.
      if (!(error instanceof EscapeError)) throw error;
    }
  }

  #open(): Libsql.Database {
    if (!this.#connection) throw new Error(`The storage ${this.#path} is closed.`);
    return this.#connection;
  }

  #prepared(statement: string): Libsql.Statement {
    const connection = this.#open();
    let prepared = this.#statements.get(statement);
    if (!prepared) {
      prepared = connection.prepare(statement);
      if (prepared.reader) prepared.raw();
      this.#statements.set(statement, prepared);
    }
    return prepared;
  }

  #reported<Result>(work: () => Result): Result {
    try {
      return work();
    } catch (error) {
      throw databaseError(error, this.#path);
    }
  }
}
