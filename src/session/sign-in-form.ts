import { SignInError } from '../errors.js';
import type { PostAnswer } from '../http/page-client.js';
import { mostRedirects } from '../http/redirects.js';
import { FormError, type FormSubmission, submitForm } from '../page/form-submission.js';
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
  const answer = await submitted(site, filledForm(site, rule, page), page.url);
  requireDecision(answer.page);
  return proven(site, rule, { ...answer, before: page.text }, await pageAfter(site, answer));
}

/** The answer to a form. */
interface FormAnswer extends PostAnswer {
  /** The last address that a redirect had it sent to once more, or undefined. */
  repeatedAt: string | undefined;
}

/** The request that a browser would send. */
function filledForm(site: SignInSite, rule: SignInForm, page: Page): FormSubmission {
  const { username, password } = site.credentials;
  const fields = Object.fromEntries(
    Object.entries(rule.fields).map(([name, value]) => [
      name,
      fillSlots(value, { username, password }),
    ]),
  );
  try {
    const submission = submitForm(page, rule.form, { fields, button: rule.button });
    if (submission !== undefined) {
      refuseElsewhere(site, new URL(submission.url), page.url);
      return submission;
    }
  } catch (error) {
    if (!(error instanceof FormError)) throw error;
    throw new SignInError(`The sign-in form on ${page.url} cannot be sent: ${error.message}.`);
  }
  throw new SignInError(
    `There is no sign-in form on ${page.url} (looked for: ${rule.form}). The site may have changed, or ALBUM_URL may be the address of another site.`,
  );
}

/**
 * Submits the form. 307 and 308 ask for the same once more at another address (Fetch, section 4.4),
 * which is held to the same rule as the form's own.
 */
async function submitted(
  site: SignInSite,
  submission: FormSubmission,
  from: string,
): Promise<FormAnswer> {
  let current = submission;
  for (let hops = 0; hops <= mostRedirects; hops++) {
    const answer = await site.client.submit(current, from);
    const { page, location = page.refreshUrl } = answer;
    const isRepeated = page.status === 307 || page.status === 308;
    if (location === undefined || submission.method === 'GET' || !isRepeated) {
      return { page, location, repeatedAt: hops === 0 ? undefined : current.url };
    }
    refuseElsewhere(site, new URL(location), from);
    current = { ...current, url: location };
  }
  throw new SignInError(`The sign-in on ${from} is redirected without end.`);
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
  answer: FormAnswer & { before: string },
  landed: OpenPage,
): Promise<SignInProof> {
  const { title } = site.profile;
  // A page that says why, and leads back to the form by itself.
  const answered = new OpenPage(answer.page, undefined);
  const reason =
    reasonOn(site, landed, rule.refusal, answer.before) ||
    (answer.page.refreshUrl === undefined
      ? ''
      : reasonOn(site, answered, rule.refusal, answer.before));
  const check = 'Check ALBUM_USERNAME and ALBUM_PASSWORD by signing in with a browser.';
  const formAgain = landed.parts(rule.form).length > 0;
  if (formAgain && reason === '') {
    throw new SignInError(`${title} showed the sign-in form again and gave no reason. ${check}`);
  }
  if (formAgain || (answer.page.status >= 400 && reason !== '')) {
    throw new SignInError(`${title} refused the sign-in: “${reason}” ${check}`);
  }
  const { page, location = answer.repeatedAt } = answer;
  const proof = await findProof(site, rule.proof, { page, location }, landed);
  if (proof !== undefined) return proof;
  const said = reason === '' ? '' : ` It says: “${reason}”`;
  throw new SignInError(
    `${title} answered the sign-in with ${answer.page.status}, but nothing shows that it worked (looked for: ${inWords(rule.proof)}).${said} The site may have changed, or may ask for what only a person can do.`,
  );
}
