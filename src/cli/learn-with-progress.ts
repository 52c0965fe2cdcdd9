import type { LearnedResult } from '../rescue/learn-profile.js';
import type { LearnOrder } from '../rescue/profile-learner.js';
import { plainText } from '../text/plain-text.js';
import { showBar } from './progress-bar.js';
import type { Terminal } from './terminal.js';

/**
 * Learns a profile, and shows the requests while they are made: a site may ask for seconds between two.
 *
 * @throws what learning does
 */
export async function learnWithProgress(
  order: LearnOrder,
  terminal: Terminal,
): Promise<LearnedResult> {
  const { learnProfile } = await import('../rescue/learn-profile.js');
  const { mostRequests } = await import('../rescue/profile-learner.js');
  let made = 0;
  let path = '';
  const stopShowing = showBar(terminal, () => ({
    done: made,
    total: mostRequests,
    beside: `requests at the most · ${path}`,
    line: `${made} of at most ${mostRequests} requests`,
  }));
  const onRequest = (url: string) => {
    made += 1;
    // The query may hold a token.
    path = plainText(new URL(url).pathname, 40);
  };
  try {
    return await learnProfile({ ...order, onRequest });
  } finally {
    stopShowing();
  }
}
