/** What a digest is looked up by: the first 64 bits of it, in two numbers of 32. */
export type Digest = readonly [high: number, low: number];

/** Slots at the beginning: a power of two, as are all that follow. */
const firstSlots = 1024;
/** Part of the slots that are taken at the most. */
const mostTaken = 0.8;

/**
 * A map from digests to whole numbers of 32 bits, from 1. It takes 16 to 30 bytes an entry, a fourth of
 * what a `Map` with texts takes. Digests are spread evenly, so each begins to look for its slot at the
 * one that its last bits name.
 */
export class DigestMap {
  /** Three numbers a slot: those of the digest, and its value, which is 0 where the slot is free. */
  #table = new Uint32Array(3 * firstSlots);
  #size = 0;

  /** The value of a digest, or undefined where it has none. */
  get(digest: Digest): number | undefined {
    return this.#table[this.#slotOf(digest) + 2] || undefined;
  }

  /** Gives a digest its value. */
  set(digest: Digest, value: number): void {
    const slot = this.#slotOf(digest);
    const isNew = this.#table[slot + 2] === 0;
    this.#table.set([...digest, value], slot);
    if (!isNew) return;
    this.#size += 1;
    if (3 * this.#size > mostTaken * this.#table.length) this.#grow();
  }

  /** Where the digest is in the table, or may be put. */
  #slotOf([high, low]: Digest): number {
    const table = this.#table;
    let slot = 3 * (low & (table.length / 3 - 1));
    while (table[slot + 2] !== 0 && (table[slot] !== high || table[slot + 1] !== low)) {
      slot = (slot + 3) % table.length;
    }
    return slot;
  }

  #grow(): void {
    const former = this.#table;
    this.#table = new Uint32Array(2 * former.length);
    for (let slot = 0; slot < former.length; slot += 3) {
      const digest = [former[slot] ?? 0, former[slot + 1] ?? 0] as const;
      const value = former[slot + 2] ?? 0;
      if (value !== 0) this.#table.set([...digest, value], this.#slotOf(digest));
    }
  }
}
