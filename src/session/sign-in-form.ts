import { SignInError } from '../errors.js';
import { DownloadError } from '../http/download-error.js';
import { FormError, type FormSubmission, submitForm } from '../page/form-submission.js';
import type { Page } from '../page/page.js';
import { OpenPage } from '../profile/open-page.js';
import type { SignInForm } from '../profile/sign-in-schema.js';
import { addressOn } from '../profile/site-addresses.js';
import { fillSlots } from '../profile/slots.js';
import {
  findProof,
  inWords,
  reasonOn,
  refuseUnauthorized,
  requireDecision,
  type SignInProof,
  type SignInSite,
} from './sign-in-site.js';
import { pageAfter, type Submitted, submitted } from './submit.js';

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
    throw new DownloadError(`the sign-in page answers ${page.status}`);
  }
  refuseUnauthorized(site, page);
  const answer = await submitted(site, filledForm(site, rule, page), page.url);
  requireDecision(answer.page);
  const landed = new OpenPage(await pageAfter(site, answer), undefined);
  return proven(site, rule, { ...answer, before: page.text }, landed);
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
    if (submission !== undefined) return submission;
  } catch (error) {
    if (!(error instanceof FormError)) throw error;
    throw new SignInError(`The sign-in form on ${page.url} cannot be sent: ${error.message}.`);
  }
  throw new SignInError(
    `There is no sign-in form on ${page.url} (looked for: ${rule.form}). The site may have changed, or ALBUM_URL may be the address of another site.`,
  );
}

async function proven(
  site: SignInSite,
  rule: SignInForm,
  answer: Submitted & { before: string },
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
  const redirect = answer.location ?? answer.repeatedAt;
  const proof = await findProof(site, rule.proof, redirect, landed);
  if (proof !== undefined) return proof;
  const said = reason === '' ? '' : ` It says: “${reason}”`;
  throw new SignInError(
    `${title} answered the sign-in with ${answer.page.status}, but nothing shows that it worked (looked for: ${inWords(rule.proof)}).${said} The site may have changed, or may ask for what only a person can do.`,
  );
}
