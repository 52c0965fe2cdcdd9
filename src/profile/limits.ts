import type { Profile } from './schema.js';

/** How hard a site may be asked. */
export interface Limits {
  /** Requests at once. */
  concurrency: number;
  /** Requests a minute at the most, or undefined for no limit. */
  maxPerMinute: number | undefined;
}

/** The stricter of what a site asks for and what the user wants. */
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
