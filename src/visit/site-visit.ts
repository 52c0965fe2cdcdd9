import type { Secrets } from '../album/secrets.js';
import { AddressGuard } from '../http/address-guard.js';
import { asDownloadError, DownloadError } from '../http/download-error.js';
import { OriginalClient } from '../http/original-client.js';
import { PageClient } from '../http/page-client.js';
import { RequestSlots } from '../http/request-slots.js';
import { SiteAuthorization } from '../http/site-authorization.js';
import { SiteCookies } from '../http/site-cookies.js';
import { type ReceivedOriginal, receiveOriginal } from '../originals/original-bytes.js';
import { submitForm } from '../page/form-submission.js';
import type { Page } from '../page/page.js';
import type { ReadingRequest } from '../page/reading-request.js';
import type { Profile } from '../profile/schema.js';
import type { SiteAccount } from '../profile/site-addresses.js';
import { signIn } from '../session/sign-in.js';
import { basicOf, type Credentials, type SignInProof } from '../session/sign-in-site.js';
import { pageAfter, submitted } from '../session/submit.js';
import type { ProxySettings } from '../settings/proxy-settings.js';
import { CountedRequests } from './counted-requests.js';

/** Milliseconds for which a host is left alone after 429 or 503 without a Retry-After. */
const pause = 5_000;

/** Where a visit goes, and how. */
export interface VisitOrder {
  account: SiteAccount;
  credentials: Credentials;
  /** Requests a minute at the most; no limit without it. */
  maxPerMinute: number | undefined;
  userAgent: string;
  /** Milliseconds without a byte after which a transfer is broken off. */
  idleTimeout: number;
  proxies: ProxySettings;
  /** Ends the visit early. */
  signal: AbortSignal;
  /** Hears of each request before it is sent. */
  onRequest?(url: string): void;
}

/** A picture or film that was fetched, and not kept. */
export interface SeenPicture extends ReceivedOriginal {
  url: string;
  /** In pixels; 0 where it is not known. */
  width: number;
  /** In pixels; 0 where it is not known. */
  height: number;
}

/** Looks at a site without saving anything, one request at a time. */
export class SiteVisit {
  readonly #cookies: SiteCookies;
  readonly #requests: CountedRequests;
  readonly #client: PageClient;
  readonly #originals: OriginalClient;

  /**
   * @param fixedHeaders headers that the profile names, for the album's own host alone
   * @param mostRequests redirects and retries included
   */
  constructor(
    private readonly order: VisitOrder,
    private readonly fixedHeaders: Readonly<Record<string, string>> = {},
    mostRequests = Number.POSITIVE_INFINITY,
  ) {
    const { account, credentials, maxPerMinute, signal } = order;
    this.#requests = new CountedRequests(maxPerMinute, mostRequests, order.onRequest);
    this.#cookies = new SiteCookies(account.siteUrl, basicOf(credentials));
    this.#client = this.#newClient(this.#cookies);
    const authorization = new SiteAuthorization(
      this.#requests,
      this.#cookies,
      signal,
      fixedHeaders,
    );
    const guard = new AddressGuard(account.siteUrl);
    this.#originals = new OriginalClient({ ...order, pause, authorization, guard });
  }

  /** Closes the connections that are kept open. */
  close(): void {
    this.#client.close();
    this.#originals.close();
  }

  /** What must be removed from texts of the site before they are shown or kept. */
  get secrets(): Secrets {
    return this.#cookies.secrets;
  }

  /** The addresses that were requested so far, in order. */
  get requests(): readonly string[] {
    return this.#requests.made;
  }

  /** Puts so many seconds between two requests from now on, at the least. */
  spaceOut(seconds: number): void {
    this.#requests.spaceOut(seconds * 1000);
  }

  /** Whether a host has asked for a pause that is not over. */
  isPaused(url: string): boolean {
    return this.#requests.isPaused(url);
  }

  /**
   * Waits until a further request to an address may be made: by another visit, say.
   *
   * @throws UnreachableError where the site asks for too long a pause; the signal's reason
   */
  waitUntilFree(url: string): Promise<void> {
    return this.#requests.waitUntilFree(url, this.order.signal);
  }

  /**
   * Signs in as a profile says.
   *
   * @param tell is told what each step found
   * @returns how it was proved
   * @throws SignInError if it was refused, or cannot be done; DownloadError; TooManyRequestsError
   */
  signIn(profile: Profile, tell?: (step: string, found: string) => void): Promise<SignInProof> {
    const { account, credentials } = this.order;
    const site = { profile, account, credentials, client: this.#client, cookies: this.#cookies };
    return signIn({ ...site, ...(tell && { tell }) }, false);
  }

  /**
   * Sends the user's name in a form that asks for it before the password.
   *
   * @param form a selector for the form of the page
   * @param field the name of its field
   * @returns the page that it leads to; undefined where there is no such form
   * @throws SignInError where it would go to another site; DownloadError; FormError;
   *   TooManyRequestsError
   */
  async sendUsername(page: Page, form: string, field: string): Promise<Page | undefined> {
    const { account, credentials } = this.order;
    const filled = { fields: { [field]: credentials.username } };
    const submission = submitForm(page, form, filled);
    if (submission === undefined) return undefined;
    const site = { account, client: this.#client };
    return pageAfter(site, await submitted(site, submission, page.url));
  }

  /**
   * Fetches a page, following redirects. An answer of any status is a page.
   *
   * @throws DownloadError if the server cannot be reached or the answer breaks off;
   *   TooManyRequestsError
   */
  fetchPage(request: string | ReadingRequest): Promise<Page> {
    return this.#client.fetchPage(request);
  }

  /** Fetches a page likewise, as a visitor who is not signed in and keeps no cookies. */
  async fetchSignedOut(request: string | ReadingRequest): Promise<Page> {
    const client = this.#newClient(new SiteCookies(this.order.account.siteUrl));
    try {
      return await client.fetchPage(request);
    } finally {
      client.close();
    }
  }

  /**
   * Fetches a picture or film whole, and keeps no byte of it but its beginning.
   *
   * @returns the error where there is no such picture, or it cannot be fetched
   * @throws TooManyRequestsError
   */
  async fetchPicture(url: string): Promise<SeenPicture | DownloadError> {
    try {
      const answer = await this.#originals.open(url);
      const received = await receiveOriginal(
        answer,
        async (_from, error) => {
          throw error;
        },
        () => undefined,
      );
      const { width = 0, height = 0 } = received.picture;
      return { ...received, url, width, height };
    } catch (error) {
      const failure = asDownloadError(error);
      if (failure instanceof DownloadError) return failure;
      throw error;
    }
  }

  #newClient(cookies: SiteCookies): PageClient {
    const throttle = this.#requests;
    const slots = new RequestSlots(1, throttle, this.order.signal);
    const { fixedHeaders } = this;
    return new PageClient({ ...this.order, pause, cookies, throttle, slots, fixedHeaders });
  }
}
