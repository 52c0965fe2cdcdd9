import type { CheerioCrawlingContext } from '@crawlee/cheerio';
import type { ServedPage } from '../profile/open-page.js';
import { SessionEndedError } from '../session/site-session.js';
import type { RunContext } from './run-context.js';

/** A page that was fetched, signed in. */
export interface FetchedPage extends ServedPage {
  status: number;
  /** What it says it is, such as text/html. */
  type: string;
}

/**
 * The page that Crawlee has fetched for a handler.
 *
 * @throws SessionEndedError, with a new session made, if it came signed out; Error if the site is
 *   not well
 */
export function crawledPage(
  { $, body, request, response, contentType }: CheerioCrawlingContext,
  run: RunContext,
): Promise<FetchedPage> {
  const page = {
    url: request.loadedUrl ?? request.url,
    text: typeof body === 'string' ? body : body.toString(contentType.encoding),
    ...(typeof $ === 'function' && { $ }),
    status: response.statusCode ?? 0,
    type: contentType.type,
  };
  return signedIn(page, request.url, request.userData.session as number, run);
}

/**
 * Fetches a page, once the run is signed in.
 *
 * @throws as {@link crawledPage}; what the client throws
 */
export async function fetchPage(asked: string, run: RunContext): Promise<FetchedPage> {
  await run.session.signedIn(run.control.dropped);
  const { generation } = run.session;
  const { url, body, statusCode, headers } = await run.client.sendRequest({ url: asked });
  const page = { url, text: body, status: statusCode, type: String(headers['content-type'] ?? '') };
  return signedIn(page, asked, generation, run);
}

async function signedIn(
  page: FetchedPage,
  asked: string,
  generation: number,
  { session }: RunContext,
): Promise<FetchedPage> {
  if (page.status === 429 || page.status >= 500) {
    throw new Error(`the site answered ${page.status}`);
  }
  if (session.signedOutBy({ ...page, asked }) === undefined) return page;
  await session.renew(generation);
  throw new SessionEndedError();
}
