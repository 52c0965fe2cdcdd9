import type { ReadingRequest } from '../page/reading-request.js';
import { readingRequest } from '../profile/site-addresses.js';
import type { RunContext } from './run-context.js';

/**
 * The request that reads a listing page, made when its turn comes: what it posts stands in no queue.
 *
 * @param pageUrl the page's address as it is stored, without secrets
 */
export function readingRequestFor(
  pageUrl: string,
  { profile, secrets }: Pick<RunContext, 'profile' | 'secrets'>,
): ReadingRequest {
  return readingRequest(profile, secrets.reveal(pageUrl));
}
