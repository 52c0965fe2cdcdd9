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
import type { HostThrottle } from './host-throttle.js';
import { linkedSignal } from './linked-signal.js';
import type { RequestSlots } from './request-slots.js';
import { retryAfter } from './retry-after.js';
import type { SiteCookies } from './site-cookies.js';

/** Milliseconds that making a connection may take. */
const connectTime = 30_000;
/** Bytes of a page at the most: no page of thumbnails is that long. */
const mostPageBytes = 32 * 1024 * 1024;

/** What every request of a run has in common. */
export interface ClientOptions {
  cookies: SiteCookies;
  hosts: HostThrottle;
  slots: RequestSlots;
  userAgent: string;
  /** Milliseconds without a byte after which a request is broken off. */
  idleTimeout: number;
  /** Milliseconds that a page may take in all, from its request to its last byte. */
  page: number;
  /** Milliseconds that a host is left alone after 429 or 503 without a Retry-After. */
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
  statusCode: number;
  /** Where the answer redirects to, in full, or undefined. */
  location: string | undefined;
  body: string;
}

/** A request that has been redirected, before it goes on. */
interface Redirected {
  url?: string | URL | undefined;
  headers: Record<string, string | string[] | undefined>;
}

/** Lets a page through as long as it is not longer than a page can be. */
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
 * The HTTP client that Crawlee fetches pages with: got-scraping with the run's own cookies, an
 * honest user agent in place of a generated browser's, and certificates checked.
 */
export class PageClient implements BaseHttpClient {
  constructor(private readonly options: ClientOptions) {}

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
    const { hosts, slots, pause, signal: runSignal } = this.options;
    const leaveSlot = await slots.take(String(request.url), 'page');
    await hosts.turn(request.url, runSignal).catch((error: unknown) => {
      leaveSlot();
      throw error;
    });
    const { signal, release: untie } = linkedSignal(runSignal);
    const release = () => {
      leaveSlot();
      untie();
    };
    const answer = gotScraping.stream({ ...this.#common(request), signal, isStream: true });
    const response = await new Promise<Response>((resolve, reject) => {
      answer.once('error', reject);
      answer.once('response', resolve);
    }).catch((error: unknown) => {
      release();
      throw error;
    });
    const { statusCode, headers } = response;
    if (statusCode === 429 || statusCode === 503) {
      hosts.slowDown(response.url, retryAfter(headers['retry-after'], Date.now()) ?? pause);
    }
    // The reader of the limited stream gets the error too.
    const stream = pipeline(answer, limited(), release);
    return Object.assign(response, { stream, request }) as unknown as StreamingHttpResponse;
  }

  /**
   * Posts, and stops at the answer: a redirect is not followed, so that what was posted goes to
   * this address alone.
   *
   * @throws got's RequestError if the server cannot be reached
   */
  async post(url: string, { body, type, from }: Posted): Promise<PostAnswer> {
    const response = await this.sendRequest({
      url,
      method: 'POST',
      body,
      headers: { 'content-type': type, referer: from },
      followRedirect: false,
    });
    const { location } = response.headers;
    return {
      statusCode: response.statusCode,
      location: typeof location === 'string' ? new URL(location, url).href : undefined,
      body: response.body,
    };
  }

  #common(request: HttpRequest<keyof ResponseTypes>) {
    const { cookies, userAgent, hosts, idleTimeout, page, signal } = this.options;
    return {
      url: request.url,
      method: request.method ?? 'GET',
      ...(request.body !== undefined && { body: request.body as string }),
      ...(request.followRedirect !== undefined && { followRedirect: request.followRedirect }),
      headers: {
        'user-agent': userAgent,
        accept: 'text/html,*/*;q=0.8',
        ...request.headers,
        ...cookies.headersFor(String(request.url)),
      },
      cookieJar: cookies,
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
        request: page,
      },
      https: { rejectUnauthorized: true },
      hooks: {
        beforeRedirect: [
          async ({ url, headers }: Redirected) => {
            if (url === undefined) return;
            // got knows to leave Authorization behind, not a header of another name.
            if (cookies.tokenName !== undefined) delete headers[cookies.tokenName];
            Object.assign(headers, cookies.headersFor(String(url)));
            await hosts.turn(url, signal);
          },
        ],
      },
    };
  }
}
