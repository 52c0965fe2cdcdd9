import { pathToFileURL } from 'node:url';
import Libsql from 'libsql';
import { databaseError, openedForReading } from './database-error.js';
import { SharedTransaction, type Undo } from './shared-transaction.js';

/** What may be bound: libsql ends the whole process when it is handed a boolean. */
type Value = string | number | null | Buffer;

type Access = 'write' | 'read' | 'read the file alone';

/**
 * How long to wait, in milliseconds, for another process's hands on the database. A writer waits
 * for nobody but another writer, and the hold keeps those away.
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
  readonly #access: Access;
  #connection: Libsql.Database | undefined;
  readonly #statements = new Map<string, Libsql.Statement>();
  #shared: SharedTransaction | undefined;

  /**
   * `read` leaves the data alone but takes part in SQLite's locking; `read the file alone` looks
   * at nothing but the database file itself, takes no lock and makes no file, which is for looking
   * at a file of which it is not known yet what it is.
   */
  constructor(path: string, access: Access) {
    this.#path = path;
    this.#access = access;
    // libsql takes better-sqlite3's `readonly` option and then writes all the same.
    const address = {
      write: path,
      read: `${pathToFileURL(path).href}?mode=ro`,
      'read the file alone': `${pathToFileURL(path).href}?mode=ro&immutable=1`,
    }[access];
    this.#connection = this.#reported(() => new Libsql(address));
    this.#reported(() => this.#connection?.exec(`PRAGMA busy_timeout = ${busyMilliseconds}`));
  }

  /** Throws if the database was opened for reading: for work that begins with something else. */
  refuseIfReading(): void {
    if (this.#access !== 'write') throw openedForReading(this.#path);
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

  /** Whether a transaction is open. */
  get isInTransaction(): boolean {
    return this.#connection?.inTransaction ?? false;
  }

  /**
   * Runs the work at once, in a transaction with all that is asked for in the same turn of the event
   * loop; undone alone if it throws. Whatever reads here sees it at once, other processes when it is
   * committed.
   *
   * @param undo how it is undone; a savepoint costs as much as two statements
   * @returns what came of the work, once it is committed
   */
  async groupCommit<Result>(work: () => Result, undo: Undo = 'savepoint'): Promise<Result> {
    const shared = this.#sharedTransaction();
    const result = shared.add(work, undo);
    await shared.committed;
    return result;
  }

  /** Commits what is to be committed together. */
  commitShared(): void {
    const shared = this.#shared;
    this.#shared = undefined;
    shared?.commit();
  }

  /** Runs the work as one transaction, undone if it throws. Not to be nested. */
  transaction<Result>(work: () => Result): Result {
    this.commitShared();
    this.run('BEGIN IMMEDIATE');
    try {
      const result = work();
      this.run('COMMIT');
      return result;
    } catch (error) {
      // On a full disk SQLite has rolled back by itself: a second time would hide the real error.
      if (this.isInTransaction) this.run('ROLLBACK');
      throw error;
    }
  }

  /**
   * A transaction that is on the disk when this returns. Needed where the next step cannot be
   * undone, such as removing a file that the old state names.
   */
  durableTransaction<Result>(work: () => Result): Result {
    this.commitShared();
    this.script('PRAGMA synchronous = FULL');
    try {
      return this.transaction(work);
    } finally {
      this.script('PRAGMA synchronous = NORMAL');
    }
  }

  /** Lets go of the database. A second call does nothing, every other call then throws. */
  close(): void {
    this.commitShared();
    // libsql closes the file only when the last statement is garbage.
    this.#statements.clear();
    this.#connection?.close();
    this.#connection = undefined;
  }

  #sharedTransaction(): SharedTransaction {
    if (this.#shared?.isOver === false) return this.#shared;
    const shared = new SharedTransaction(this);
    this.#shared = shared;
    // Behind all that this turn of the event loop has still to call.
    setImmediate(() => {
      if (this.#shared === shared) this.commitShared();
    });
    return shared;
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
      throw databaseError(error, this.#path, this.#access !== 'write');
    }
  }
}
