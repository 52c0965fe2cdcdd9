import { SignInError } from '../errors.js';
import { OpenPage } from '../profile/open-page.js';
import { fieldsWith } from '../profile/secret-fields.js';
import type { SignInSteps } from '../profile/sign-in-schema.js';
import type { SignInStep } from '../profile/sign-in-step-schema.js';
import { fillSlotsIn } from '../profile/slots.js';
import {
  findProof,
  inWords,
  reasonOn,
  requireDecision,
  type SignInProof,
  type SignInSite,
} from './sign-in-site.js';
import { filledHeaders, slotsOf, stepRequest } from './step-request.js';
import { pageAfter, type Submitted, submitted } from './submit.js';
import { placeOf, takenValue } from './taken-value.js';

/** A step that has been answered. */
interface Answered {
  answer: Submitted;
  /** The page that the answer leads to. */
  landed: OpenPage;
  /** That page's status. */
  status: number;
}

/** What to do where a sign-in is refused, by what was sent; what counts first comes first. */
const remedies = {
  code: 'A one-time code works once, and for a short time: run the same command again with a new one (in ALBUM_CODE; a terminal asks for it).',
  password: 'Check ALBUM_USERNAME and ALBUM_PASSWORD by signing in with a browser.',
};
const otherRemedy = 'The site may have changed, or may ask for what only a person can do.';

/**
 * Signs in by requests, one after the other, each with the values that those before have taken.
 *
 * @param again whether the site has ended a session before
 * @returns how it was proved
 * @throws SignInError naming the step that was refused, or in whose answer something is missing
 */
export async function signInBySteps(
  site: SignInSite,
  rule: SignInSteps,
  again: boolean,
): Promise<SignInProof> {
  // What belongs to a session that has ended may be refused.
  site.cookies.sendAlong({});
  return new StepwiseSignIn(site, rule, again).run();
}

function requestInWords({ get, post }: SignInStep): string {
  return get === undefined ? `POST ${post}` : `GET ${get}`;
}

class StepwiseSignIn {
  /** What fills the slots. */
  readonly #values: Record<string, string>;
  /** The page that the next step is sent from. */
  #from: string;
  #sent: readonly string[] = [];
  /** Why the site refused, in its own words, and to which step it said so last. */
  #said: { to: string; reason: string } | undefined;

  constructor(
    private readonly site: SignInSite,
    private readonly rule: SignInSteps,
    private readonly again: boolean,
  ) {
    const { username, password } = site.credentials;
    this.#values = { username, password };
    this.#from = site.account.siteUrl;
  }

  async run(): Promise<SignInProof> {
    const { steps, headers, query, proof } = this.rule;
    let last: Answered | undefined;
    for (const [index, step] of steps.entries()) last = await this.#take(step, index);
    this.site.cookies.sendAlong({
      headers: filledHeaders(headers, this.#values),
      query: fillSlotsIn(query, this.#values),
    });
    if (last === undefined || proof === undefined) {
      const places = steps.flatMap(({ take }) => Object.values(take).map(placeOf));
      return places.length > 0 ? `what was found at ${places.join(' and ')}` : `${last?.status}`;
    }
    const { answer, landed, status } = last;
    const redirect = answer.location ?? answer.repeatedAt;
    const found = await findProof(this.site, proof, redirect, landed);
    if (found === undefined) throw this.#unproven('the sign-in', status, inWords(proof));
    return found;
  }

  #name(index: number): string {
    const { steps } = this.rule;
    const step = steps[index];
    if (step === undefined || steps.length === 1) return 'the sign-in';
    return `step ${index + 1} of the sign-in (${requestInWords(step)})`;
  }

  async #take(step: SignInStep, index: number): Promise<Answered> {
    const { cookies, tell } = this.site;
    const name = this.#name(index);
    const answered = await this.#answered(step);
    const { answer, landed, status } = answered;
    this.#noteReason(step, name, landed);
    if (status >= 400) throw this.#refused(name, status);
    for (const [taken, rule] of Object.entries(step.take)) {
      const value = await takenValue(rule, { headers: answer.headers, landed, cookies });
      if (value === undefined) throw this.#unproven(name, status, placeOf(rule));
      cookies.secrets.addUnlessWords(`taken as ${taken}`, value);
      this.#values[taken] = value;
    }
    if (cookies.isOwn(landed.url)) this.#from = landed.url;
    const taken = Object.keys(step.take).join(', ');
    const found = taken === '' ? '' : `, with ${taken}`;
    tell?.(`step ${index + 1}`, `${requestInWords(step)} answered ${status}${found}`);
    return answered;
  }

  async #answered(step: SignInStep): Promise<Answered> {
    const slots = slotsOf(step);
    this.#sent = [...this.#sent, ...slots];
    if (slots.includes('code')) await this.#getCode();
    const request = stepRequest(step, this.#values, this.site.account.siteUrl);
    const headers = filledHeaders(step.headers, this.#values);
    const answer = await submitted(this.site, request, this.#from, headers);
    requireDecision(answer.page);
    const landed = await pageAfter(this.site, answer);
    requireDecision(landed);
    return { answer, landed: new OpenPage(landed, undefined), status: landed.status };
  }

  /** A code works once, and is not asked for twice in one sign-in. */
  async #getCode(): Promise<void> {
    if (this.#values.code !== undefined) return;
    const { credentials, cookies, profile } = this.site;
    const code = (await credentials.code?.(this.again)) ?? '';
    cookies.secrets.addPassword(code, fieldsWith('code', profile));
    this.#values.code = code;
  }

  #noteReason(step: SignInStep, name: string, landed: OpenPage): void {
    const before = JSON.stringify(step);
    const reason = reasonOn(this.site, landed, step.refusal, before, this.#values.code);
    if (reason !== '') this.#said = { to: name, reason };
  }

  #refused(name: string, status: number): SignInError {
    return this.#error(`refused ${name} with ${status}`, name);
  }

  #unproven(name: string, status: number, looked: string): SignInError {
    const nothing = `nothing shows that it worked (looked for: ${looked})`;
    return this.#error(`answered ${name} with ${status}, but ${nothing}`, name);
  }

  #error(problem: string, name: string): SignInError {
    const { to = '', reason = '' } = this.#said ?? {};
    const says = to === name ? 'It says' : `To ${to} it said`;
    const said = reason === '' ? '' : ` ${says}: “${reason}”`;
    const sent = Object.entries(remedies).find(([slot]) => this.#sent.includes(slot));
    const remedy = sent?.[1] ?? otherRemedy;
    return new SignInError(`${this.site.profile.title} ${problem}.${said} ${remedy}`);
  }
}
