import { createHash } from 'node:crypto';
import { type Digest, DigestMap } from './digest-map.js';

/**
 * The photos that the walks of a run have listed. All walks share one map, since an album may have a
 * hundred thousand photos: it has the number of the album that listed each photo last.
 */
export class ListedPhotos {
  readonly #albums = new DigestMap();
  /** Albums begun so far, over all walks. */
  #album = 0;
  /** Those begun before the current walk. */
  #albumsBefore = 0;
  #count = 0;
  #sum: Digest = [0, 0];

  /** How many photos the current walk has listed. */
  get count(): number {
    return this.#count;
  }

  /** What stands for them, in whichever order: equal sets have equal texts. */
  get digest(): string {
    return `${this.#count} ${this.#sum}`;
  }

  /** Begins a walk. */
  beginWalk(): void {
    this.#albumsBefore = this.#album;
    this.#count = 0;
    this.#sum = [0, 0];
  }

  /** Begins an album of the current walk. */
  beginAlbum(): void {
    this.#album += 1;
  }

  /**
   * Adds the photos of a page.
   *
   * @param keys a key of each, or what stands for it
   * @returns how many of them no page of the album before it listed
   */
  addPage(keys: readonly string[]): number {
    let newPhotos = 0;
    for (const key of keys) {
      const digest = digestOf(key);
      const album = this.#albums.get(digest) ?? 0;
      if (album === this.#album) continue;
      newPhotos += 1;
      this.#albums.set(digest, this.#album);
      if (album > this.#albumsBefore) continue;
      this.#count += 1;
      this.#sum = [this.#sum[0] ^ digest[0], this.#sum[1] ^ digest[1]];
    }
    return newPhotos;
  }
}

/** The odds that two of a million photos share theirs are one in thirty million. */
function digestOf(key: string): Digest {
  const bytes = createHash('sha256').update(key).digest();
  return [bytes.readUInt32BE(0), bytes.readUInt32BE(4)];
}
