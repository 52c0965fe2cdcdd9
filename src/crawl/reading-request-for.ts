import type { ReadingRequest } from '../page/reading-request.js';
import { atLevel } from '../profile/levels.js';
import { readingRequest } from '../profile/site-addresses.js';
import type { WalkPlace } from '../walk/walk-place.js';
import type { RunContext } from './run-context.js';

/**
 * The request that reads a listing page, made when its turn comes: what it posts stands in no queue.
 *
 * @param place the page's address as it is stored, without secrets, and its level
 */
export function readingRequestFor(
  { url, level }: Pick<WalkPlace, 'url' | 'level'>,
  { profile, secrets }: Pick<RunContext, 'profile' | 'secrets'>,
): ReadingRequest {
  return readingRequest(atLevel(profile, level), secrets.reveal(url));
}
