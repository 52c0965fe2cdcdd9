/**
 * What undoes work that fails: a savepoint, or SQLite by itself, which does so where the work writes
 * with one statement alone.
 */
export type Undo = 'savepoint' | 'by itself';

/** What a shared transaction needs of the database that it is one of. */
interface Connection {
  run(statement: string): number;
  /** Whether a transaction is open; SQLite ends one by itself where the disk is full. */
  readonly isInTransaction: boolean;
}

/**
 * One transaction for all the work of a moment: what many ask for in one turn of the event loop is
 * written together, since each transaction costs more than what is in it. Work that fails is undone
 * alone.
 */
export class SharedTransaction {
  /** Resolves when what was done is committed. */
  readonly committed: Promise<void>;
  #settle!: { resolve: () => void; reject: (error: unknown) => void };
  #isOver = false;

  /** Begins the transaction. */
  constructor(private readonly connection: Connection) {
    this.committed = new Promise((resolve, reject) => {
      this.#settle = { resolve, reject };
    });
    // Whoever has work in it is told; that may be nobody.
    this.committed.catch(() => undefined);
    connection.run('BEGIN IMMEDIATE');
  }

  /** Whether no more work can be added. */
  get isOver(): boolean {
    return this.#isOver;
  }

  /** Does work in it. What it throws comes out, and nothing of that work stays. */
  add<Result>(work: () => Result, undo: Undo): Result {
    const hasSavepoint = undo === 'savepoint';
    if (hasSavepoint) this.connection.run('SAVEPOINT work');
    try {
      const result = work();
      if (hasSavepoint) this.connection.run('RELEASE work');
      return result;
    } catch (error) {
      if (!this.connection.isInTransaction) this.#end(() => this.#settle.reject(error));
      else if (hasSavepoint) {
        this.connection.run('ROLLBACK TO work');
        this.connection.run('RELEASE work');
      }
      throw error;
    }
  }

  /** Commits it, if that has not been done. Who has work in it is told, also of what goes wrong. */
  commit(): void {
    if (this.#isOver) return;
    try {
      this.connection.run('COMMIT');
      this.#end(() => this.#settle.resolve());
    } catch (error) {
      if (this.connection.isInTransaction) this.connection.run('ROLLBACK');
      this.#end(() => this.#settle.reject(error));
    }
  }

  #end(settle: () => void): void {
    this.#isOver = true;
    settle();
  }
}
