import { challengesOf } from '../http/http-authentication.js';
import { webUrl } from '../page/address.js';
import { Form } from '../page/form.js';
import { type Control, isSubmitButton } from '../page/form-control.js';
import type { PageElement } from '../page/html-document.js';
import type { Page } from '../page/page.js';
import { shortText } from '../survey/page-content.js';
import { surveyPage } from '../survey/survey-page.js';
import { attributeSelector, ownSelectors } from './element-selector.js';
import { type FoundNameForm, findNameForm } from './find-name-form.js';
import { type FoundForm, findSignInForm } from './find-sign-in-form.js';
import { addressOfForm } from './form-address.js';
import type { LearnedRule } from './learned-rule.js';
import type { Look } from './look.js';
import { mayChange } from './safe-address.js';
import { stopgapProof } from './sign-in-proof.js';
import { stepsRule } from './sign-in-steps-rule.js';
import { namesOtherPurpose, namesSignIn } from './sign-in-words.js';

/** Pages that are opened on the way to a form. */
const mostPages = 5;
/** Where the form stands on sites that do not link to it. */
const usualPaths = ['/login', '/accounts/login/'];

/**
 * Finds out how to sign in.
 *
 * The proof of a form’s rule is a stopgap, to sign in with once; `proofRules` finds one that holds.
 *
 * @param page the album’s page as those see it who are signed out
 * @param hasAccount whether there is an account to sign in with, so that an open album is not enough
 * @returns undefined where signing in is needed or wanted, and no form or HTTP Basic was found
 */
export async function signInRules(
  page: Page,
  look: Look,
  hasAccount: boolean,
): Promise<LearnedRule[] | undefined> {
  if (
    page.status === 401 &&
    challengesOf(page.challenge).some(({ scheme }) => scheme === 'basic')
  ) {
    return [learned({ by: 'basic' }, `the site asked for it with status ${page.status}`)];
  }
  if (!hasAccount && !asksToSignIn(page)) {
    return [learned({ by: 'none' }, 'the album was shown without a sign-in')];
  }
  const found = await findFormFrom(page, look);
  if (found === undefined) return undefined;
  if ('password' in found) return [await formRule(found, look)];
  if (!hasAccount) return [learned({ by: 'steps' }, 'a form for the user’s name')];
  const steps = await stepsRule(found.page, found, look);
  return steps && [steps];
}

function learned(rule: unknown, seenOn: string, isUncertain = false): LearnedRule {
  return { place: 'signIn', rule, seenOn, ...(isUncertain && { isUncertain }) };
}

function asksToSignIn(page: Page): boolean {
  if (page.status === 401 || page.status === 403) return true;
  const asks = page.document(passwordField).length > 0 || findNameForm(page) !== undefined;
  return asks && surveyPage(page).photos.length === 0;
}

/** A field that people see. It need not be in a form: scripts send what it holds, too. */
const passwordField = 'input[type="password" i]:not([autocomplete="new-password" i])';

interface FormOnPage extends FoundForm {
  page: Page;
}

/** A form for the user’s name alone. */
type NameFormOnPage = FoundNameForm & { page: Page };

/**
 * Looks for the form on a page, behind its links that say so, and where it usually is; where there is
 * none with a password, for one that asks for the user’s name first.
 */
async function findFormFrom(
  start: Page,
  look: Look,
): Promise<FormOnPage | NameFormOnPage | undefined> {
  let first: NameFormOnPage | undefined;
  const waiting: string[] = [];
  const seen = new Set([start.requestedUrl, start.url]);
  let page: Page | undefined = start;
  for (let opened = 0; opened <= mostPages; opened++) {
    const form = page && findSignInForm(page);
    if (page && form) return { ...form, page };
    const name = page && findNameForm(page);
    if (page && name) first ??= { ...name, page };
    if (page) waiting.unshift(...waysToSignIn(page));
    if (opened === 0) waiting.push(...usualPaths.map((path) => new URL(path, start.url).href));
    const next = waiting.find((address) => !seen.has(address));
    if (next === undefined) return first;
    seen.add(next);
    page = await look.page(next);
  }
  return first;
}

/** Addresses on the site to which links and buttons that say “Sign in” lead, the likeliest first. */
function waysToSignIn(page: Page): string[] {
  const elements = page.document('a[href], button[onclick], form').toArray();
  const ways = elements.flatMap((element) => {
    const url = addressOf(element, page);
    if (url === undefined || url.host !== new URL(page.url).host) return [];
    if (mayChange(url, element) !== undefined) return [];
    const byLabel = namesSignIn(labelOf(element)) ? 2 : 0;
    const byAddress = namesSignIn(addressWords(url)) ? 1 : 0;
    const isOther = namesOtherPurpose(labelOf(element)) || namesOtherPurpose(url.pathname);
    const likelihood = byLabel + byAddress - (isOther ? 1.5 : 0);
    return likelihood > 0 ? [{ url: url.href, likelihood }] : [];
  });
  const { refreshUrl } = page;
  const ordered = ways.sort((one, two) => two.likelihood - one.likelihood).map(({ url }) => url);
  return [...(refreshUrl === undefined ? [] : [refreshUrl]), ...ordered];
}

