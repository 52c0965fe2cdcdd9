import { UnreachableError } from '../errors.js';
import { DownloadError } from '../http/download-error.js';
import type { Page } from '../page/page.js';
import type { ReadingRequest } from '../page/reading-request.js';
import { TooManyRequestsError } from '../visit/counted-requests.js';
import type { SeenPicture, SiteVisit } from '../visit/site-visit.js';
import { HarmfulLinks } from './harmful-links.js';
import type { Look } from './look.js';
import { mayChange } from './safe-address.js';

/** Tries of a page or a picture where the site is busy, or what it sends breaks off. */
const mostTries = 3;

/** An address that was not requested, and why. */
export interface RefusedAddress {
  url: string;
  why: string;
  /** Whether the site's robots.txt forbids it. */
  isByRobots?: true;
}

/**
 * Looks at a site by requests that read, one after the other, each once. It refuses addresses that may
 * change something there, those on other hosts, and those that robots.txt forbids.
 */
export class SiteLook implements Look {
  readonly refused: RefusedAddress[] = [];
  /** Pages that could not be fetched, in order. */
  readonly failures: { url: string; error: DownloadError }[] = [];
  #isAllowed: (url: string) => boolean = () => true;
  readonly #harmful = new HarmfulLinks();
  readonly #pages = new Map<string, Page | undefined>();
  readonly #pictures = new Map<string, SeenPicture | DownloadError>();
  readonly #host: string;
  #lastTurn: Promise<unknown> = Promise.resolve();

  /**
   * @param siteUrl the album's address; pages are fetched from its host alone
   * @param most requests in all, redirects included
   * @param mayPost whether a page may be read by a request that posts: one that a person has recorded
   */
  constructor(
    private readonly visit: SiteVisit,
    siteUrl: string,
    private readonly most: number,
    private readonly mayPost = false,
  ) {
    this.#host = hostOf(siteUrl);
  }

  get left(): number {
    return Math.max(0, this.most - this.visit.requests.length);
  }

  /** @param isAllowed whether the site's robots.txt allows an address */
  obey(isAllowed: (url: string) => boolean): void {
    this.#isAllowed = isAllowed;
  }

  /** Forgets what was fetched: after a sign-in the same addresses may show something else. */
  forget(): void {
    this.#pages.clear();
    this.#pictures.clear();
  }

  page(request: string | ReadingRequest): Promise<Page | undefined> {
    return this.#inTurn(async () => {
      const key = keyOf(request);
      if (!this.#pages.has(key)) this.#pages.set(key, await this.#fetch(request));
      return this.#pages.get(key);
    });
  }

  /** Fetches a page that was fetched before once more, to see what changes from one time to the next. */
  again(request: string | ReadingRequest): Promise<Page | undefined> {
    return this.#inTurn(() => this.#fetch(request));
  }

  picture(url: string): Promise<SeenPicture | DownloadError | undefined> {
    return this.#inTurn(async () => {
      const known = this.#pictures.get(url);
      if (known !== undefined) return known;
      if (this.#refuses(url)) return undefined;
      const seen = await this.#tried(url, () => this.visit.fetchPicture(url));
      if (seen !== undefined) this.#pictures.set(url, seen);
      return seen;
    });
  }

  sendUsername(page: Page, form: string, field: string): Promise<Page | undefined> {
    return this.#inTurn(() => unlessSpent(() => this.visit.sendUsername(page, form, field)));
  }

  /** Runs one request after the other. */
  #inTurn<Result>(work: () => Promise<Result>): Promise<Result> {
    const turn = this.#lastTurn.then(work);
    this.#lastTurn = turn.catch(() => undefined);
    return turn;
  }

  async #fetch(request: string | ReadingRequest): Promise<Page | undefined> {
    const { url, body } = typeof request === 'string' ? { url: request } : request;
    const posts = body !== undefined && !this.mayPost;
    if (posts) this.#refuse(url, 'it would post something');
    if (posts || this.#refuses(url)) return undefined;
    if (hostOf(url) !== this.#host) {
      this.#refuse(url, 'it is on another host');
      return undefined;
    }
    const page = await this.#tried(url, () => this.visit.fetchPage(request).catch(asFailure));
    const isBusy = page !== undefined && 'status' in page && page.status === 503;
    const error = isBusy ? new DownloadError('the site answered 503') : page;
    if (error instanceof DownloadError) this.failures.push({ url, error });
    if (page === undefined || page instanceof DownloadError) return undefined;
    this.#harmful.add(page);
    return page;
  }

  /**
   * Requests something until it comes, or tells that it never will.
   *
   * @throws UnreachableError for a site that wants fewer requests: what is not seen would be taken for
   *   not there
   */
  async #tried<Result extends Page | SeenPicture>(
    url: string,
    request: () => Promise<Result | DownloadError>,
  ): Promise<Result | DownloadError | undefined> {
    for (let tries = 1; ; tries++) {
      const result = await unlessSpent(request);
      if (result === undefined || !this.#mayComeLater(url, result)) return result;
      if (tries < mostTries && this.left > 0) continue;
      if (!('status' in result && result.status === 429)) return result;
      throw new UnreachableError(`${url} answered 429: too many requests. Try again later.`);
    }
  }

  #mayComeLater(url: string, result: Page | SeenPicture | DownloadError): boolean {
    if ('status' in result) return result.status === 429 || result.status === 503;
    if (!(result instanceof DownloadError)) return false;
    const { failure } = result;
    return failure === 'connection' || (failure === 'answer' && this.visit.isPaused(url));
  }

  #refuses(url: string): boolean {
    if (this.left === 0) return true;
    const word = mayChange(new URL(url)) ?? this.#harmful.wordFor(url);
    if (word !== undefined) return this.#refuse(url, `“${word}” may change something on the site`);
    return (
      !this.#isAllowed(url) && this.#refuse(url, 'robots.txt forbids it', { isByRobots: true })
    );
  }

  #refuse(url: string, why: string, more: { isByRobots?: true } = {}): true {
    if (!this.refused.some((one) => one.url === url)) this.refused.push({ url, why, ...more });
    return true;
  }
}

/** The host with its port, where `www.` makes no difference. */
function hostOf(url: string): string {
  return new URL(url).host.replace(/^www\./, '');
}

function keyOf(request: string | ReadingRequest): string {
  const { url, body } = typeof request === 'string' ? { url: request } : request;
  const address = new URL(url);
  address.hash = '';
  return body === undefined ? address.href : `${address.href} ${body.text}`;
}

function asFailure(error: unknown): DownloadError {
  if (error instanceof DownloadError) return error;
  throw error;
}

async function unlessSpent<Result>(work: () => Promise<Result>): Promise<Result | undefined> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof TooManyRequestsError) return undefined;
    throw error;
  }
}
