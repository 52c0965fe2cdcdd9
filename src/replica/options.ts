import type { Removal } from './album.js';
import type { FaultHook } from './fault/fault.js';

/** A change of the album during a walk. */
interface AlbumChange {
  /** The answer that triggers it: the `time`-th serving (default 1) of that page, from 1. */
  readonly whenPageServed: { readonly page: number; readonly time?: number };
  /** How many new photos appear at the front, once that page has been built. */
  readonly add?: number;
  /** Which photos are then removed: how many from the front, or the ids. */
  readonly remove?: Removal;
}

/** Options of the replica; each has a default. */
export interface ReplicaOptions {
  /** TCP port on 127.0.0.1; 0 (the default) for any free port. */
  readonly port?: number;
  /**
   * The port in every address that the site gives, where something on 127.0.0.1 forwards what it
   * receives to the replica; default: the replica's own.
   */
  readonly publicPort?: number;
  /** Photos in the album at the start; default 1,374, as in the rescue of 2017. */
  readonly photos?: number;
  /** The seed of everything random: the same seed gives the same album. */
  readonly seed?: string;
  readonly username?: string;
  readonly password?: string;
  /** Thumbnails on a page; default 48. */
  readonly pageSize?: number;
  /** ms to wait before every answer; default 0. */
  readonly latency?: number;
  /** Bytes of every original (1,500 at least). Such originals are cheap to make. */
  readonly photoBytes?: number;
  /** Pages past the last show the last page's photos again instead of an empty table. */
  readonly repeatLastPage?: boolean;
  /** How many photos of each page are shown a second time at its end; default 0. */
  readonly duplicates?: number;
  readonly changes?: readonly AlbumChange[];
  /** Whether every request is listed; default true. Counters are kept in any case. */
  readonly log?: boolean;
  /** Chooses the fault of each request; default: no faults. */
  readonly fault?: FaultHook;
}

/** Options with all defaults filled in. */
export type FullOptions = Required<Omit<ReplicaOptions, Undefaulted>> &
  Pick<ReplicaOptions, Undefaulted>;

type Undefaulted = 'publicPort' | 'photoBytes' | 'fault';

/** Fills in the defaults. @throws RangeError for a number that is not whole or too small */
export function fillOptions(options: ReplicaOptions): FullOptions {
  const full: FullOptions = {
    port: 0,
    photos: 1_374,
    seed: 'pulse',
    username: 'family@example.com',
    password: 'pulse-frame-2010',
    pageSize: 48,
    latency: 0,
    repeatLastPage: false,
    duplicates: 0,
    changes: [],
    log: true,
    ...options,
  };
  const least = {
    port: 0,
    publicPort: 1,
    photos: 0,
    pageSize: 1,
    latency: 0,
    duplicates: 0,
    photoBytes: 1_500,
  } as const;
  for (const [name, minimum] of Object.entries(least) as [keyof typeof least, number][]) {
    const value = full[name] ?? minimum;
    if (!Number.isInteger(value) || value < minimum) {
      throw new RangeError(`${name} must be a whole number of at least ${minimum}.`);
    }
  }
  return full;
}