function addressOf({ name, attribs }: PageElement, page: Page): URL | undefined {
  const { href, action, onclick = '' } = attribs;
  const inScript = /['"]((?:https?:\/)?\/[^'"]*)['"]/.exec(onclick)?.[1];
  const written = name === 'form' ? action : (href ?? inScript);
  const url = written === undefined ? undefined : webUrl(written.trim(), page);
  if (url !== undefined) url.hash = '';
  return url;
}

function labelOf(element: PageElement): string {
  const { title = '', 'aria-label': label = '' } = element.attribs;
  return `${shortText(element)} ${title} ${label}`;
}

/** The last part of a path, and the query without the address to which it leads back. */
function addressWords({ pathname, search }: URL): string {
  const [last = ''] = pathname.split('/').filter(Boolean).slice(-1);
  return `${last} ${search.replace(/[^?&=]+=(?:https?:|%2f|\/)[^&]*/gi, '').slice(0, 60)}`;
}

async function formRule(found: FormOnPage, look: Look): Promise<LearnedRule> {
  const { page, username, password, formCount } = found;
  const form = formSelector(found);
  const button = buttonSelector(found);
  const refusal = refusalSelector(page);
  const { address, isOnce } = await addressOfForm(page, password, look);
  const rule = {
    by: 'form',
    page: address,
    form,
    fields: {
      ...(username !== undefined && { [username]: '{username}' }),
      [password]: '{password}',
    },
    ...(button !== undefined && { button }),
    ...(refusal !== undefined && { refusal }),
    proof: stopgapProof,
  };
  const among = formCount === 1 ? 'the form' : `one of ${formCount} forms`;
  const names = [username, password].filter((name) => name !== undefined);
  const hasPuzzle = page.document(puzzle).length > 0;
  const isUncertain =
    isOnce ||
    hasPuzzle ||
    !names.every(isLasting) ||
    (found.button !== undefined && button === undefined);
  const besides = hasPuzzle ? ', which asks for a captcha' : '';
  return learned(rule, `${among} on ${address}${besides}`, isUncertain);
}

/** What only a person can answer. */
const puzzle =
  '.g-recaptcha, .h-captcha, .cf-turnstile, form input[name*="captcha" i], form img[src*="captcha" i]';

/** Whether the name of a field looks as if it were the same tomorrow. */
function isLasting(name: string): boolean {
  return !/[\da-f]{8,}/i.test(name);
}

/** A selector that finds this form alone: by its password, so that no search form has it. */
function formSelector({ form, password, page }: FormOnPage): string {
  const { document: $ } = page;
  const [element] = form.toArray() as PageElement[];
  const byField = isLasting(password)
    ? attributeSelector('name', password)
    : attributeSelector('type', 'password');
  const field = `:has(input${byField})`;
  const action = element?.attribs.action;
  const own = [
    ...(element ? ownSelectors(element).map((one) => one.slice('form'.length)) : []),
    ...(action ? [attributeSelector('action', action)] : []),
    ...ownControls(form, page).map((one) => `:has(${one})`),
  ];
  const selectors = [field, ...own.map((one) => one + field), ...own].map((one) => `form${one}`);
  const isAlone = (select: string) => $(select).length === 1 && form.is(select);
  return selectors.find(isAlone) ?? `form${field}`;
}

/** Selectors for the controls inside a form. */
function ownControls(form: Control, page: Page): string[] {
  const controls = new Form(page, form).controls();
  return controls.flatMap((one) => (one.toArray() as PageElement[]).flatMap(ownSelectors));
}

/** A selector for the button among those that send the form. */
function buttonSelector({ form, button, page }: FormOnPage): string | undefined {
  const [element] = (button?.toArray() ?? []) as PageElement[];
  if (button === undefined || element === undefined) return undefined;
  const buttons = new Form(page, form).controls().filter(isSubmitButton);
  return ownSelectors(element).find((select) => buttons.find((one) => one.is(select))?.is(button));
}

/** What shows why a sign-in was refused, as far as a page without one can say. */
function refusalSelector({ document: $ }: Page): string | undefined {
  const usual = '[class*="error" i], [id*="error" i], [role="alert"]';
  const shown = $(usual)
    .toArray()
    .filter((element) => shortText(element) !== '');
  return shown.length === 0 ? usual : undefined;
}
