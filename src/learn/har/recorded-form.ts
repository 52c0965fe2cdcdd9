import type { PageElement } from '../../page/html-document.js';
import type { Page } from '../../page/page.js';
import type { Exchange } from './exchange.js';
import { newCookie } from './new-cookie.js';
import { isSecretLike, type RecordedSteps } from './recorded-steps.js';
import { relative } from './relative-address.js';
import { formOf } from './request-leaves.js';
import type { TypedAccount } from './typed-account.js';

/** A sign-in with the form of a page; undefined where it was none, or gives more than a cookie. */
export function byForm(
  exchanges: readonly Exchange[],
  { exchange, username, password }: TypedAccount,
  steps: RecordedSteps,
  headers: object,
  query: object,
  siteUrl: string,
): object | undefined {
  const sent = formOf(exchange);
  const isMore = Object.keys({ ...headers, ...query }).length > 0;
  if (sent === undefined || isMore) return undefined;
  const secret = sent.find(([, value]) => value === password)?.[0] ?? '';
  const page = exchanges.findLast(
    (one) => one.place < exchange.place && formIn(one.page, secret) !== undefined,
  );
  const form = formIn(page?.page, secret);
  // What stands in hidden fields is a step of its own, which the form makes needless.
  const isPosted = steps.exchanged.some((one) => one !== exchange && one.method === 'POST');
  if (page?.page === undefined || form === undefined || isPosted) return undefined;
  const preset = presets(page.page, form);
  const fields = sent.flatMap(([name, value]): [string, string][] => {
    if (value === password) return [[name, '{password}']];
    if (value !== '' && value === username) return [[name, '{username}']];
    return preset.has(name) &&
      preset.get(name) !== value &&
      value.length <= 20 &&
      !/\d{4}/.test(value)
      ? [[name, value]]
      : [];
  });
  const known = new Map(fields);
  const isFilled = ([name, value]: [string, string]) =>
    known.has(name) || preset.get(name) === value || !isSecretLike(value);
  if (!sent.every(isFilled)) return undefined;
  return {
    by: 'form',
    page: relative(page.url, siteUrl),
    form: `form:has(${quotedName('input', secret)})`,
    fields: Object.fromEntries(fields),
    proof: formProof(exchanges, exchange, secret),
  };
}

const quotedName = (tag: string, name: string) =>
  `${tag}[name="${name.replace(/["\\]/g, '\\$&')}"]`;

function formIn(page: Page | undefined, passwordField: string): PageElement | undefined {
  if (page?.isHtml !== true || passwordField === '') return undefined;
  return page.document(`form:has(${quotedName('input', passwordField)})`)[0];
}

/** Values that a form's boxes and hidden fields have by themselves. */
function presets(page: Page, form: PageElement): Map<string, string | undefined> {
  const hidden = page.document(form).find('input[type="hidden"], input[type="checkbox"]').toArray();
  return new Map(
    hidden.map(({ attribs }) => {
      const isBox = attribs.type === 'checkbox';
      const isSent = !isBox || 'checked' in attribs;
      return [attribs.name ?? '', isSent ? (attribs.value ?? (isBox ? 'on' : '')) : undefined];
    }),
  );
}

function formProof(
  exchanges: readonly Exchange[],
  exchange: Exchange,
  passwordField: string,
): unknown {
  const landed = exchanges.find(
    (one) => one.place > exchange.place && one.url === exchange.location,
  );
  if (exchange.location !== undefined && formIn(landed?.page, passwordField) === undefined) {
    return 'redirect';
  }
  const cookie = newCookie(exchanges, exchange);
  if (cookie !== undefined) return { cookie };
  const page = exchange.page ?? landed?.page;
  const signOut = ['logout', 'signout', 'sign-out', 'log-out', 'logoff', 'abmelden'].find(
    (word) => page?.isHtml === true && page.document(`a[href*="${word}" i]`).length > 0,
  );
  return { select: `a[href*="${signOut ?? 'logout'}" i]` };
}

/**
 * A form that asked for a password, where the recording does not have what was sent: Safari keeps only
 * the last request of a chain of redirects.
 */
export function formBefore(exchanges: readonly Exchange[], listing: Exchange, siteUrl: string) {
  const asking = exchanges.findLast(
    ({ place, page }) => place < listing.place && passwordIn(page) !== undefined,
  );
  const secret = passwordIn(asking?.page);
  const form = formIn(asking?.page, secret ?? '');
  if (asking?.page === undefined || secret === undefined || form === undefined) return undefined;
  const fields = asking.page.document(form).find('input').toArray();
  const at = fields.findIndex(({ attribs }) => attribs.name === secret);
  const name = fields
    .slice(0, at)
    .findLast(({ attribs }) => /^(?:text|email|tel)?$/i.test(attribs.type ?? ''))?.attribs.name;
  return {
    by: 'form' as const,
    page: relative(asking.url, siteUrl),
    form: `form:has(${quotedName('input', secret)})`,
    fields: { ...(name && { [name]: '{username}' }), [secret]: '{password}' },
    proof: 'redirect',
  };
}

/** The name of a page's field for a password. */
function passwordIn(page: Page | undefined): string | undefined {
  if (page?.isHtml !== true) return undefined;
  return page.document('form input[type="password" i]').first().attr('name');
}
