/** What a group commit needs of its database. */
interface Connection {
  run(statement: string): number;
  readonly isInTransaction: boolean;
}

/** A transaction that is open, and how those who wait for it are told of its end. */
interface OpenTransaction {
  committed: Promise<void>;
  resolve: () => void;
  reject: (error: unknown) => void;
}

/** One transaction for all statements of one turn of the event loop. */
export class GroupCommit {
  #transaction: OpenTransaction | undefined;

  constructor(private readonly connection: Connection) {}

  /** Runs one statement in the transaction. @returns what it gives, once it is committed */
  async run<Result>(statement: () => Result): Promise<Result> {
    this.#transaction ??= this.#begin();
    const { committed } = this.#transaction;
    const result = this.#tried(statement);
    await committed;
    return result;
  }

  /** Commits the transaction, if one is open. All who wait for it are told, also of an error. */
  commit(): void {
    const open = this.#transaction;
    if (open === undefined) return;
    this.#transaction = undefined;
    try {
      this.connection.run('COMMIT');
      open.resolve();
    } catch (error) {
      if (this.connection.isInTransaction) this.connection.run('ROLLBACK');
      open.reject(error);
    }
  }

  #begin(): OpenTransaction {
    this.connection.run('BEGIN IMMEDIATE');
    let settle: Pick<OpenTransaction, 'resolve' | 'reject'> | undefined;
    const committed = new Promise<void>((resolve, reject) => {
      settle = { resolve, reject };
    });
    // It may be that nobody waits: then nobody has anything in it.
    committed.catch(() => undefined);
    const transaction = { committed, ...(settle as NonNullable<typeof settle>) };
    // After all that this turn of the event loop has still to run.
    setImmediate(() => {
      if (this.#transaction === transaction) this.commit();
    });
    return transaction;
  }

  #tried<Result>(statement: () => Result): Result {
    try {
      return statement();
    } catch (error) {
      if (!this.connection.isInTransaction) {
        // The disk is full: SQLite has undone the whole transaction.
        this.#transaction?.reject(error);
        this.#transaction = undefined;
      }
      throw error;
    }
  }
}
