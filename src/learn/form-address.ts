import type { Page } from '../page/page.js';
import { findSignInForm } from './find-sign-in-form.js';
import type { Look } from './look.js';

/** Parameters that say where to go after signing in, or that carry a session. */
const needless =
  /^(?:next|return\w*|redirect\w*|dest\w*|back|continue|from|url|target|goto|ref|referr?er|came_from|reauth|sid|phpsessid|jsessionid)$/i;
/** Parameters that are good for once. */
const forOnce =
  /^(?:state|nonce|code\w*|execution|session\w*|tab_id|\w*token|csrf\w*|samlrequest|flow|\w*challenge|ticket|lt)$/i;

/** Where a form stands. */
interface FormAddress {
  /** On the site: a path, perhaps with a query. */
  address: string;
  /** Whether it looks as if it were good for once. */
  isOnce: boolean;
}

/**
 * The address of a form’s page, without what leads back to another page. In place of one that is good for
 * once, it is the address that led there.
 *
 * @param password the name of the form’s field
 */
export async function addressOfForm(
  page: Page,
  password: string,
  look: Look,
): Promise<FormAddress> {
  const url = new URL(page.url);
  const parameters = url.search.slice(1).split('&').filter(Boolean);
  const isOnce = parameters.some((one) => forOnce.test(nameOf(one)) || isRandom(one));
  if (isOnce) {
    const isLed = page.url !== page.requestedUrl;
    return { address: onSite(page.requestedUrl), isOnce: !isLed };
  }
  const kept = parameters.filter((one) => !needless.test(nameOf(one)));
  if (kept.length < parameters.length) {
    url.search = kept.join('&');
    const again = await look.page(url.href);
    if (again?.url === url.href && findSignInForm(again)?.password === password) {
      return { address: onSite(url.href), isOnce: false };
    }
  }
  return { address: onSite(page.url), isOnce: false };
}

function onSite(address: string): string {
  const { pathname, search } = new URL(address);
  return `${pathname}${search}`;
}

function nameOf(parameter: string): string {
  return parameter.split('=', 1)[0] ?? '';
}

/** Whether the value of a parameter is a random one. */
function isRandom(parameter: string): boolean {
  const value = parameter.slice(nameOf(parameter).length + 1);
  return !needless.test(nameOf(parameter)) && /^(?=.*\d)(?=.*[a-z])[\w-]{16,}$/i.test(value);
}
