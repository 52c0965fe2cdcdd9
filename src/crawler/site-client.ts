import type {
  BaseHttpClient,
  HttpRequest,
  HttpResponse,
  ResponseTypes,
  StreamingHttpResponse,
} from '@crawlee/cheerio';
import { gotScraping, type Response } from 'got-scraping';
import { linkedSignal } from './linked-signal.js';
import type { Pacer } from './pacer.js';
import type { SiteCookies } from './site-cookies.js';

/** How long a server may take, in milliseconds: to connect, and between two signs of life. */
export const patience = { connect: 30_000, silence: 30_000 };

/** What every request of a run has in common. */
export interface ClientOptions {
  cookies: SiteCookies;
  pacer: Pacer;
  userAgent: string;
  /** Aborted when requests under way are to be dropped. */
  signal: AbortSignal;
}

/** The answer to the sign-in form. */
export interface PostAnswer {
  statusCode: number;
  /** Where the answer redirects to, in full, or undefined. */
  location: string | undefined;
  body: string;
}

/**
 * The HTTP client that Crawlee fetches pages with: got-scraping with the run's own cookies, an
 * honest user agent in place of a generated browser's, and certificates checked.
 */
export class SiteClient implements BaseHttpClient {
  constructor(private readonly options: ClientOptions) {}

  /** @inheritdoc */
  async sendRequest<Type extends keyof ResponseTypes = 'text'>(
    request: HttpRequest<Type>,
  ): Promise<HttpResponse<Type>> {
    await this.options.pacer.turn(this.options.signal);
    const { signal, release } = linkedSignal(this.options.signal);
    try {
      const options = { ...this.#common(request), signal, responseType: 'text' as const };
      return (await gotScraping(options)) as unknown as HttpResponse<Type>;
    } finally {
      release();
    }
  }

  /** @inheritdoc */
  async stream(request: HttpRequest): Promise<StreamingHttpResponse> {
    await this.options.pacer.turn(this.options.signal);
    const { signal, release } = linkedSignal(this.options.signal);
    const stream = gotScraping.stream({ ...this.#common(request), signal, isStream: true });
    for (const end of ['end', 'error', 'close']) stream.once(end, release);
    return new Promise((resolve, reject) => {
      stream.once('error', reject);
      stream.once('response', (response: Response) => {
        resolve(Object.assign(response, { stream, request }) as unknown as StreamingHttpResponse);
      });
    });
  }

  /**
   * Posts a form, and stops at the answer: a redirect is not followed, so that what was posted goes
   * to this address alone.
   *
   * @throws got's RequestError if the server cannot be reached
   */
  async postForm(url: string, form: Record<string, string>, from: string): Promise<PostAnswer> {
    const response = await this.sendRequest({
      url,
      method: 'POST',
      body: new URLSearchParams(form).toString(),
      headers: { 'content-type': 'application/x-www-form-urlencoded', referer: from },
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
    const { cookies, userAgent } = this.options;
    return {
      url: request.url,
      method: request.method ?? 'GET',
      ...(request.body !== undefined && { body: request.body as string }),
      ...(request.followRedirect !== undefined && { followRedirect: request.followRedirect }),
      headers: { 'user-agent': userAgent, accept: 'text/html,*/*;q=0.8', ...request.headers },
      cookieJar: cookies,
      useHeaderGenerator: false,
      http2: false,
      insecureHTTPParser: false,
      methodRewriting: true,
      throwHttpErrors: false,
      retry: { limit: 0 },
      timeout: {
        connect: patience.connect,
        secureConnect: patience.connect,
        socket: patience.silence,
      },
      https: { rejectUnauthorized: true },
    };
  }
}
