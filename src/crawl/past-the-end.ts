import type { Page } from '../page/page.js';
import { atLevel } from '../profile/levels.js';
import { meansEnd } from '../profile/next-page.js';
import { hasSignInForm } from '../profile/signed-out.js';
import { SessionEndedError } from '../session/site-session.js';
import type { WalkPlace } from '../walk/walk-place.js';
import { readingRequestFor } from './reading-request-for.js';
import type { RunContext } from './run-context.js';

/**
 * Whether a page is refused because the album's numbered pages end before it. A site also refuses
 * pages to whoever is signed out, or sends too many requests: so the album's first page must still
 * come, signed in.
 *
 * @param generation the session that the page was requested with
 * @throws SessionEndedError with a new session, where the session had ended; SignInError where there
 *   is none; Error where the first page does not come either
 */
export async function isPastTheEnd(
  page: Page,
  place: WalkPlace,
  generation: number,
  run: Pick<RunContext, 'profile' | 'session' | 'client' | 'secrets'>,
): Promise<boolean> {
  const { profile, session, client } = run;
  if (place.number === 1 || !meansEnd(page.status, atLevel(profile, place.level))) return false;
  if (hasSignInForm(page, profile)) return false;
  const current = session.generation;
  const first = await client.fetchPage(readingRequestFor({ ...place, url: place.albumUrl }, run));
  await session.requireSignedIn(first, current);
  if (first.status >= 400) {
    throw new Error(`the site answered ${page.status}, and the album’s first page ${first.status}`);
  }
  // Another request may have renewed the session since: then the page was refused to the old one.
  if (generation !== session.generation) throw new SessionEndedError();
  return true;
}
