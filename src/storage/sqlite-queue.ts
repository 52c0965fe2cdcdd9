import type {
  Claim,
  ClaimRefusal,
  FormerState,
  QueueBackend,
  QueuedRequest,
  QueuePlace,
} from './backend.js';
import type { Database } from './database.js';
import type { Undo } from './shared-transaction.js';
import type { SqliteStores } from './sqlite-stores.js';

type RequestRow = [
  number: number,
  place: number | null,
  claimedUntil: number | null,
  claimedBy: string | null,
];

/** Request queues in SQLite. Every statement but the counts finds its rows through an index. */
export class SqliteQueue implements QueueBackend {
  constructor(
    private readonly database: Database,
    private readonly stores: SqliteStores,
    private readonly clock: () => number,
  ) {}

  /** Ends every claim, of all queues. The requests keep their places. */
  takeBackClaimed(): void {
    this.database.run(
      'UPDATE requests SET claimed_until = NULL, claimed_by = NULL WHERE claimed_until IS NOT NULL',
    );
  }

  async count(store: string): Promise<{ total: number; pending: number }> {
    const number = this.stores.number('requestQueue', store);
    const count = (condition: string) =>
      this.database.row<[number]>(
        `SELECT count(*) FROM requests WHERE store = ? ${condition}`,
        number,
      )?.[0] ?? 0;
    return { total: count(''), pending: count('AND place IS NOT NULL') };
  }

  async add(store: string, requests: QueuedRequest[], place: QueuePlace): Promise<FormerState[]> {
    return this.#change(
      store,
      (queue) => requests.map((request) => this.#insert(queue, request, place)),
      requests.length === 1 ? 'by itself' : 'savepoint',
    );
  }

  async find(store: string, id: string): Promise<string | undefined> {
    const queue = this.#read(store);
    return this.database.row<[string]>(
      'SELECT content FROM requests WHERE store = ? AND id = ?',
      queue,
      id,
    )?.[0];
  }

  async head(store: string, limit: number): Promise<string[]> {
    const queue = this.#read(store);
    return this.database
      .rows<[string]>(
        `SELECT content FROM requests WHERE store = ? AND place IS NOT NULL
         ORDER BY place LIMIT ?`,
        queue,
        limit,
      )
      .map(([content]) => content);
  }

