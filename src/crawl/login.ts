import { placeRequest } from './listing.js';
import type { HandlerContext } from './requests.js';
import type { RunContext } from './run-context.js';

/** LOGIN: signs in, then begins the first walk. */
export async function handleLogin(
  { addRequests }: Pick<HandlerContext<'LOGIN'>, 'addRequests'>,
  run: RunContext,
): Promise<void> {
  await run.session.signIn();
  await addRequests([placeRequest(run, run.walks.begin)], { forefront: true });
}
