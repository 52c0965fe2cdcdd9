import { pipeline, Transform } from 'node:stream';
import { text } from 'node:stream/consumers';
import type {
  BaseHttpClient,
  HttpRequest,
  HttpResponse,
  ResponseTypes,
  StreamingHttpResponse,
} from '@crawlee/cheerio';
import { gotScraping, type Response } from 'got-scraping';
import type { FormSubmission } from '../page/form-submission.js';
import type { Page } from '../page/page.js';
import { readPage } from '../page/read-page.js';
import type { HostThrottle } from './host-throttle.js';
import { linkedSignal } from './linked-signal.js';
import type { RequestSlots } from './request-slots.js';
import { retryAfter } from './retry-after.js';
import type { SiteCookies } from './site-cookies.js';

/** Milliseconds that making a connection may take. */
const connectTime = 30_000;
/** Largest page in bytes: no page of thumbnails is that long. */
const mostPageBytes = 32 * 1024 * 1024;

/** As many as redirects (Fetch, section 4.4). */
const mostRefreshes = 20;

/** What every request of a run has in common. */
export interface ClientOptions {
  cookies: SiteCookies;
  throttle: HostThrottle;
  slots: RequestSlots;
  userAgent: string;
  /** Milliseconds without a byte after which a request is broken off. */
  idleTimeout: number;
  /** Milliseconds for which a host is paused after 429 or 503 without a Retry-After. */
  pause: number;
  /** Aborted when requests under way are to be dropped. */
  signal: AbortSignal;
}

/** What is posted to sign in. */
export interface Posted {
  body: string;
  /** Its content type. */
  type: string;
  /** The page that it is sent from. */
  from: string;
}

/** The answer to what was posted. */
export interface PostAnswer {
  page: Page;
  /** Where the answer redirects to, as a full address, or undefined. */
  location: string | undefined;
}

/** A request that got redirected, before it is sent on. */
interface Redirected {
  url?: string | URL | undefined;
  headers: Record<string, string | string[] | undefined>;
}

/** Referrer Policy, section 3.8, strict-origin-when-cross-origin; from an encrypted page none to one that is not. */
function refererFor(from: string, to: string): string | undefined {
  const [page, target] = [new URL(from), new URL(to)];
  if (page.protocol === 'https:' && target.protocol !== 'https:') return undefined;
  page.hash = '';
  return page.origin === target.origin ? page.href : `${page.origin}/`;
}

/** Fails once a page is longer than a page can be. */
function limited(): Transform {
  let bytes = 0;
  return new Transform({
    transform(chunk: Buffer, _encoding, done) {
      bytes += chunk.length;
      const problem =
        bytes > mostPageBytes ? new Error(`the page is longer than ${mostPageBytes} bytes`) : null;
      done(problem, chunk);
    },
  });
}

/**
 * The HTTP client for pages, for the crawler and for the sign-in: got-scraping with the run's own
 * cookies, an honest user agent in place of a generated browser's, and certificates checked.
 */
export class PageClient implements BaseHttpClient {
  constructor(private readonly options: ClientOptions) {}

  /**
   * Fetches a page, following redirects. An answer of any status is a page.
   *
   * @throws got's RequestError if the server cannot be reached or the answer breaks off
   */
  async fetchPage(url: string): Promise<Page> {
    const answer = await this.stream({ url });
    return this.followRefreshes(await readPage(url, answer, answer.stream));
  }

  /**
   * Follows a page that leads on by itself at once, as if it were a redirect.
   *
   * @throws as {@link fetchPage}; Error for a page that leads on without end
   */
  async followRefreshes(first: Page): Promise<Page> {
    let page = first;
    for (let hops = 0; page.refreshUrl !== undefined; hops++) {
      if (hops === mostRefreshes) throw new Error('the page leads on to other pages without end');
      const answer = await this.stream({ url: page.refreshUrl });
      page = await readPage(first.requestedUrl, answer, answer.stream);
    }
    return page;
  }

