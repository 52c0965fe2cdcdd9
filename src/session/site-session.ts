import { SignInError } from '../errors.js';
import { linkedSignal } from '../http/linked-signal.js';
import { type AnsweredPage, signedOutBy } from '../profile/signed-out.js';
import { listingFile, startAddresses } from '../profile/site-addresses.js';
import { signIn } from './sign-in.js';
import type { SignInSite } from './sign-in-site.js';

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
  #look: Promise<boolean> | undefined;
  #open!: () => void;
  readonly #opened = new Promise<void>((resolve) => {
    this.#open = resolve;
  });

  constructor(private readonly site: SignInSite) {}

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
    if (this.#generation > 0) {
      signal.throwIfAborted();
      return;
    }
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

  /** Why a page is one for those who are signed out, in words; undefined where it is not. */
  signedOutBy(page: AnsweredPage): string | undefined {
    return signedOutBy(page, this.site.profile);
  }

  /**
   * Signs in, for the first time in the run.
   *
   * @throws SignInError if it is refused, or if only a person can do it
   */
  async signIn(): Promise<void> {
    await signIn(this.site, this.#generation > 0);
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

  /** Whether an address is given to those who are signed in: other hosts do not know the session. */
  opens(url: string): boolean {
    return this.site.profile.signIn.by !== 'none' && this.site.cookies.isOwn(url);
  }

  /**
   * Finds out, after an original was refused, whether the site has ended the session, and renews it
   * then. Callers share one look at the page that the listing begins with.
   *
   * @param generation the session that it was asked for with
   * @returns whether there is a new session, with which to ask again
   */
  async renewIfEnded(generation: number): Promise<boolean> {
    if (generation !== this.#generation) return true;
    this.#look ??= this.#isEnded().finally(() => {
      this.#look = undefined;
    });
    if (!(await this.#look)) return false;
    await this.renew(generation);
    return true;
  }

  async #isEnded(): Promise<boolean> {
    const { profile, account, client } = this.site;
    const [start = account.siteUrl] = startAddresses(profile, account);
    const asked = listingFile(profile, start);
    const { url, body, statusCode } = await client.sendRequest({ url: asked });
    if (statusCode >= 500 || statusCode === 429) return false;
    return this.signedOutBy({ url, asked, status: statusCode, text: body }) !== undefined;
  }

  async #signInAgain(): Promise<void> {
    if (this.#renewals >= mostRenewals) {
      throw new SignInError(
        `${this.site.profile.title} accepts the sign-in and then asks for it again. It may want something that only a person can do: sign in once with a browser and look.`,
      );
    }
    await this.signIn();
    this.#renewals += 1;
  }
}
