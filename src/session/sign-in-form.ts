import { SignInError } from '../errors.js';
import type { PostAnswer } from '../http/page-client.js';
import { Page } from '../page/page.js';
import { OpenPage } from '../profile/open-page.js';
import type { SignInForm } from '../profile/sign-in-schema.js';
import { addressOn } from '../profile/site-addresses.js';
import { fillSlots } from '../profile/slots.js';
import {
  findProof,
  inWords,
  reasonOn,
  refuseElsewhere,
  refuseUnauthorized,
  requireDecision,
  type SignInProof,
  type SignInSite,
} from './sign-in-site.js';

/**
 * Signs in with a form, and proves that it worked.
 *
 * @returns how it was proved
 * @throws SignInError saying which of three things went wrong: the site said why it refused, it
 *   showed the form again, or the proof of a good sign-in is missing
 */
export async function signInByForm(site: SignInSite, rule: SignInForm): Promise<SignInProof> {
  const { client, account } = site;
  const page = await client.fetchPage(addressOn(account, rule.page));
  if (page.status >= 500 || page.status === 429) {
    throw new Error(`the sign-in page answers ${page.status}`);
  }
  refuseUnauthorized(site, page);
  const { action, fields } = filledForm(site, rule, page);
  const answer = await client.post(action, {
    body: new URLSearchParams(fields).toString(),
    type: 'application/x-www-form-urlencoded',
    from: page.url,
  });
  requireDecision(answer.page);
  return proven(site, rule, answer, await pageAfter(site, answer));
}

/** What a browser would send: hidden fields as they stand, the button, and the profile's fields. */
function filledForm(
  site: SignInSite,
  rule: SignInForm,
  { document: $, url: pageUrl }: Page,
): { action: string; fields: Record<string, string> } {
  const form = $(rule.form).first();
  if (form.length === 0) {
    throw new SignInError(
      `There is no sign-in form on ${pageUrl} (looked for: ${rule.form}). The site may have changed, or ALBUM_URL may be the address of another site.`,
    );
  }
  const action = new URL(form.attr('action') ?? '', pageUrl);
  refuseElsewhere(site, action, pageUrl);
  const fields: Record<string, string> = {};
  for (const { name, value } of form.find('input[type="hidden"]').serializeArray()) {
    fields[name] = value;
  }
  const button = form
    .find('input[type="submit"][name], button[name]:not([type="button"], [type="reset"])')
    .first();
  const buttonName = button.attr('name');
  if (buttonName !== undefined) fields[buttonName] = button.attr('value') ?? '';
  const { username, password } = site.credentials;
  for (const [name, value] of Object.entries(rule.fields)) {
    fields[name] = fillSlots(value, { username, password });
  }
  return { action: action.href, fields };
}

async function pageAfter(
  { client }: SignInSite,
  { location, page }: PostAnswer,
): Promise<OpenPage> {
  if (location === undefined) return new OpenPage(page, undefined);
  const isElsewhere = new URL(location).host !== new URL(page.url).host;
  // Another host is not asked: it does not know the session.
  const landed = isElsewhere ? new Page({ url: location, text: '' }) : client.fetchPage(location);
  return new OpenPage(await landed, undefined);
}

async function proven(
  site: SignInSite,
  rule: SignInForm,
  answer: PostAnswer,
  landed: OpenPage,
): Promise<SignInProof> {
  const { title } = site.profile;
  const reason = reasonOn(site, landed, rule.refusal);
  const check = 'Check ALBUM_USERNAME and ALBUM_PASSWORD by signing in with a browser.';
  const formAgain = landed.parts(rule.form).length > 0;
  if (formAgain && reason === '') {
    throw new SignInError(`${title} showed the sign-in form again and gave no reason. ${check}`);
  }
  if (formAgain || (answer.page.status >= 400 && reason !== '')) {
    throw new SignInError(`${title} refused the sign-in: “${reason}” ${check}`);
  }
  const proof = await findProof(site, rule.proof, answer, landed);
  if (proof !== undefined) return proof;
  const said = reason === '' ? '' : ` It says: “${reason}”`;
  throw new SignInError(
    `${title} answered the sign-in with ${answer.page.status}, but nothing shows that it worked (looked for: ${inWords(rule.proof)}).${said} The site may have changed, or may ask for what only a person can do.`,
  );
}
