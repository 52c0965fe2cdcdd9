import { randomUUID } from 'node:crypto';
import { rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { Album } from '../../album/album.js';
import { StorageFolder } from '../../storage/storage-folder.js';
import { sha256OfFile } from '../store/hash.js';
import type { ObjectStore } from '../store/object-store.js';
import type { Journal } from './journal.js';
import { type AttemptNumber, attemptName, sequenceName, snapshotFolder } from './keys.js';
import type { RestoredState } from './restore-state.js';
import { takeSnapshot } from './take-snapshot.js';

/** Of the time that an album takes, snapshots take one part in so many. */
const partsOfTime = 20;

/** What is published, whose it is, and where. */
export interface Publication {
  store: ObjectStore;
  albumId: string;
  attempt: AttemptNumber;
  /** The storage folder. */
  storage: string;
  /** A folder for files that are gone afterwards. */
  temporaryFolder: string;
  journal: Journal;
  /** What the attempt began with. */
  restored: RestoredState;
  /** Milliseconds between two snapshots, or more where they take long. */
  interval: number;
  /** Once it is aborted nothing more is published. */
  signal: AbortSignal;
}

/** Puts snapshots of an album's state into the store, each as a whole, and tidies older ones away. */
export class StatePublisher {
  #sequence: number;
  readonly #folder: string;
  /** Snapshots in the store, the newest last. */
  #snapshots: string[];
  /** Objects of the journal that earlier attempts left. */
  #inherited: string[];
  #lastTook = 0;

  constructor(private readonly publication: Publication) {
    const { albumId, attempt, restored } = publication;
    this.#folder = `${snapshotFolder(albumId)}${attemptName(attempt)}/`;
    this.#snapshots = [...restored.snapshots];
    this.#inherited = [...restored.journal];
    this.#sequence = restored.snapshots.filter((key) => key.startsWith(this.#folder)).length;
  }

  /**
   * Publishes snapshots again and again while an album is being written.
   *
   * @param stop ends it; a snapshot that is being taken is still published
   * @throws EscapeError where one cannot be published
   */
  async publishUntil(stop: AbortSignal, album: Album): Promise<void> {
    while (!stop.aborted) {
      const pause = Math.max(this.publication.interval, this.#lastTook * (partsOfTime - 1));
      await delay(pause, undefined, { signal: stop }).catch(() => undefined);
      if (stop.aborted) return;
      const covered = this.#coveredBy(album);
      // Resolves with the transaction that a record may still be in.
      await album.database.groupCommit(() => undefined);
      await this.#publish(covered);
    }
  }

  /**
   * Publishes the storage folder as the crawl has left it.
   *
   * @throws EscapeError; the signal's reason, and then nothing was published
   */
  async publishAtEnd(): Promise<void> {
    const folder = StorageFolder.openForReading(this.publication.storage);
    const covered = this.#coveredBy(new Album(folder));
    folder.close();
    await this.#publish(covered);
  }

  /** @param covered objects of the journal that it covers */
  async #publish(covered: readonly string[]): Promise<void> {
    const { store, storage, temporaryFolder, journal, signal } = this.publication;
    const begun = performance.now();
    const path = join(temporaryFolder, `${randomUUID()}.snapshot`);
    const inherited = this.#inherited;
    this.#sequence += 1;
    const key = `${this.#folder}${sequenceName(this.#sequence)}.sqlite.gz`;
    try {
      signal.throwIfAborted();
      await takeSnapshot({ storage, file: path });
      const { size: bytes } = await stat(path);
      await store.putFile(key, { path, bytes, sha256: await sha256OfFile(path) }, signal);
    } finally {
      await rm(path, { force: true });
    }
    this.#lastTook = performance.now() - begun;
    // The one before stays for who is just about to read it.
    const outdated = this.#snapshots.slice(0, -1);
    for (const old of [...outdated, ...inherited, ...covered]) await store.remove(old, signal);
    this.#snapshots = [...this.#snapshots.slice(-1), key];
    this.#inherited = [];
    journal.forget(covered);
  }

  /** The objects of the journal all of whose photos are recorded. */
  #coveredBy({ photos }: Album): string[] {
    return this.publication.journal.objectsOf((key) => photos.isSaved(key));
  }
}
