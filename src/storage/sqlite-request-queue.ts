import type { Database } from './database.js';
import type { FormerState, QueuedRequest, QueuePlace, RequestQueue } from './stores.js';

/**
 * The request queue in SQLite. Which requests are in progress is known in memory alone: one process
 * at a time writes to the storage, and when it ends, in whatever way, they are pending again. No
 * cost but that of {@link count} grows with the number of handled requests.
 */
export class SqliteRequestQueue implements RequestQueue {
  readonly #inProgress = new Set<string>();

  constructor(private readonly database: Database) {}

  /** @inheritdoc */
  async count(): Promise<{ total: number; handled: number }> {
    const [total, pending] = this.database.row<[number, number]>(
      `SELECT (SELECT count(*) FROM requests),
              (SELECT count(*) FROM requests WHERE place IS NOT NULL)`,
    ) ?? [0, 0];
    return { total, handled: total - pending };
  }

  /** @inheritdoc */
  async add(requests: readonly QueuedRequest[], place: QueuePlace): Promise<FormerState[]> {
    const { next, step } = this.#outermost(place);
    const added = await this.database.groupCommit(() =>
      this.database.rows<[uniqueKey: string]>(
        `INSERT INTO requests (unique_key, place, content)
         SELECT value ->> 'uniqueKey', ? + ? * key, value ->> 'content' FROM json_each(?) WHERE true
         ON CONFLICT (unique_key) DO NOTHING RETURNING unique_key`,
        next,
        step,
        JSON.stringify(requests),
      ),
    );
    const isNew = new Set(added.map(([uniqueKey]) => uniqueKey));
    return requests.map(({ uniqueKey }) =>
      isNew.delete(uniqueKey) ? 'absent' : this.#stateOf(uniqueKey),
    );
  }

  /** @inheritdoc */
  async fetchNext(limit: number): Promise<QueuedRequest[]> {
    const first = this.database.rows<[uniqueKey: string, content: string]>(
      `SELECT unique_key, content FROM requests WHERE place IS NOT NULL ORDER BY place LIMIT ?`,
      limit + this.#inProgress.size,
    );
    const next = first
      .filter(([uniqueKey]) => !this.#inProgress.has(uniqueKey))
      .slice(0, limit)
      .map(([uniqueKey, content]) => ({ uniqueKey, content }));
    for (const { uniqueKey } of next) this.#inProgress.add(uniqueKey);
    return next;
  }

  /** @inheritdoc */
  async markHandled(uniqueKey: string): Promise<void> {
    await this.database.groupCommit(() => this.markHandledWithin(uniqueKey));
  }

  /** @inheritdoc */
  markHandledWithin(uniqueKey: string): void {
    this.database.run(
      'UPDATE requests SET place = NULL, content = NULL WHERE unique_key = ?',
      uniqueKey,
    );
    this.#inProgress.delete(uniqueKey);
  }

  /** @inheritdoc */
  async reclaim({ uniqueKey, content }: QueuedRequest, place: QueuePlace): Promise<void> {
    const { next } = this.#outermost(place);
    await this.database.groupCommit(() =>
      this.database.run(
        'UPDATE requests SET place = ?, content = ? WHERE unique_key = ?',
        next,
        content,
        uniqueKey,
      ),
    );
    this.#inProgress.delete(uniqueKey);
  }

  /** @inheritdoc */
  async dropPending(): Promise<void> {
    await this.database.groupCommit(() =>
      this.database.run('DELETE FROM requests WHERE place IS NOT NULL'),
    );
  }

  /** @inheritdoc */
  async isFinished(): Promise<boolean> {
    return !this.database.row('SELECT 1 FROM requests WHERE place IS NOT NULL LIMIT 1');
  }

  /** The next place in front of all pending requests or behind them, and the way to those after it. */
  #outermost(place: QueuePlace): { next: number; step: number } {
    const [order, step] = place === 'end' ? (['DESC', 1] as const) : (['ASC', -1] as const);
    const [outermost] = this.database.row<[number]>(
      `SELECT place FROM requests WHERE place IS NOT NULL ORDER BY place ${order} LIMIT 1`,
    ) ?? [0];
    return { next: outermost + step, step };
  }

  #stateOf(uniqueKey: string): FormerState {
    const [place] =
      this.database.row<[number | null]>(
        'SELECT place FROM requests WHERE unique_key = ?',
        uniqueKey,
      ) ?? [];
    return place === null ? 'handled' : 'pending';
  }
}
