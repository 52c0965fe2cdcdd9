import { setTimeout as delay } from 'node:timers/promises';

/** Milliseconds before the first new try; each further one waits twice as long, up to the longest. */
const firstPause = 200;
const longestPause = 5_000;

/**
 * Tries again for as long as errors are passing ones and patience lasts.
 *
 * @param isPassing whether another try may succeed
 * @param patience milliseconds after which the error is thrown on
 * @throws the last error; the signal's reason if it is aborted
 */
export async function withPatience<Result>(
  work: () => Promise<Result>,
  isPassing: (error: unknown) => boolean,
  patience: number,
  signal?: AbortSignal,
): Promise<Result> {
  const end = performance.now() + patience;
  for (let pause = firstPause; ; pause = Math.min(pause * 2, longestPause)) {
    signal?.throwIfAborted();
    try {
      return await work();
    } catch (error) {
      signal?.throwIfAborted();
      if (!isPassing(error) || performance.now() + pause > end) throw error;
    }
    // Workers that lost the store at the same moment come back at different ones.
    await delay(pause * (0.5 + Math.random() / 2), undefined, { ...(signal && { signal }) }).catch(
      () => signal?.throwIfAborted(),
    );
  }
}
