import { randomUUID } from 'node:crypto';
import { json } from 'node:stream/consumers';
import type { AlbumIdentity } from '../../album/album.js';
import type { SavedOutcome } from '../../album/photo.js';
import { atOnce } from '../at-once.js';
import type { ObjectStore } from '../store/object-store.js';
import { readAgain } from '../store/store-error.js';
import { type AttemptNumber, attemptName, journalFolder, sequenceName } from './keys.js';

const readAtOnce = 8;

/** An object of the journal: photos whose originals are in the store. */
export interface JournalEntry {
  album: AlbumIdentity;
  saved: readonly SavedOutcome[];
}

interface Waiting {
  outcome: SavedOutcome;
  resolve(): void;
  reject(error: unknown): void;
}

/**
 * Notes beside the originals whose they are, so that who takes an album over asks for none again that
 * was kept after the last snapshot. What comes while an object is being written shares the next one.
 */
export class Journal {
  readonly #folder: string;
  /** An attempt that is begun twice by mistake writes beside itself, not over itself. */
  readonly #writer = randomUUID().slice(0, 8);
  #waiting: Waiting[] = [];
  #isWriting = false;
  #sequence = 0;
  /** The objects that no snapshot covers yet, with the keys of their photos. */
  readonly #written = new Map<string, readonly string[]>();

  /** @param signal once it is aborted nothing more is written */
  constructor(
    private readonly store: ObjectStore,
    private readonly album: AlbumIdentity,
    albumId: string,
    attempt: AttemptNumber,
    private readonly signal: AbortSignal,
  ) {
    this.#folder = `${journalFolder(albumId)}${attemptName(attempt)}/`;
  }

  /** Notes a photo; resolves once that is in the store. */
  add(outcome: SavedOutcome): Promise<void> {
    return new Promise((resolve, reject) => {
      this.#waiting.push({ outcome, resolve, reject });
      if (!this.#isWriting) void this.#write();
    });
  }

  /** Objects all of whose photos fulfil a condition. */
  objectsOf(condition: (photoKey: string) => boolean): string[] {
    return [...this.#written].filter(([, keys]) => keys.every(condition)).map(([key]) => key);
  }

  /** Forgets objects that were removed. */
  forget(keys: readonly string[]): void {
    for (const key of keys) this.#written.delete(key);
  }

  async #write(): Promise<void> {
    this.#isWriting = true;
    while (this.#waiting.length > 0) {
      const batch = this.#waiting;
      this.#waiting = [];
      try {
        await this.#put(batch.map(({ outcome }) => outcome));
        for (const { resolve } of batch) resolve();
      } catch (error) {
        for (const { reject } of batch) reject(error);
      }
    }
    this.#isWriting = false;
  }

  async #put(saved: readonly SavedOutcome[]): Promise<void> {
    this.#sequence += 1;
    const key = `${this.#folder}${sequenceName(this.#sequence)}-${this.#writer}.json`;
    const entry: JournalEntry = { album: this.album, saved };
    await this.store.putBytes(key, Buffer.from(JSON.stringify(entry)), this.signal);
    this.#written.set(
      key,
      saved.map((photo) => photo.key),
    );
  }
}

/** The objects of an album's journal, by their keys. */
export async function readJournal(
  store: ObjectStore,
  albumId: string,
  signal?: AbortSignal,
): Promise<Map<string, JournalEntry>> {
  const entries = new Map<string, JournalEntry>();
  await atOnce(await store.list(journalFolder(albumId), signal), readAtOnce, async (key) => {
    await readAgain(async () => {
      const found = await store.open(key, signal);
      // One that is gone meanwhile is covered by a snapshot.
      if (found !== undefined) entries.set(key, (await json(found)) as JournalEntry);
    });
  });
  return entries;
}
