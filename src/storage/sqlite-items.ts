import type { ItemBackend } from './backend.js';
import type { Database } from './database.js';
import type { Undo } from './shared-transaction.js';
import type { SqliteStores } from './sqlite-stores.js';

/** Datasets in SQLite. Positions have no gaps, so the last one is the count, found at once. */
export class SqliteItems implements ItemBackend {
  constructor(
    private readonly database: Database,
    private readonly stores: SqliteStores,
  ) {}

  async count(store: string): Promise<number> {
    return this.#count(this.stores.number('dataset', store));
  }

  async append(store: string, contents: string[]): Promise<void> {
    await this.#change(
      store,
      (dataset) => {
        for (const content of contents)
          this.database.run(
            `INSERT INTO items (store, position, content) VALUES (?, 1 + coalesce(
               (SELECT position FROM items WHERE store = ? ORDER BY position DESC LIMIT 1), 0), ?)`,
            dataset,
            dataset,
            content,
          );
      },
      contents.length === 1 ? 'by itself' : 'savepoint',
    );
  }

  async list(
    store: string,
    offset: number,
    limit: number,
    newestFirst: boolean,
  ): Promise<string[]> {
    const dataset = this.stores.number('dataset', store);
    this.stores.touch(dataset, 'accessed');
    const rows = newestFirst
      ? this.database.rows<[string]>(
          `SELECT content FROM items WHERE store = ? AND position <= ?
           ORDER BY position DESC LIMIT ?`,
          dataset,
          this.#count(dataset) - offset,
          limit,
        )
      : this.database.rows<[string]>(
          `SELECT content FROM items WHERE store = ? AND position > ?
           ORDER BY position LIMIT ?`,
          dataset,
          offset,
          limit,
        );
    return rows.map(([content]) => content);
  }

  async clear(store: string): Promise<void> {
    await this.#change(store, (dataset) => this.empty(dataset));
  }

  /** Forgets every item of the dataset of that number, inside the caller's transaction. */
  empty(dataset: number): void {
    this.database.run('DELETE FROM items WHERE store = ?', dataset);
  }

  #change(store: string, work: (dataset: number) => void, undo: Undo = 'by itself'): Promise<void> {
    return this.database.groupCommit(() => {
      const dataset = this.stores.number('dataset', store);
      this.stores.touch(dataset, 'modified');
      work(dataset);
    }, undo);
  }

  #count(dataset: number): number {
    const last = this.database.row<[number]>(
      'SELECT position FROM items WHERE store = ? ORDER BY position DESC LIMIT 1',
      dataset,
    );
    return last?.[0] ?? 0;
  }
}
