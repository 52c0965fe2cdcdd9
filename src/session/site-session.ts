import { SignInError } from '../errors.js';
import { linkedSignal } from '../http/linked-signal.js';
import { mostRenewals } from '../http/retry-policy.js';
import type { Page } from '../page/page.js';
import { signedOutBy } from '../profile/signed-out.js';
import { listingFile, startAddresses } from '../profile/site-addresses.js';
import { signIn } from './sign-in.js';
import { refuseUnauthorized, type SignInSite } from './sign-in-site.js';

/** A page came signed out; the session has been renewed, and the page is to be fetched again. */
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
  #probe: Promise<boolean> | undefined;
  #open!: () => void;
  readonly #opened = new Promise<void>((resolve) => {
    this.#open = resolve;
  });

  constructor(private readonly site: SignInSite) {}

  /** Number of sign-ins so far: which session a page was requested with. */
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

  /**
   * Makes sure that a page came signed in; where it did not, renews the session.
   *
   * @param generation the session that it was requested with
   * @throws SessionEndedError with a new session, where it came signed out; SignInError where there
   *   is none; Error for an answer of a site that is out of order, which says nothing
   */
  async requireSignedIn(page: Page, generation: number): Promise<void> {
    if (isOutOfOrder(page)) throw new Error(`the site answered ${page.status}`);
    if (signedOutBy(page, this.site.profile) === undefined) {
      refuseUnauthorized(this.site, page);
      return;
    }
    await this.renew(generation);
    throw new SessionEndedError();
  }

  /**
   * Signs in, for the first time in the run.
   *
   * @throws SignInError if it is refused, or if only a person can do it
   */
  async signIn(): Promise<void> {
    const { cookies } = this.site;
    cookies.startSession();
    await signIn(this.site, this.#generation > 0);
    cookies.startSession();
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

  /** Whether the session is needed for an address: other hosts do not know it. */
  async opens(url: string): Promise<boolean> {
    return this.site.profile.signIn.by !== 'none' && this.site.cookies.opens(url);
  }

  /**
   * Finds out, after an original was refused, whether the site has ended the session, and renews it
   * then. The probe is the page that the listing begins with; callers share one request for it.
   *
   * @param generation the session that the original was requested with
   * @returns whether there is a new session, with which to try again
   */
  async renewIfEnded(generation: number): Promise<boolean> {
    if (generation !== this.#generation) return true;
    this.#probe ??= this.#isEnded().finally(() => {
      this.#probe = undefined;
    });
    if (!(await this.#probe)) return false;
    await this.renew(generation);
    return true;
  }

  async #isEnded(): Promise<boolean> {
    const { profile, account, client } = this.site;
    const [start = account.siteUrl] = startAddresses(profile, account);
    const page = await client.fetchPage(listingFile(profile, start));
    return !isOutOfOrder(page) && signedOutBy(page, profile) !== undefined;
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

/** An answer from which nothing can be told about the session. */
function isOutOfOrder({ status }: Page): boolean {
  return status === 429 || status >= 500;
}
