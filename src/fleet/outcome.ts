import { UnrecoverableError } from 'bullmq';
import * as z from 'zod';
import { type Ending, exitCodes } from '../errors.js';
import { plainText } from '../text/plain-text.js';
import type { AlbumEnd } from './work-album.js';

/**
 * What the last attempt at an album came to. It stands as JSON in the job's `returnvalue` when the
 * album is complete, and else in its `failedReason`: BullMQ writes both in the very script that checks
 * the lock, so that a worker that has lost the lock cannot. Job data and progress have no such guard.
 */
const outcomeSchema = z.object({
  ending: z.enum(Object.keys(exitCodes) as [Ending, ...Ending[]]),
  /** What is wrong, in sentences; empty for a complete album. */
  reason: z.string(),
  listed: z.number(),
  saved: z.number(),
  failed: z.number(),
  /** Attempts so far, since the album was added, that ended so; for `later`, those in a row. */
  tries: z.object({ incomplete: z.number(), later: z.number(), unexpected: z.number() }),
  /** When it is tried again, in ISO 8601; missing where it is not. */
  again: z.string().optional(),
});
export type Outcome = z.infer<typeof outcomeSchema>;

/** Reads an outcome; undefined for a text that is none, as other programs may leave behind. */
export function parseOutcome(text: unknown): Outcome | undefined {
  if (typeof text !== 'string') return outcomeSchema.safeParse(text).data;
  try {
    return outcomeSchema.safeParse(JSON.parse(text)).data;
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

/** An attempt that did not end the album: BullMQ delays the job by `delay`. */
export class TryAgain extends Error {
  constructor(
    outcome: Outcome,
    /** Milliseconds; see `backoffStrategy`. */
    readonly delay: number,
  ) {
    super(JSON.stringify(outcome));
    this.stack = '';
  }
}

/** An attempt after which the album is not tried again by itself. */
export function givenUp(outcome: Outcome): UnrecoverableError {
  const error = new UnrecoverableError(JSON.stringify(outcome));
  error.stack = '';
  return error;
}

/** BullMQ's `settings.backoffStrategy`: how long a job waits after an error. */
export function backoffStrategy(_attempts: number, _type?: string, error?: Error): number {
  return error instanceof TryAgain ? error.delay : -1;
}

const minute = 60_000;
const hour = 60 * minute;

/** How often an incomplete album is tried again, and after how many milliseconds. */
const incomplete = { tries: 3, pause: hour } as const;
/** How often an album is tried that ends with an unexpected error, and the first pause. */
const unexpected = { tries: 3, pause: minute } as const;
/** Pauses of a site that cannot be reached: they double. */
const later = { first: minute, longest: 6 * hour } as const;

/** What is to be done with a job after an attempt. */
export interface Plan {
  outcome: Outcome;
  /** Milliseconds until it is tried again; undefined if it is not. */
  after: number | undefined;
}

/**
 * What an attempt's end means for the album.
 *
 * @param before the outcome of the attempt before, if there was one
 * @param now milliseconds since 1970
 */
export function planAfter(end: AlbumEnd, before: Outcome | undefined, now: number): Plan {
  const { ending, pause } = end;
  const { listed, saved, failed } = end.counts ?? before ?? { listed: 0, saved: 0, failed: 0 };
  const tries = { ...(before?.tries ?? { incomplete: 0, later: 0, unexpected: 0 }) };
  // A site that lets some photos through each time is no site that is down.
  if (ending !== 'later' || saved > (before?.saved ?? 0)) tries.later = 0;
  const kind = ending === 'busy' ? 'unexpected' : ending;
  if (kind === 'incomplete' || kind === 'later' || kind === 'unexpected') tries[kind] += 1;
  const after = pauseAfter(kind, tries, pause);
  const again = after === undefined ? undefined : new Date(now + after).toISOString();
  const outcome = { ending, reason: reasonOf(end), listed, saved, failed, tries };
  return { outcome: again === undefined ? outcome : { ...outcome, again }, after };
}

/** Failed photos that a reason names. */
const namedFailures = 3;

/** What is wrong with an album, in sentences on one line. */
function reasonOf({ cause, doubts, failures }: AlbumEnd): string {
  const named = failures
    .slice(0, namedFailures)
    .map(({ id, reason }) => `Not saved: ${id}: ${reason}`);
  const more = failures.length - named.length;
  const rest = more > 0 ? [`And ${more} more photos.`] : [];
  return plainText([...(cause ? [cause] : []), ...doubts, ...named, ...rest].join(' '), 2000);
}

function pauseAfter(ending: Ending, tries: Outcome['tries'], pause = 0): number | undefined {
  if (ending === 'later') {
    const growing = Math.min(later.longest, later.first * 2 ** Math.min(tries.later - 1, 16));
    return Math.max(growing, pause);
  }
  if (ending === 'incomplete' && tries.incomplete <= incomplete.tries) return incomplete.pause;
  if (ending === 'unexpected' && tries.unexpected < unexpected.tries) {
    return unexpected.pause * tries.unexpected;
  }
  return undefined;
}
