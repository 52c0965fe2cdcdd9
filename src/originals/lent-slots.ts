/** Releases a slot. */
export type ReleaseSlot = () => void;

/**
 * The slots that the thread for originals has. It passes a slot on from one task to the next by itself:
 * to give it back and have it granted again would take two messages, and longer where this thread is
 * busy, while nothing is requested.
 */
export class LentSlots {
  readonly #lent: ReleaseSlot[] = [];
  /** Tasks in the thread that have a slot or wait for one. */
  #tasks = 0;
  #isTaking = false;

  /**
   * @param take waits for a slot; rejects where the run ends meanwhile
   * @param lend tells the thread that it has one more
   * @param holdBack has the thread return the tasks that wait
   */
  constructor(
    private readonly take: () => Promise<ReleaseSlot>,
    private readonly lend: () => void,
    private readonly holdBack: () => void,
  ) {}

  /** Notes a task that comes to the thread. @param slot its own, or undefined where it is to wait there */
  addTask(slot: ReleaseSlot | undefined): void {
    this.#tasks += 1;
    if (slot !== undefined) this.#lent.push(slot);
    else void this.#lendMore();
  }

  /** Notes that a task needs no slot any more. */
  removeTask(): void {
    this.#tasks -= 1;
  }

  /** Releases a slot that the thread gives back, though tasks may wait for one. */
  release(): void {
    this.#lent.pop()?.();
    void this.#lendMore();
  }

  /** Releases all, when the thread has ended. */
  releaseAll(): void {
    for (const release of this.#lent.splice(0)) release();
  }

  async #lendMore(): Promise<void> {
    if (this.#isTaking) return;
    this.#isTaking = true;
    try {
      while (this.#lent.length < this.#tasks) {
        this.#lent.push(await this.take());
        this.lend();
      }
    } catch {
      // Each task then asks for a slot of its own, and is told why there is none.
      this.holdBack();
    } finally {
      this.#isTaking = false;
    }
  }
}
