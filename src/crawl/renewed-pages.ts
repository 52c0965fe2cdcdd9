/** Milliseconds after which the addresses of a page may have run out again. */
const usualLife = 10_000;

/** A listing page that was read again, or is being read. */
interface Reading {
  /** The keys of the photos that it lists. */
  keys: Promise<ReadonlySet<string>>;
  /** When it was read, in milliseconds of the process's clock; undefined while it is being read. */
  at: number | undefined;
}

/**
 * Reads listing pages again where addresses on them have run out, once for all photos of a page: what
 * a page says counts for all of its photos that are refused. It may run out again after some time, or
 * once a photo of the page was saved, which shows that its addresses were good.
 */
export class RenewedPages {
  readonly #readings = new Map<number, Reading>();

  /**
   * @param readPage reads a listing page, notes its addresses, and gives the keys of its photos
   * @param life milliseconds after which a page may be read once more
   */
  constructor(
    private readonly readPage: (page: number) => Promise<ReadonlySet<string>>,
    private readonly life = usualLife,
  ) {}

  /**
   * Reads a listing page again.
   *
   * @returns the keys of the photos that it lists
   * @throws what the reading throws
   */
  read(page: number): Promise<ReadonlySet<string>> {
    const last = this.#readings.get(page);
    if (last !== undefined && !this.#isOld(last)) return last.keys;
    const reading: Reading = { keys: this.readPage(page), at: undefined };
    const end = () => {
      reading.at = performance.now();
    };
    reading.keys.then(end, end);
    this.#readings.set(page, reading);
    return reading.keys;
  }

  /** Notes that an original of the page was saved. */
  saved(page: number): void {
    if (this.#readings.get(page)?.at !== undefined) this.#readings.delete(page);
  }

  #isOld({ at }: Reading): boolean {
    return at !== undefined && performance.now() - at >= this.life;
  }
}
