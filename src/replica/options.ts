import type { Removal } from './album.js';
import type { FaultHook } from './fault/fault.js';

/** A change of the album while someone walks it. */
interface AlbumChange {
  /** Which answer sets it off: the `time`-th (default 1st) serving of that page, counted from 1. */
  readonly whenPageServed: { readonly page: number; readonly time?: number };
  /** How many new photos appear at the front, once that page has been put together. */
  readonly add?: number;
  /** Which photos leave then: how many from the front, or the ids. */
  readonly remove?: Removal;
}

/** How the replica is to be; everything has a default. */
export interface ReplicaOptions {
  /** TCP port on 127.0.0.1; 0 (the default) takes a free one. */
  readonly port?: number;
  /** How many photos the album holds at the start; default 1,374, as in the rescue of 2017. */
  readonly photos?: number;
  /** Everything that is drawn by lot depends on this alone. */
  readonly seed?: string;
  readonly username?: string;
  readonly password?: string;
  /** Thumbnails on a page; default 48. */
  readonly pageSize?: number;
  /** ms to wait before every answer; default 0. */
  readonly latency?: number;
  /** Every original has exactly that many bytes (1,500 at least), and costs next to nothing. */
  readonly photoBytes?: number;
  /** Pages past the last show the last page's photos again, in place of an empty table. */
  readonly repeatLastPage?: boolean;
  /** How many photos of each page are shown a second time at its end; default 0. */
  readonly duplicates?: number;
  readonly changes?: readonly AlbumChange[];
  /** Keep a list of every request; default true. Counters are kept in any case. */
  readonly log?: boolean;
  /** Is asked for every request what is to go wrong with it; default: nothing ever does. */
  readonly fault?: FaultHook;
}

/** Options with every default filled in. */
export type FullOptions = Required<Omit<ReplicaOptions, 'photoBytes' | 'fault'>> &
  Pick<ReplicaOptions, 'photoBytes' | 'fault'>;

/** Fills in the defaults. Throws RangeError where a number makes no sense. */
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
