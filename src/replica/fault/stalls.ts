import type { ServerResponse } from 'node:http';

/** The answers that are held back. */
export class Stalls {
  readonly #held = new Set<() => void>();

  /** How many answers are held back now. */
  get count(): number {
    return this.#held.size;
  }

  /** Resolves once the client has disconnected, or all answers are released. */
  hold(response: ServerResponse): Promise<void> {
    return new Promise((resolve) => {
      const release = () => {
        this.#held.delete(release);
        response.off('close', release);
        resolve();
      };
      this.#held.add(release);
      response.on('close', release);
      if (response.destroyed) release();
    });
  }

  /** Releases every answer that is held back. */
  release(): void {
    for (const release of [...this.#held]) release();
  }
}
