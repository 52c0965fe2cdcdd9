import type { IncomingMessage } from 'node:http';
import { pipeline, type Readable, Transform } from 'node:stream';
import type { FormSubmission } from '../page/form-submission.js';
import type { Page } from '../page/page.js';
import { type PageAnswer, readPage } from '../page/read-page.js';
import { posting, type ReadingRequest } from '../page/reading-request.js';
import { type ConnectionOptions, Connections, type WebRequest } from './connections.js';
import { acceptedCodings, decodedBody } from './content-coding.js';
import { asDownloadError, DownloadError } from './download-error.js';
import type { HostThrottle } from './host-throttle.js';
import { isWholeFile } from './partial-answer.js';
import { followRedirects, redirectTarget } from './redirects.js';
import { refererFor } from './referrer.js';
import type { RequestSlots } from './request-slots.js';
import { retryAfter } from './retry-after.js';
import type { SiteCookies } from './site-cookies.js';

/** Largest page in bytes: no page of thumbnails is that long. */
const mostPageBytes = 32 * 1024 * 1024;

/** As many as redirects (Fetch, section 4.4). */
const mostRefreshes = 20;

/** What every request of a run has in common. */
export interface ClientOptions extends ConnectionOptions {
  cookies: SiteCookies;
  throttle: HostThrottle;
  slots: RequestSlots;
  userAgent: string;
  /** Headers that the profile names, for the album's own host alone. */
  fixedHeaders?: Readonly<Record<string, string>>;
  /** Milliseconds for which a host is paused after 429 or 503 without a Retry-After. */
  pause: number;
}

/** A request for a page. */
interface PageRequest extends Omit<WebRequest, 'headers' | 'referrer'> {
  /** Further ones, by names in lower case. */
  headers?: Readonly<Record<string, string>>;
  /** Whether redirects are followed; they are without it. */
  isFollowed?: boolean;
}

/** An answer whose body is read from its stream. */
interface StreamedAnswer extends PageAnswer {
  stream: Readable;
  headers: IncomingMessage['headers'];
}

/** An answer whose redirect was not followed. */
export interface DirectAnswer {
  page: Page;
  /** Its headers, by names in lower case. */
  headers: PageAnswer['headers'];
  /** Where the answer redirects to, as a full address, or undefined. */
  location: string | undefined;
}

/** Fails once a page is longer than a page can be. */
function limited(): Transform {
  let bytes = 0;
  return new Transform({
    transform(chunk: Buffer, _encoding, done) {
      bytes += chunk.length;
      const problem =
        bytes > mostPageBytes
          ? new DownloadError(`the page is longer than ${mostPageBytes} bytes`)
          : null;
      done(problem, chunk);
    },
  });
}

/**
 * The HTTP client for pages, for the crawler and for the sign-in, with the run's own cookies and an
 * honest user agent.
 */
export class PageClient {
  readonly #connections: Connections;

  constructor(private readonly options: ClientOptions) {
    this.#connections = new Connections(options);
  }

  /** Closes the connections that are kept open. */
  close(): void {
    this.#connections.close();
  }

  /**
   * Fetches a page, following redirects. An answer of any status is a page.
   *
   * @throws DownloadError if the server cannot be reached or the answer breaks off
   */
  async fetchPage(request: string | ReadingRequest): Promise<Page> {
    const reading = typeof request === 'string' ? { url: request } : request;
    const { url } = reading;
    const answer = await this.stream({ url, ...posting(reading) });
    return this.read(url, answer, answer.stream);
  }

  /**
   * Reads an answer as the page of an address, and follows it where it leads on by itself at once, as
   * if that were a redirect.
   *
   * @throws as {@link fetchPage}; Error for a page that leads on without end
   */
  async read(address: string, first: PageAnswer, body: Readable): Promise<Page> {
    const requestedUrl = this.options.cookies.secrets.reveal(address);
    let page = await readPage(requestedUrl, first, body);
    for (let hops = 0; page.refreshUrl !== undefined; hops++) {
      if (hops === mostRefreshes) throw new Error('the page leads on to other pages without end');
      const answer = await this.stream({ url: page.refreshUrl });
      page = await readPage(requestedUrl, answer, answer.stream);
    }
    return page;
  }

