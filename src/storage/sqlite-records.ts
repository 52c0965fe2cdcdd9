import { Readable } from 'node:stream';
import type { WrittenFile } from '../files/temporary-file.js';
import type { KeyRange, RecordBackend, RecordContent, StoredRecord } from './backend.js';
import type { Database } from './database.js';
import { KeyedMutex } from './keyed-mutex.js';
import { recordFileName } from './record-file-name.js';
import type { RecordFiles } from './record-files.js';
import type { SqliteStores } from './sqlite-stores.js';

type RecordRow = [contentType: string, value: Buffer | null, file: string | null];

/**
 * Key-value stores: small values in SQLite, the others in files that their records name. A file is
 * on the disk before the record that names it is committed, and a record is gone from the disk
 * before its file is removed; so no record ever names a file that is not whole. If the power is
 * cut between a file that replaces another and its record, the record keeps the former size.
 */
export class SqliteRecords implements RecordBackend {
  readonly #turns = new KeyedMutex();

  constructor(
    private readonly database: Database,
    private readonly stores: SqliteStores,
    private readonly files: RecordFiles,
  ) {}

  get temporaryFolder(): string {
    return this.files.temporaryFolder;
  }

  async find(store: string, key: string): Promise<StoredRecord | undefined> {
    const number = this.#read(store);
    const row = this.database.row<RecordRow>(
      'SELECT content_type, value, file FROM records WHERE store = ? AND key = ?',
      number,
      key,
    );
    if (!row) return undefined;
    const [contentType, value, file] = row;
    if (file === null) return inline(contentType, value ?? Buffer.alloc(0));
    const folder = this.stores.folder(store);
    return {
      contentType,
      read: () => this.files.read(folder, file),
      stream: () => this.files.stream(folder, file),
    };
  }

  async exists(store: string, key: string): Promise<boolean> {
    return this.#has(this.#read(store), key);
  }

  async put(
    store: string,
    key: string,
    contentType: string,
    content: RecordContent,
  ): Promise<void> {
    this.database.refuseIfReading();
    const turn = turnOf(this.stores.number('keyValueStore', store), key);
    if (content.kind === 'inline')
      return this.#turns.take(turn, () => this.#keep(store, key, contentType, content.bytes));
    const written =
      content.kind === 'written' ? content.file : await this.files.write(content.source);
    return this.#turns.take(turn, () => this.#publish(store, key, contentType, written));
  }

  async remove(store: string, key: string): Promise<void> {
    const number = this.stores.number('keyValueStore', store);
    return this.#turns.take(turnOf(number, key), () => this.#remove(store, key));
  }

  async list(
    store: string,
    range: KeyRange,
    limit: number,
  ): Promise<{ key: string; size: number }[]> {
    const number = this.#read(store);
    const { prefix = '', after = '' } = range;
    const rows = this.database.rows<[string, number]>(
      `SELECT key, size FROM records
       WHERE store = ? AND key > ? AND key >= ? AND (? IS NULL OR key < ?)
       ORDER BY key LIMIT ?`,
      number,
      after,
      prefix,
      afterPrefix(prefix),
      afterPrefix(prefix),
      limit,
    );
    return rows.map(([key, size]) => ({ key, size }));
  }

  async clear(store: string, except: readonly string[]): Promise<void> {
    const number = this.stores.number('keyValueStore', store);
    const keys = this.database
      .rows<[string]>('SELECT key FROM records WHERE store = ?', number)
      .map(([key]) => key)
      .filter((key) => !except.includes(key));
    for (const key of keys) await this.remove(store, key);
  }

  /** Forgets every record of the store of that number, inside the caller's transaction. */
  empty(store: number): void {
    this.database.run('DELETE FROM records WHERE store = ?', store);
  }

