/** A timer is late by up to 1 ms, so what is due within half of that is not left for the next one. */
const tolerance = 0.5;

interface Travelling {
  /** In milliseconds of `performance.now()`. */
  arrivesAt: number;
  arrive: () => void;
}

/** What is on its way: everything arrives in the order in which it was sent, at its time. */
export class Delay {
  readonly #travelling: Travelling[] = [];
  #timer: NodeJS.Timeout | undefined;

  /** Calls `arrive` at that time of `performance.now()`, which is not before that of the call before. */
  send(arrivesAt: number, arrive: () => void): void {
    this.#travelling.push({ arrivesAt, arrive });
    this.#wait();
  }

  #wait(): void {
    const [next] = this.#travelling;
    if (next === undefined || this.#timer !== undefined) return;
    this.#timer = setTimeout(() => this.#arrive(), next.arrivesAt - performance.now());
  }

  #arrive(): void {
    this.#timer = undefined;
    const now = performance.now() + tolerance;
    while ((this.#travelling[0]?.arrivesAt ?? Number.POSITIVE_INFINITY) <= now) {
      this.#travelling.shift()?.arrive();
    }
    this.#wait();
  }
}
