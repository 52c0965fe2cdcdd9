import { SignInError } from '../errors.js';
import { plainText } from '../plain-text.js';
import { type Page, parsePage } from '../profile/page.js';
import type { Profile } from '../profile/schema.js';
import { linkedSignal } from './linked-signal.js';
import type { PostAnswer, SiteClient } from './site-client.js';

/** What a person signs in with. It stays in memory. */
export interface Credentials {
  username: string;
  password: string;
}

const mostRenewals = 3;

/** A page came signed out; the session has been renewed, and the page is to be taken again. */
export class SessionEndedError extends Error {
  override readonly name = 'SessionEndedError';

  constructor() {
    super('the site had ended the session');
  }
}

/**
 * The signed-in session with the site: made once for all requests of the run, renewed once for all
 * when the site has ended it.
 */
export class SiteSession {
  #generation = 0;
  #renewals = 0;
  #renewal: Promise<void> | undefined;
  #open!: () => void;
  readonly #opened = new Promise<void>((resolve) => {
    this.#open = resolve;
  });

  constructor(
    private readonly profile: Profile,
    private readonly siteUrl: string,
    private readonly credentials: Credentials,
    private readonly client: SiteClient,
  ) {}

  /** Changes with each sign-in; tells a page of this session from one of a session before. */
  get generation(): number {
    return this.#generation;
  }

  /**
   * Waits for the first sign-in to succeed.
   *
   * @throws the signal's reason if it is aborted meanwhile
   */
  async signedIn(signal: AbortSignal): Promise<void> {
    const { signal: waiting, release } = linkedSignal(signal);
    const aborted = new Promise<never>((_resolve, reject) => {
      waiting.addEventListener('abort', () => reject(signal.reason));
    });
    try {
      signal.throwIfAborted();
      await Promise.race([this.#opened, aborted]);
    } finally {
      release();
    }
  }

  /** Whether a page is the site's sign-in form, shown in place of what was asked for. */
  isSignedOut($: Page): boolean {
    return $(this.profile.signIn.form).length > 0;
  }

  /**
   * Signs in with the form of a page, and proves that it worked.
   *
   * @param $ the page with the form
   * @param pageUrl the address it was served from
   * @throws SignInError saying which of three things went wrong: the site said why it refused, it
   *   showed the form again, or the mark of a signed-in page is missing
   */
  async signIn($: Page, pageUrl: string): Promise<void> {
    const { action, fields } = this.#filledForm($, pageUrl);
    const answer = await this.client.postForm(action, fields, pageUrl);
    if (answer.statusCode >= 500 || answer.statusCode === 429) {
      throw new Error(`the site answered the sign-in with ${answer.statusCode}`);
    }
    const page = await this.#pageAfter(answer, action);
    this.#prove(page, answer);
    this.#generation += 1;
    this.#open();
  }

  /**
   * Signs in again after the site has ended the session. Callers that saw the same session end
   * share one sign-in.
   *
   * @param generation the session that the caller's page belonged to
   * @throws SignInError if it is refused, or if the site ends every new session at once
   */
  async renew(generation: number): Promise<void> {
    if (generation !== this.#generation) return;
    this.#renewal ??= this.#signInAgain().finally(() => {
      this.#renewal = undefined;
    });
    return this.#renewal;
  }

  /** Notes that a page came signed in, so that later renewals are counted anew. */
  confirm(): void {
    this.#renewals = 0;
  }

  async #signInAgain(): Promise<void> {
    if (this.#renewals >= mostRenewals) {
      throw new SignInError(
        `${this.profile.title} accepts the sign-in and then asks for it again. It may want something that only a person can do: sign in once with a browser and look.`,
      );
    }
    const url = new URL(this.profile.signIn.page, this.siteUrl).href;
    const page = await this.client.sendRequest({ url });
    if (page.statusCode >= 500 || page.statusCode === 429) {
      throw new Error(`the sign-in page answers ${page.statusCode}`);
    }
    await this.signIn(parsePage(page.body), page.url);
    this.#renewals += 1;
  }

  #filledForm($: Page, pageUrl: string): { action: string; fields: Record<string, string> } {
    const { form: selector, usernameField, passwordField } = this.profile.signIn;
    const form = $(selector).first();
    if (form.length === 0) {
      throw new SignInError(
        `There is no sign-in form on ${pageUrl} (looked for: ${selector}). The site may have changed, or ALBUM_URL may be the address of another site.`,
      );
    }
    const action = new URL(form.attr('action') ?? '', pageUrl);
    if (action.host !== new URL(this.siteUrl).host || leavesEncryption(pageUrl, action)) {
      throw new SignInError(
        `The sign-in form on ${pageUrl} would send the password to ${action.origin}. It was not sent. If that is the album's own site, set ALBUM_URL to it.`,
      );
    }
    const fields: Record<string, string> = {};
    for (const { name, value } of form.find('input[type="hidden"]').serializeArray()) {
      fields[name] = value;
    }
    fields[usernameField] = this.credentials.username;
    fields[passwordField] = this.credentials.password;
    return { action: action.href, fields };
  }

  async #pageAfter(answer: PostAnswer, action: string): Promise<Page> {
    if (answer.location === undefined) return parsePage(answer.body);
    if (new URL(answer.location).host !== new URL(action).host) return parsePage('');
    const page = await this.client.sendRequest({ url: answer.location });
    return parsePage(page.body);
  }

  #prove($: Page, answer: PostAnswer): void {
    const { title, signIn } = this.profile;
    const text = signIn.error === undefined ? '' : $(signIn.error).first().text();
    // A site may repeat what it was sent.
    const reason = plainText(text.replaceAll(this.credentials.password, '…'));
    const check = 'Check ALBUM_USERNAME and ALBUM_PASSWORD by signing in with a browser.';
    if (this.isSignedOut($)) {
      throw new SignInError(
        reason === ''
          ? `${title} showed the sign-in form again and gave no reason. ${check}`
          : `${title} refused the sign-in: “${reason}” ${check}`,
      );
    }
    const { proof } = signIn;
    if (proof === 'redirect' ? answer.location !== undefined : $(proof.mark).length > 0) return;
    const looked = proof === 'redirect' ? 'a redirect' : proof.mark;
    const said = reason === '' ? '' : ` It says: “${reason}”`;
    throw new SignInError(
      `${title} answered the sign-in with ${answer.statusCode}, but nothing shows that it worked (looked for: ${looked}).${said} The site may have changed, or may ask for what only a person can do.`,
    );
  }
}

function leavesEncryption(pageUrl: string, action: URL): boolean {
  return new URL(pageUrl).protocol === 'https:' && action.protocol !== 'https:';
}
