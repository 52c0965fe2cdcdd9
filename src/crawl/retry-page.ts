import { setTimeout as delay } from 'node:timers/promises';
import { backoff, mostTries } from '../http/retry-policy.js';
import { SessionEndedError } from '../session/site-session.js';
import type { CrawlRequest } from './requests.js';
import type { RunContext } from './run-context.js';

/**
 * The next try of a page that could not be read. It is a request of its own, so that it comes
 * ahead of the originals: Crawlee puts what it retries at the end of the queue.
 *
 * @param error why it could not be read
 * @returns the pause before it and the request, or undefined where the tries are used up
 */
export function retryPage(
  failed: CrawlRequest,
  error: Error,
): { pause(run: RunContext): Promise<void>; request: CrawlRequest } | undefined {
  const tries = (failed.userData.tries as number | undefined) ?? 1;
  if (tries >= mostTries) return undefined;
  const firstKey = failed.uniqueKey.replace(/ try \d+$/, '');
  return {
    pause: async ({ retryDelay, control }) => {
      // A new session is there already: nothing has to get well first.
      if (error instanceof SessionEndedError) return;
      const waited = delay(backoff(tries, retryDelay), undefined, { signal: control.dropped });
      // Where the run is stopped meanwhile that is no error: the next run walks anew.
      await waited.catch((error: unknown) => {
        if (!control.dropped.aborted) throw error;
      });
    },
    request: {
      url: failed.url,
      label: failed.label,
      uniqueKey: `${firstKey} try ${tries + 1}`,
      skipNavigation: failed.skipNavigation,
      userData: { ...failed.userData, tries: tries + 1 },
    },
  };
}
