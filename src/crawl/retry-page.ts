import { EscapeError } from '../errors.js';
import { isBarred } from '../http/download-error.js';
import { mostPageTries, waitBeforeRetry } from '../http/retry-policy.js';
import { SessionEndedError } from '../session/site-session.js';
import type { CrawlRequest } from './requests.js';
import type { RunContext } from './run-context.js';

/** A request for a page. */
export type PageRequest = Exclude<CrawlRequest, { label: 'IMAGE' }>;

/**
 * The next try of a page that could not be read. It is a request of its own, so that it comes
 * ahead of the originals: Crawlee puts what it retries at the end of the queue.
 *
 * @param error why it could not be read
 * @returns the pause before it and the request, or undefined where the tries are used up or
 *   none can help
 */
export function retryPage(
  failed: PageRequest,
  error: Error,
): { pause(run: RunContext): Promise<void>; request: PageRequest } | undefined {
  const { tries = 1 } = failed.userData;
  if (tries >= mostPageTries || isBarred(error)) return undefined;
  const firstKey = failed.uniqueKey.replace(/ try \d+$/, '');
  return {
    pause: async ({ retryDelay, control }) => {
      // There is a new session already: nothing has to recover first.
      if (error instanceof SessionEndedError) return;
      const waited = waitBeforeRetry(tries, retryDelay, control.dropped);
      // A run that is stopped meanwhile is no error: the next run lists anew.
      await waited.catch((error: unknown) => {
        if (!control.dropped.aborted) throw error;
      });
    },
    request: {
      ...failed,
      uniqueKey: `${firstKey} try ${tries + 1}`,
      userData: { ...failed.userData, tries: tries + 1 },
    } as PageRequest,
  };
}

/**
 * Reads a page outside of the queue, with the tries and pauses of one in it.
 *
 * @param read fetches and reads it
 * @throws what `read` throws in the end
 */
export async function readWithRetries<Result>(
  read: () => Promise<Result>,
  { control, retryDelay }: Pick<RunContext, 'control' | 'retryDelay'>,
): Promise<Result> {
  for (let failures = 0; ; ) {
    try {
      return await read();
    } catch (error) {
      if (error instanceof EscapeError || control.cause !== undefined || isBarred(error)) {
        throw error;
      }
      // There is a new session already: nothing has to recover first.
      if (error instanceof SessionEndedError) continue;
      failures += 1;
      if (failures === mostPageTries) throw error;
      await waitBeforeRetry(failures, retryDelay, control.dropped);
    }
  }
}