  async fetchNext(store: string, limit: number, claim: Claim): Promise<string[]> {
    const now = this.clock();
    return this.#change(
      store,
      (queue) => {
        const claimed = this.database.rows<[place: number, content: string]>(
          `UPDATE requests SET claimed_until = ?, claimed_by = ? WHERE number IN (
             SELECT number FROM requests
             WHERE store = ? AND place IS NOT NULL AND (claimed_until IS NULL OR claimed_until <= ?)
             ORDER BY place LIMIT ?)
           RETURNING place, content`,
          now + claim.milliseconds,
          claim.owner,
          queue,
          now,
          limit,
        );
        return claimed.sort(([one], [two]) => one - two).map(([, content]) => content);
      },
      'by itself',
    );
  }

  async isFinished(store: string): Promise<boolean> {
    const queue = this.#read(store);
    return !this.database.row(
      'SELECT 1 FROM requests WHERE store = ? AND place IS NOT NULL LIMIT 1',
      queue,
    );
  }

  async markHandled(store: string, request: QueuedRequest): Promise<FormerState> {
    return this.#change(
      store,
      (queue) => {
        const marked = this.database.run(
          `UPDATE requests SET place = NULL, claimed_until = NULL, claimed_by = NULL, content = ?
           WHERE store = ? AND id = ? AND place IS NOT NULL`,
          request.content,
          queue,
          request.id,
        );
        return marked > 0 ? 'pending' : this.#markedAgain(queue, request);
      },
      'by itself',
    );
  }

  async reclaim(store: string, request: QueuedRequest, place: QueuePlace): Promise<FormerState> {
    return this.#change(store, (queue) => {
      const row = this.#row(queue, request.id);
      if (!row) return this.#insert(queue, { ...request, handled: false }, place);
      this.database.run(
        'UPDATE requests SET place = ?, content = ? WHERE number = ?',
        this.#nextPlace(queue, place),
        request.content,
        row[0],
      );
      return formerState(row[1]);
    });
  }

  async prolong(
    store: string,
    id: string,
    claim: Claim,
    place: QueuePlace | undefined,
  ): Promise<ClaimRefusal | Date> {
    const now = this.clock();
    return this.#change(store, (queue) => {
      const row = this.#row(queue, id);
      if (!row) return 'absent';
      const [number, formerPlace, claimedUntil, claimedBy] = row;
      if (formerPlace === null) return 'handled';
      const isClaimed = claimedUntil !== null && claimedUntil > now;
      if (isClaimed && claimedBy !== claim.owner) return 'of another owner';
      this.#claim(number, now, claim);
      this.#move(number, queue, place);
      return new Date(now + claim.milliseconds);
    });
  }

  async release(
    store: string,
    id: string,
    owner: string,
    place: QueuePlace | undefined,
  ): Promise<ClaimRefusal | 'released'> {
    const now = this.clock();
    return this.#change(store, (queue) => {
      const row = this.#row(queue, id);
      if (!row) return 'absent';
      const [number, formerPlace, claimedUntil, claimedBy] = row;
      if (formerPlace === null) return 'handled';
      if (claimedUntil === null || claimedUntil <= now) return 'unclaimed';
      if (claimedBy !== owner) return 'of another owner';
      this.database.run(
        'UPDATE requests SET claimed_until = NULL, claimed_by = NULL WHERE number = ?',
        number,
      );
      this.#move(number, queue, place);
      return 'released';
    });
  }

  async remove(store: string, id: string): Promise<void> {
    await this.#change(store, (queue) => {
      this.database.run('DELETE FROM requests WHERE store = ? AND id = ?', queue, id);
    });
  }

  async clear(store: string): Promise<void> {
    await this.#change(store, (queue) => this.empty(queue));
  }

  /** Forgets every request of the queue of that number, inside the caller's transaction. */
  empty(queue: number): void {
    this.database.run('DELETE FROM requests WHERE store = ?', queue);
  }

  #read(store: string): number {
    const queue = this.stores.number('requestQueue', store);
    this.stores.touch(queue, 'accessed');
    return queue;
  }

  #change<Result>(
    store: string,
    work: (queue: number) => Result,
    undo: Undo = 'savepoint',
  ): Promise<Result> {
    return this.database.groupCommit(() => {
      const queue = this.stores.number('requestQueue', store);
      this.stores.touch(queue, 'modified');
      return work(queue);
    }, undo);
  }

  #row(queue: number, id: string): RequestRow | undefined {
    return this.database.row<RequestRow>(
      'SELECT number, place, claimed_until, claimed_by FROM requests WHERE store = ? AND id = ?',
      queue,
      id,
    );
  }

  /** Marks a request that is not pending: it was handled before, or nobody has added it. */
  #markedAgain(queue: number, request: QueuedRequest): FormerState {
    const handled = this.database.run(
      'UPDATE requests SET content = ? WHERE store = ? AND id = ?',
      request.content,
      queue,
      request.id,
    );
    return handled > 0 ? 'handled' : this.#insert(queue, { ...request, handled: true }, 'end');
  }

  #insert(queue: number, request: QueuedRequest, place: QueuePlace): FormerState {
    const added = this.database.run(
      `INSERT INTO requests (store, id, place, content) VALUES (?, ?, ?, ?)
       ON CONFLICT (store, id) DO NOTHING`,
      queue,
      request.id,
      request.handled ? null : this.#nextPlace(queue, place),
      request.content,
    );
    if (added > 0) return 'absent';
    return formerState(this.#row(queue, request.id)?.[1] ?? null);
  }

  #claim(number: number, now: number, claim: Claim): void {
    this.database.run(
      'UPDATE requests SET claimed_until = ?, claimed_by = ? WHERE number = ?',
      now + claim.milliseconds,
      claim.owner,
      number,
    );
  }

  #move(number: number, queue: number, place: QueuePlace | undefined): void {
    if (!place) return;
    this.database.run(
      'UPDATE requests SET place = ? WHERE number = ?',
      this.#nextPlace(queue, place),
      number,
    );
  }

  #nextPlace(queue: number, place: QueuePlace): number {
    const [order, step] = place === 'end' ? ['DESC', 1] : ['ASC', -1];
    const outermost = this.database.row<[number]>(
      `SELECT place FROM requests WHERE store = ? AND place IS NOT NULL
       ORDER BY place ${order} LIMIT 1`,
      queue,
    );
    return outermost ? outermost[0] + (step as number) : 0;
  }
}

function formerState(place: number | null): FormerState {
  return place === null ? 'handled' : 'pending';
}
