import { SignInError } from '../errors.js';
import { linkedSignal } from '../http/linked-signal.js';
import { mostRenewals } from '../http/retry-policy.js';
import type { Page } from '../page/page.js';
import { signedOutBy } from '../profile/signed-out.js';
import { readingRequest, startAddresses } from '../profile/site-addresses.js';
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
  /** The last page that was fetched to sign in, until it is taken. */
  #landed: Page | undefined;
  #renewals = 0;
  #renewal: Promise<void> | undefined;
  #probe: { generation: number; ended: Promise<boolean> } | undefined;
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
    if (!this.isSignedOut(page)) {
      refuseUnauthorized(this.site, page);
      return;
    }
    await this.renew(generation);
    throw new SessionEndedError();
  }

  /**
   * Whether a page is one for signed-out visitors.
   *
   * @throws Error for an answer of a site that is out of order, which says nothing
   */
  isSignedOut(page: Page): boolean {
    if (isOutOfOrder(page)) throw new Error(`the site answered ${page.status}`);
    return signedOutBy(page, this.site.profile) !== undefined;
  }

  /**
   * Signs in, for the first time in the run.
   *
   * @throws SignInError if it is refused, or if only a person can do it
   */
  async signIn(): Promise<void> {
    const { cookies } = this.site;
    cookies.startSession();
    const landed = (page: Page) => {
      this.#landed = page;
    };
    this.#landed = undefined;
    await signIn({ ...this.site, landed }, this.#generation > 0);
    cookies.startSession();
    this.#generation += 1;
    this.#open();
  }

  /** Takes the page that signing in has led to, where that is the page of the address: it need not be fetched. */
  takeLanded(url: string): Page | undefined {
    const page = this.#landed;
    this.#landed = undefined;
    return page?.requestedUrl === url ? page : undefined;
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
   * Finds out, after an original or a photo's own page was refused, whether the site has ended the
   * session, and renews it then. The probe is the page that the listing begins with; callers share
   * one request for it. There is none while a session is being made.
   *
   * @param generation the session that the request was sent with
   * @returns whether there is a new session, with which to try again
   * @throws SignInError as {@link renew} does; Error where the site cannot be asked for now
   */
  async renewIfEnded(generation: number): Promise<boolean> {
    if (generation !== this.#generation) return true;
    const isEnded = this.#renewal !== undefined || (await this.#isEnded());
    // Another request may have shown meanwhile that the session has ended.
    if (!isEnded && this.#renewal === undefined) return generation !== this.#generation;
    await this.renew(generation);
    return true;
  }

  /** Probes the present session; what a probe of an earlier one finds says nothing of it. */
  #isEnded(): Promise<boolean> {
    const generation = this.#generation;
    if (this.#probe?.generation !== generation) {
      const probe = { generation, ended: this.#probeSession() };
      this.#probe = probe;
      const forget = () => {
        if (this.#probe === probe) this.#probe = undefined;
      };
      probe.ended.then(forget, forget);
    }
    return this.#probe.ended;
  }

  async #probeSession(): Promise<boolean> {
    const { profile, account, client } = this.site;
    const [start = account.siteUrl] = startAddresses(profile, account);
    const page = await client.fetchPage(readingRequest(profile, start));
    if (isOutOfOrder(page)) return false;
    const isEnded = this.isSignedOut(page);
    if (!isEnded) this.confirm();
    return isEnded;
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