  /**
   * Posts, and stops at the answer: a redirect is not followed, so that what was posted goes to
   * this address alone.
   *
   * @throws got's RequestError if the server cannot be reached or the answer breaks off
   */
  post(url: string, { body, type, from }: Posted): Promise<PostAnswer> {
    return this.submit({ method: 'POST', url, body: { bytes: Buffer.from(body), type } }, from);
  }

  /**
   * Submits a form, and stops at the answer as {@link post} does.
   *
   * @param from the address of the form's page
   * @throws as {@link post}
   */
  async submit({ method, url, body }: FormSubmission, from: string): Promise<PostAnswer> {
    const answer = await this.stream({
      ...{ url, method, followRedirect: false },
      ...(body && { body: body.bytes }),
      headers: {
        referer: refererFor(from, url),
        // Fetch, section 3.2: every request but GET and HEAD says where it comes from.
        ...(body && { 'content-type': body.type, origin: new URL(from).origin }),
      },
    });
    const { location } = answer.headers;
    return {
      page: await readPage(url, answer, answer.stream),
      location: typeof location === 'string' ? new URL(location, url).href : undefined,
    };
  }

  /** @inheritdoc */
  async sendRequest<Type extends keyof ResponseTypes = 'text'>(
    request: HttpRequest<Type>,
  ): Promise<HttpResponse<Type>> {
    const response = await this.stream(request);
    const body = await text(response.stream);
    return Object.assign(response, { body }) as unknown as HttpResponse<Type>;
  }

  /** @inheritdoc */
  async stream(request: HttpRequest<keyof ResponseTypes>): Promise<StreamingHttpResponse> {
    const { cookies, throttle, slots, pause, signal: runSignal } = this.options;
    const releaseSlot = await slots.acquire(String(request.url), 'page');
    await throttle.waitForTurn(request.url, runSignal).catch((error: unknown) => {
      releaseSlot();
      throw error;
    });
    const { signal, release: untie } = linkedSignal(runSignal);
    const release = () => {
      releaseSlot();
      untie();
    };
    const answer = gotScraping.stream({ ...this.#gotOptions(request), signal, isStream: true });
    const response = await new Promise<Response>((resolve, reject) => {
      answer.once('error', reject);
      answer.once('response', resolve);
    }).catch((error: unknown) => {
      release();
      throw error;
    });
    const { statusCode, headers } = response;
    if (statusCode === 401 && cookies.answerChallenge(response.url, headers['www-authenticate'])) {
      answer.destroy();
      release();
      return this.stream(request);
    }
    if (statusCode === 429 || statusCode === 503) {
      throttle.slowDown(response.url, retryAfter(headers['retry-after'], Date.now()) ?? pause);
    }
    // The reader of the limited stream gets the error too.
    const stream = pipeline(answer, limited(), release);
    return Object.assign(response, { stream, request }) as unknown as StreamingHttpResponse;
  }

  #gotOptions(request: HttpRequest<keyof ResponseTypes>) {
    const { cookies, userAgent, throttle, idleTimeout, signal } = this.options;
    return {
      url: request.url,
      method: request.method ?? 'GET',
      ...(request.body !== undefined && { body: request.body as Buffer }),
      ...(request.followRedirect !== undefined && { followRedirect: request.followRedirect }),
      headers: {
        'user-agent': userAgent,
        accept: 'text/html,*/*;q=0.8',
        ...request.headers,
        ...cookies.headersFor(String(request.url)),
      },
      cookieJar: cookies.forRequest(),
      useHeaderGenerator: false,
      http2: false,
      insecureHTTPParser: false,
      methodRewriting: true,
      throwHttpErrors: false,
      retry: { limit: 0 },
      timeout: {
        connect: connectTime,
        secureConnect: connectTime,
        socket: idleTimeout,
      },
      https: { rejectUnauthorized: true },
      hooks: {
        beforeRedirect: [
          async ({ url, headers }: Redirected) => {
            if (url === undefined) return;
            // got knows to leave Authorization behind, not a header of another name.
            for (const name of cookies.headerNames) delete headers[name];
            Object.assign(headers, cookies.headersFor(String(url)));
            await throttle.waitForTurn(url, signal);
          },
        ],
      },
    };
  }
}
