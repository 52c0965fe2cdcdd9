import type {
  Claim,
  ClaimRefusal,
  FormerState,
  QueueBackend,
  QueuedRequest,
  QueuePlace,
} from './backend.js';
import type { Database } from './database.js';
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
    return this.#change(store, (queue) =>
      requests.map((request) => this.#insert(queue, request, place)),
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
    return this.#change(store, (queue) => {
      const rows = this.database.rows<[number, string]>(
        `SELECT number, content FROM requests
         WHERE store = ? AND place IS NOT NULL AND (claimed_until IS NULL OR claimed_until <= ?)
         ORDER BY place LIMIT ?`,
        queue,
        now,
        limit,
      );
      for (const [number] of rows) this.#claim(number, now, claim);
      return rows.map(([, content]) => content);
    });
  }

  async isFinished(store: string): Promise<boolean> {
    const queue = this.#read(store);
    return !this.database.row(
      'SELECT 1 FROM requests WHERE store = ? AND place IS NOT NULL LIMIT 1',
      queue,
    );
  }

  async markHandled(store: string, request: QueuedRequest): Promise<FormerState> {
    return this.#change(store, (queue) => {
      const row = this.#row(queue, request.id);
      if (!row) return this.#insert(queue, { ...request, handled: true }, 'end');
      this.database.run(
        `UPDATE requests SET place = NULL, claimed_until = NULL, claimed_by = NULL, content = ?
         WHERE number = ?`,
        request.content,
        row[0],
      );
      return formerState(row[1]);
    });
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

  #change<Result>(store: string, work: (queue: number) => Result): Promise<Result> {
    return this.database.together(() => {
      const queue = this.stores.number('requestQueue', store);
      this.stores.touch(queue, 'modified');
      return work(queue);
    });
  }

  #row(queue: number, id: string): RequestRow | undefined {
    return this.database.row<RequestRow>(
      'SELECT number, place, claimed_until, claimed_by FROM requests WHERE store = ? AND id = ?',
      queue,
      id,
    );
  }

  #insert(queue: number, request: QueuedRequest, place: QueuePlace): FormerState {
    const row = this.#row(queue, request.id);
    if (row) return formerState(row[1]);
    this.database.run(
      'INSERT INTO requests (store, id, place, content) VALUES (?, ?, ?, ?)',
      queue,
      request.id,
      request.handled ? null : this.#nextPlace(queue, place),
      request.content,
    );
    return 'absent';
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
