import { randomUUID } from 'node:crypto';
import type { StoreCatalogue, StoreDescription, StoreKind } from './backend.js';
import type { Database } from './database.js';
import { storeFolderName } from './record-file-name.js';

type StoreRow = [
  number: number,
  id: string,
  name: string | null,
  folder: string,
  createdAt: number,
  modifiedAt: number,
  accessedAt: number,
];

const columns = 'number, id, name, folder, created_at, modified_at, accessed_at';

const kindNames: Record<StoreKind, string> = {
  dataset: 'Dataset',
  keyValueStore: 'Key-value store',
  requestQueue: 'Request queue',
};

/** How old, in milliseconds, a store's times in the database may become while it is in use. */
const timesMayBeLate = 1000;

interface Times {
  modifiedAt: number;
  accessedAt: number;
  savedAt: number;
}

/** Removes what a store of the kind holds, inside the transaction that removes the store. */
export type EmptyStore = (kind: StoreKind, number: number) => void;

/**
 * The stores themselves. Their times are kept in memory and written once a second at the most: as
 * one more row changed by every operation they would cost as much as the operation.
 */
export class SqliteStores implements StoreCatalogue {
  readonly #times = new Map<number, Times>();
  /** Rows found before, by kind and id or name: every operation asks for one, and they hardly change. */
  readonly #found = new Map<string, StoreRow>();

  constructor(
    private readonly database: Database,
    private readonly clock: () => number,
    private readonly empty: EmptyStore,
    private readonly removeFolder: (folder: string) => Promise<void>,
    /** Whether nobody else can rename or remove stores. */
    private readonly isAlone: boolean,
  ) {}

  async list(kind: StoreKind): Promise<StoreDescription[]> {
    return this.database
      .rows<StoreRow>(`SELECT ${columns} FROM stores WHERE kind = ? ORDER BY number`, kind)
      .map((row) => this.#described(row));
  }

  async find(kind: StoreKind, store: string): Promise<StoreDescription | undefined> {
    const row = this.#row(kind, store);
    if (row) this.touch(row[0], 'accessed');
    return row && this.#described(row);
  }

  async findOrCreate(kind: StoreKind, name: string | undefined): Promise<StoreDescription> {
    const row = this.#change(() => {
      const found = name === undefined ? undefined : this.#row(kind, name);
      return found ?? this.#create(kind, name);
    });
    return this.#described(row);
  }

  async rename(kind: StoreKind, store: string, name: string): Promise<StoreDescription> {
    return this.#change(() => {
      const [number] = this.#present(kind, store);
      if (this.#row(kind, name))
        throw new Error(`${kindNames[kind]} with name: ${name} already exists.`);
      this.database.run(
        'UPDATE stores SET name = ?, lookup = ? WHERE number = ?',
        name,
        name.toLowerCase(),
        number,
      );
      this.touch(number, 'modified');
      return this.#described(this.#present(kind, name));
    });
  }

  async remove(kind: StoreKind, store: string): Promise<void> {
    const row = this.#row(kind, store);
    if (!row) return;
    const [number, , , folder] = row;
    this.#found.clear();
    this.database.durableTransaction(() => {
      this.empty(kind, number);
      this.database.run('DELETE FROM stores WHERE number = ?', number);
    });
    this.#times.delete(number);
    if (kind === 'keyValueStore') await this.removeFolder(folder);
  }

  /** The store's number, by which the other tables refer to it. Throws if there is none. */
  number(kind: StoreKind, store: string): number {
    return this.#present(kind, store)[0];
  }

  /** The name of the store's folder under key_value_stores. Throws if there is no such store. */
  folder(store: string): string {
    return this.#present('keyValueStore', store)[3];
  }

  /** Notes that the store was used now. To be called inside the transaction that changes it. */
  touch(number: number, how: 'accessed' | 'modified'): void {
    const now = this.clock();
    const times = this.#times.get(number) ?? { modifiedAt: 0, accessedAt: 0, savedAt: 0 };
    this.#times.set(number, times);
    times.accessedAt = now;
    if (how === 'accessed') return;
    times.modifiedAt = now;
    if (Math.abs(now - times.savedAt) >= timesMayBeLate) this.#save(number, times);
  }

  /** Writes the times of every store that is still there. */
  flush(): void {
    if (this.#times.size === 0) return;
    this.database.transaction(() => {
      for (const [number, times] of this.#times) this.#save(number, times);
    });
  }

  #save(number: number, times: Times): void {
    times.savedAt = this.clock();
    this.database.run(
      `UPDATE stores SET modified_at = max(modified_at, ?), accessed_at = max(accessed_at, ?)
       WHERE number = ?`,
      times.modifiedAt,
      times.accessedAt,
      number,
    );
  }

  #change<Result>(work: () => Result): Result {
    try {
      return this.database.transaction(work);
    } finally {
      this.#found.clear();
    }
  }

  #row(kind: StoreKind, store: string): StoreRow | undefined {
    const key = `${kind}/${store}`;
    const found = this.#found.get(key) ?? this.#search(kind, store);
    if (found !== undefined && this.isAlone) this.#found.set(key, found);
    return found;
  }

  #search(kind: StoreKind, store: string): StoreRow | undefined {
    return (
      this.database.row<StoreRow>(
        `SELECT ${columns} FROM stores WHERE kind = ? AND id = ?`,
        kind,
        store,
      ) ??
      this.database.row<StoreRow>(
        `SELECT ${columns} FROM stores WHERE kind = ? AND lookup = ?`,
        kind,
        store.toLowerCase(),
      )
    );
  }

  #present(kind: StoreKind, store: string): StoreRow {
    const row = this.#row(kind, store);
    if (!row) throw new Error(`${kindNames[kind]} with id: ${store} does not exist.`);
    return row;
  }

  #create(kind: StoreKind, name: string | undefined): StoreRow {
    const id = randomUUID();
    const wanted = storeFolderName(name ?? id);
    // A store that was renamed has kept the folder of its first name.
    const isTaken = this.database.row(
      'SELECT 1 FROM stores WHERE kind = ? AND folder = ?',
      kind,
      wanted,
    );
    const now = this.clock();
    this.database.run(
      `INSERT INTO stores (kind, id, name, lookup, folder, created_at, modified_at, accessed_at)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
      kind,
      id,
      name ?? null,
      name?.toLowerCase() ?? null,
      isTaken ? id : wanted,
      now,
      now,
      now,
    );
    return this.#present(kind, id);
  }

  #described([number, id, name, , createdAt, modifiedAt, accessedAt]: StoreRow): StoreDescription {
    const times = this.#times.get(number);
    return {
      id,
      name: name ?? undefined,
      createdAt: new Date(createdAt),
      modifiedAt: new Date(Math.max(modifiedAt, times?.modifiedAt ?? 0)),
      accessedAt: new Date(Math.max(accessedAt, times?.accessedAt ?? 0)),
    };
  }
}
