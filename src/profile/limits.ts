import type { Profile } from './schema.js';

/** Limits on requests to a site. */
export interface Limits {
  /** Requests at once. */
  concurrency: number;
  /** Most requests per minute; undefined for no limit. */
  maxPerMinute: number | undefined;
}

/** The stricter of the profile's limits and the user's. */
export function strictest({ limits }: Profile, wanted: Limits): Limits {
  const rates = [
    wanted.maxPerMinute,
    limits.requestsPerMinute,
    limits.delay === undefined ? undefined : 60 / limits.delay,
  ].filter((rate) => rate !== undefined);
  return {
    concurrency: Math.min(wanted.concurrency, limits.concurrency ?? Number.POSITIVE_INFINITY),
    maxPerMinute: rates.length === 0 ? undefined : Math.min(...rates),
  };
}
