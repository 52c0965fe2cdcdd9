import type { CheerioCrawlingContext } from '@crawlee/cheerio';
import { placeRequest } from './listing.js';
import type { RunContext } from './run-context.js';

/** LOGIN: signs in, then begins the first walk. */
export async function handleLogin(
  { request, addRequests }: Pick<CheerioCrawlingContext, 'request' | 'addRequests'>,
  run: RunContext,
): Promise<void> {
  if (request.userData.run !== run.run) return;
  await run.session.signIn();
  await addRequests([placeRequest(run, run.walks.begin)], { forefront: true });
}
