import type { Page } from '../page/page.js';
import { isJsonPath } from './json-path.js';
import { OpenPage, PageError } from './open-page.js';
import { compile } from './regular-expression.js';
import type { Profile } from './schema.js';

function has(page: OpenPage, select: string): boolean {
  try {
    return page.parts(select).length > 0;
  } catch (error) {
    // A page that is not JSON has nothing at a JSON path.
    if (error instanceof PageError && isJsonPath(select)) return false;
    throw error;
  }
}

/** How a page shows that the session has ended, in words; undefined if it does not. */
export function signedOutBy(page: Page, { signIn }: Profile): string | undefined {
  if (signIn.by === 'none' || signIn.by === 'basic') return undefined;
  const open = new OpenPage(page, undefined);
  if (signIn.by === 'form' && has(open, signIn.form)) return 'it shows the sign-in form';
  const { select, status = [], redirect } = signIn.signedOut ?? {};
  if (status.includes(page.status)) return `the site answered ${page.status}`;
  const isRedirected = page.url !== page.requestedUrl;
  if (redirect !== undefined && isRedirected && compile(redirect).test(page.url)) {
    return `the site led on to ${page.url}`;
  }
  return select !== undefined && has(open, select) ? `it has ${select}` : undefined;
}