  /**
   * Submits a form, or another such request, and stops at the answer: a redirect is not followed, so
   * that what was sent goes to this address alone.
   *
   * @param from the address of the page that it is sent from
   * @param headers further ones, by names in lower case
   * @throws DownloadError if the server cannot be reached or the answer breaks off
   */
  async submit(
    { method, url, body }: FormSubmission,
    from: string,
    headers: Readonly<Record<string, string>> = {},
  ): Promise<DirectAnswer> {
    const referer = refererFor(from, url);
    const answer = await this.stream({
      ...{ url, method, isFollowed: false },
      ...(body && { body: body.bytes }),
      headers: {
        ...headers,
        ...(referer && { referer }),
        // Fetch, section 3.2: every request but GET and HEAD says where it comes from.
        ...(body && { 'content-type': body.type, origin: new URL(from).origin }),
      },
    });
    return {
      page: await readPage(url, answer, answer.stream),
      headers: answer.headers,
      location: redirectTarget(answer, url),
    };
  }

  /**
   * Sends a request, following redirects unless it says otherwise.
   *
   * @returns the answer of any status; its body is read from the stream
   * @throws DownloadError if the server cannot be reached; what breaks off later is an error of the stream
   */
  async stream(request: PageRequest): Promise<StreamedAnswer> {
    const { slots } = this.options;
    const releaseSlot = await slots.acquire(request.url, 'page');
    try {
      const { answer, url } = await this.#request(request);
      const { statusCode = 0, headers } = answer;
      if (statusCode === 206 && !isWholeFile(headers)) {
        answer.destroy();
        throw new DownloadError('the server sent a part (206) where the whole was requested');
      }
      const { body } = await decodedBody(answer, headers['content-encoding']);
      // The reader of the limited stream gets the error too.
      const stream = pipeline(body, limited(), releaseSlot);
      return { stream, url, headers, statusCode: statusCode === 206 ? 200 : statusCode };
    } catch (error) {
      releaseSlot();
      throw asDownloadError(error);
    }
  }

  #request({ url, method, body, headers, isFollowed = true }: PageRequest) {
    const { userAgent, cookies } = this.options;
    const request: WebRequest = {
      url: cookies.secrets.reveal(url),
      method: method ?? 'GET',
      headers: {
        'user-agent': userAgent,
        accept: 'text/html,*/*;q=0.8',
        'accept-encoding': acceptedCodings,
        ...headers,
      },
      body,
    };
    if (isFollowed) return followRedirects(request, (one) => this.#send(one));
    return this.#send(request).then((answer) => ({ answer, url: request.url }));
  }

  /** Sends one request of a chain, with what its own address may be given. */
  async #send(request: WebRequest): Promise<IncomingMessage> {
    const { cookies, throttle, fixedHeaders, pause, signal } = this.options;
    const { url, referrer, method } = request;
    if (method !== 'GET' && !cookies.isOwn(url)) {
      const { origin } = new URL(url);
      const advice = 'If that is the album’s own site, set ALBUM_URL to it';
      throw new DownloadError(
        `what is posted goes to the album’s own host alone, not to ${origin}. ${advice}`,
        'barred',
      );
    }
    await throttle.waitForTurn(url, signal);
    const { session } = cookies;
    const cookie = await cookies.getCookieString(url);
    const referer = refererFor(referrer, url);
    const headers = {
      ...request.headers,
      ...(referer && { referer }),
      ...(cookies.isOwn(url) && fixedHeaders),
      ...(cookie !== '' && { cookie }),
      ...cookies.headersFor(url),
    };
    const answer = await this.#connections.send(
      { ...request, url: cookies.addressFor(url), headers },
      (again) => throttle.waitForTurn(again, signal),
    );
    for (const header of answer.headers['set-cookie'] ?? []) {
      await cookies.setCookie(header, url, session);
    }
    const { statusCode, headers: answered } = answer;
    if (statusCode === 401 && cookies.answerChallenge(url, answered['www-authenticate'])) {
      answer.resume();
      return this.#send(request);
    }
    if (statusCode === 429 || statusCode === 503) {
      throttle.slowDown(url, retryAfter(answered['retry-after'], Date.now()) ?? pause);
    }
    return answer;
  }
}
