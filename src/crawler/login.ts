import type { CheerioCrawlingContext } from '@crawlee/cheerio';
import { listingRequest } from './requests.js';
import type { RunContext } from './run-context.js';

/** LOGIN: signs in with the form of the page that was fetched, then begins the first walk. */
export async function handleLogin(
  { $, request, response, addRequests }: CheerioCrawlingContext,
  { run, profile, siteUrl, session, walks }: RunContext,
): Promise<void> {
  if (request.userData.run !== run) return;
  if ((response.statusCode ?? 0) >= 400) {
    throw new Error(`the sign-in page answers ${response.statusCode}`);
  }
  await session.signIn($, request.loadedUrl ?? request.url);
  const first = listingRequest(profile, siteUrl, { run, walk: walks.number, page: 1 });
  await addRequests([first], { forefront: true });
}
