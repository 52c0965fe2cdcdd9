import http from 'node:http';
import https from 'node:https';
import type { Pacer } from './pacer.js';
import { patience } from './site-client.js';
import type { SiteCookies } from './site-cookies.js';

const mostRedirects = 5;

/** Why an original could not be fetched whole this time. */
export class DownloadError extends Error {
  override readonly name = 'DownloadError';

  /**
   * @param reason in words for a person
   * @param lasting true where the server says that asking again will hardly help (403, 404, 410)
   */
  constructor(
    readonly reason: string,
    readonly lasting = false,
    options?: ErrorOptions,
  ) {
    super(reason, options);
  }
}

/** The answer to a request for an original, its body not read yet. */
export interface OriginalAnswer {
  body: http.IncomingMessage;
  /** Bytes that the server announced, or undefined where it did not say. */
  announced: number | undefined;
  contentType: string | undefined;
}

/**
 * Fetches originals over connections that stay open. Node's own client does it, since an original
 * needs no more than a plain stream, and got takes twice the time and memory for it.
 */
export class OriginalClient {
  readonly #agents: { 'http:': http.Agent; 'https:': https.Agent };

  /** @param concurrency connections to one host at the most */
  constructor(
    private readonly options: {
      cookies: SiteCookies;
      pacer: Pacer;
      userAgent: string;
      concurrency: number;
      signal: AbortSignal;
    },
  ) {
    const agent = { keepAlive: true, maxSockets: options.concurrency };
    this.#agents = { 'http:': new http.Agent(agent), 'https:': new https.Agent(agent) };
  }

  /**
   * Asks for an original, following redirects.
   *
   * @throws DownloadError for an answer other than 200, or where the server cannot be reached
   */
  async open(url: string): Promise<OriginalAnswer> {
    let address = url;
    for (let redirects = 0; redirects <= mostRedirects; redirects++) {
      const answer = await this.#get(address);
      const { statusCode = 0, headers } = answer;
      if (statusCode === 200) {
        const announced = headers['content-length'];
        return {
          body: answer,
          announced: announced === undefined ? undefined : Number(announced),
          contentType: headers['content-type'],
        };
      }
      answer.resume();
      if (statusCode < 300 || statusCode > 399 || headers.location === undefined) {
        const lasting = [403, 404, 410].includes(statusCode);
        throw new DownloadError(`the server answered ${statusCode}`, lasting);
      }
      if (!URL.canParse(headers.location, address)) {
        throw new DownloadError('the server redirects to what is no address');
      }
      address = new URL(headers.location, address).href;
    }
    throw new DownloadError(`the server redirects more than ${mostRedirects} times`);
  }

  /** Closes the connections that were kept open. */
  close(): void {
    this.#agents['http:'].destroy();
    this.#agents['https:'].destroy();
  }

  async #get(url: string): Promise<http.IncomingMessage> {
    const { cookies, pacer, userAgent, signal } = this.options;
    const { protocol } = new URL(url);
    if (protocol !== 'http:' && protocol !== 'https:') {
      throw new DownloadError(
        `its address begins with ${protocol}, not with http: or https:`,
        true,
      );
    }
    await pacer.turn(signal);
    const cookie = await cookies.getCookieString(url);
    const headers = {
      'user-agent': userAgent,
      accept: 'image/*,video/*,*/*;q=0.8',
      'accept-encoding': 'identity',
      ...(cookie !== '' && { cookie }),
    };
    const { get } = protocol === 'http:' ? http : https;
    return new Promise((resolve, reject) => {
      const request = get(url, { agent: this.#agents[protocol], headers, signal }, resolve);
      request.setTimeout(patience.silence, () => {
        const seconds = patience.silence / 1000;
        request.destroy(new DownloadError(`no byte came for ${seconds} s`));
      });
      request.once('error', (error) => reject(asDownloadError(error)));
    });
  }
}

/** Puts a connection's failure into words; errors of other kinds are handed through. */
export function asDownloadError(error: unknown): unknown {
  if (error instanceof DownloadError || !(error instanceof Error)) return error;
  const { code } = error as NodeJS.ErrnoException;
  if (code === undefined || code === 'ABORT_ERR') return error;
  const words: Record<string, string> = {
    ECONNREFUSED: 'the server refuses connections',
    ECONNRESET: 'the connection broke off',
    ENOTFOUND: 'the server’s name is not known',
    EAI_AGAIN: 'the server’s name cannot be looked up',
    ETIMEDOUT: 'the server does not answer',
  };
  return new DownloadError(words[code] ?? `${error.message} (${code})`, false, { cause: error });
}
