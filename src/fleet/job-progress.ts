import type { Job } from 'bullmq';
import * as z from 'zod';

/** Attempts whose worker died, in a row and without one more photo saved, after which it is enough. */
export const mostDeaths = 3;

const count = z.number().nonnegative();
const progressSchema = z.object({
  /** The attempt that wrote it; see `Attempt`. */
  attempt: count,
  /** When that attempt began, in milliseconds since 1970. */
  startedAt: count,
  pages: count,
  listed: count,
  saved: count,
  alreadyHad: count,
  failed: count,
  bytes: count,
  /** How often the job's lock had been lost before that attempt. */
  lostLocks: count,
  /** Photos saved when an earlier attempt had come furthest. */
  furthest: count,
  /** Attempts before it that died in a row without coming further. */
  deaths: count,
});

/**
 * What stands in a job's progress. It is for people and, as BullMQ does not guard it by the lock,
 * nothing hangs on it but when to give up an album that kills its workers.
 */
export type JobProgress = z.infer<typeof progressSchema>;

/** The progress of a job; undefined before its first attempt. */
export function progressOf({ progress }: Pick<Job, 'progress'>): JobProgress | undefined {
  return progressSchema.safeParse(progress).data;
}

const nothing = { pages: 0, listed: 0, saved: 0, alreadyHad: 0, failed: 0, bytes: 0 };

/** The progress at the beginning of an attempt. `deaths` says how its forerunners fared. */
export function firstProgress(
  job: Pick<Job, 'progress' | 'attemptsStarted' | 'stalledCounter'>,
  now: number,
): JobProgress {
  const before = progressOf(job);
  const reached = (before?.saved ?? 0) + (before?.alreadyHad ?? 0);
  const furthest = before?.furthest ?? 0;
  const hasDied = job.stalledCounter > (before?.lostLocks ?? 0);
  const deathsBefore = reached > furthest ? 0 : (before?.deaths ?? 0);
  return {
    ...nothing,
    attempt: job.attemptsStarted,
    startedAt: now,
    lostLocks: job.stalledCounter,
    furthest: Math.max(reached, furthest),
    deaths: hasDied ? deathsBefore + 1 : 0,
  };
}
