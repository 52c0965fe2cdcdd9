import { SignInError } from '../errors.js';
import type { DirectAnswer } from '../http/page-client.js';
import { mostRedirects } from '../http/redirects.js';
import type { FormSubmission } from '../page/form-submission.js';
import { Page } from '../page/page.js';
import { refuseElsewhere, type SignInSite } from './sign-in-site.js';

/** The answer to what was submitted. */
export interface Submitted extends DirectAnswer {
  /** The last address that a redirect had it sent to once more, or undefined. */
  repeatedAt: string | undefined;
}

/**
 * Sends what signs in to the album's own host. 307 and 308 ask for the same once more at another
 * address (Fetch, section 4.4), which is held to the same rule.
 *
 * @param from the address of the page that it is sent from
 * @param headers further ones, by names in lower case
 * @throws SignInError where it would go elsewhere, or is redirected without end
 */
export async function submitted(
  site: Pick<SignInSite, 'account' | 'client'>,
  submission: FormSubmission,
  from: string,
  headers: Readonly<Record<string, string>> = {},
): Promise<Submitted> {
  let current = submission;
  for (let hops = 0; hops <= mostRedirects; hops++) {
    refuseElsewhere(site, new URL(current.url), from);
    const answer = await site.client.submit(current, from, headers);
    const { page, location = page.refreshUrl } = answer;
    const isRepeated = page.status === 307 || page.status === 308;
    if (location === undefined || submission.method === 'GET' || !isRepeated) {
      return { ...answer, location, repeatedAt: hops === 0 ? undefined : current.url };
    }
    current = { ...current, url: location };
  }
  throw new SignInError(`The sign-in on ${from} is redirected without end.`);
}

/**
 * The page that an answer leads to, or its own. Another host is not asked: it does not know the
 * session.
 */
export async function pageAfter(
  { client, landed }: Pick<SignInSite, 'client' | 'landed'>,
  { location, page }: DirectAnswer,
): Promise<Page> {
  if (location === undefined) return page;
  const isElsewhere = new URL(location).host !== new URL(page.url).host;
  if (isElsewhere) return new Page({ url: location, text: '' });
  const after = await client.fetchPage(location);
  landed?.(after);
  return after;
}