  async #keep(store: string, key: string, contentType: string, bytes: Buffer): Promise<void> {
    const formerFile = this.#fileOf(this.stores.number('keyValueStore', store), key);
    const work = () => this.#set(store, key, contentType, bytes.length, bytes, null);
    if (formerFile === undefined) return this.database.groupCommit(work);
    this.database.durableTransaction(work);
    await this.files.remove(this.stores.folder(store), formerFile);
  }

  async #publish(
    store: string,
    key: string,
    contentType: string,
    written: WrittenFile,
  ): Promise<void> {
    const file = recordFileName(key, contentType);
    const { number, folder } = await this.#placeFor(store, written);
    await this.files.publish(written, folder, file);
    let formerFile: string | undefined;
    try {
      const add = () => this.#add(store, key, contentType, written.size, file);
      if (await this.database.groupCommit(add, 'by itself')) return;
      formerFile = this.#fileOf(number, key);
      const set = () => this.#set(store, key, contentType, written.size, null, file);
      if (formerFile === undefined || formerFile === file) await this.database.groupCommit(set);
      else this.database.durableTransaction(set);
    } catch (error) {
      if (this.#fileOf(number, key) !== file) await this.files.remove(folder, file);
      throw error;
    }
    if (formerFile !== undefined && formerFile !== file) {
      await this.files.remove(folder, formerFile);
    }
  }

  async #placeFor(
    store: string,
    written: WrittenFile,
  ): Promise<{ number: number; folder: string }> {
    try {
      return {
        number: this.stores.number('keyValueStore', store),
        folder: this.stores.folder(store),
      };
    } catch (error) {
      await this.files.discard(written);
      throw error;
    }
  }

  async #remove(store: string, key: string): Promise<void> {
    const number = this.stores.number('keyValueStore', store);
    if (!this.#has(number, key)) return;
    const file = this.#fileOf(number, key);
    const work = () => {
      this.stores.touch(number, 'modified');
      this.database.run('DELETE FROM records WHERE store = ? AND key = ?', number, key);
    };
    if (file === undefined) return this.database.groupCommit(work);
    this.database.durableTransaction(work);
    await this.files.remove(this.stores.folder(store), file);
  }

  /** Adds a record of a file, unless the key has one. @returns whether it was added */
  #add(store: string, key: string, contentType: string, size: number, file: string): boolean {
    const number = this.stores.number('keyValueStore', store);
    this.stores.touch(number, 'modified');
    const added = this.database.run(
      `INSERT INTO records (store, key, content_type, size, value, file)
       VALUES (?, ?, ?, ?, NULL, ?) ON CONFLICT (store, key) DO NOTHING`,
      number,
      key,
      contentType,
      size,
      file,
    );
    return added > 0;
  }

  #set(
    store: string,
    key: string,
    contentType: string,
    size: number,
    value: Buffer | null,
    file: string | null,
  ): void {
    const number = this.stores.number('keyValueStore', store);
    this.stores.touch(number, 'modified');
    this.database.run(
      `INSERT INTO records (store, key, content_type, size, value, file) VALUES (?, ?, ?, ?, ?, ?)
       ON CONFLICT (store, key) DO UPDATE SET content_type = excluded.content_type,
         size = excluded.size, value = excluded.value, file = excluded.file`,
      number,
      key,
      contentType,
      size,
      value,
      file,
    );
  }

  #fileOf(store: number, key: string): string | undefined {
    const row = this.database.row<[string | null]>(
      'SELECT file FROM records WHERE store = ? AND key = ?',
      store,
      key,
    );
    return row?.[0] ?? undefined;
  }

  #has(store: number, key: string): boolean {
    return !!this.database.row('SELECT 1 FROM records WHERE store = ? AND key = ?', store, key);
  }

  #read(store: string): number {
    const number = this.stores.number('keyValueStore', store);
    this.stores.touch(number, 'accessed');
    return number;
  }
}

function inline(contentType: string, value: Buffer): StoredRecord {
  return {
    contentType,
    read: async () => value,
    stream: (): Readable => Readable.from([value], { objectMode: false }),
  };
}

function turnOf(store: number, key: string): string {
  return `${store}/${key}`;
}

/** The least text that comes after every text with the prefix; `null` if there is none. */
function afterPrefix(prefix: string): string | null {
  const points = Array.from(prefix, (character) => character.codePointAt(0) as number);
  let last = points.pop();
  while (last === 0x10ffff) last = points.pop();
  if (last === undefined) return null;
  // The code points of surrogates are no characters.
  points.push(last === 0xd7ff ? 0xe000 : last + 1);
  return String.fromCodePoint(...points);
}
