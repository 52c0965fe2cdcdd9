import type { IncomingHttpHeaders, IncomingMessage } from 'node:http';
import type { Readable } from 'node:stream';
import type { AddressGuard } from './address-guard.js';
import { type ConnectionOptions, Connections, type WebRequest } from './connections.js';
import { decodedBody } from './content-coding.js';
import {
  asDownloadError,
  CannotResumeError,
  DamagedOriginalError,
  DownloadError,
  RefusedError,
  refusingStatuses,
} from './download-error.js';
import { isWholeFile, rangeOf } from './partial-answer.js';
import { followRedirects } from './redirects.js';
import { refererFor } from './referrer.js';
import type { Authorization, RequestAuthorization } from './request-authorization.js';
import { retryAfter } from './retry-after.js';

/** Statuses below 500 after which a retry may help. */
const temporary = [408, 425, 429];
/** Statuses after which the host is paused for all requests. */
const pausing = [429, 503];

/** Where a broken transfer is to be resumed. */
export interface ResumePoint {
  /** Bytes that have come already. */
  from: number;
  /** The ETag or date that shows whether the file is still the same. */
  validator: string;
}

/** How an original is requested. */
interface RequestOptions {
  /** The authorization of the address, where it was given already. */
  authorization?: Authorization | undefined;
  /** The address of the page that shows it. */
  referrer?: string | undefined;
  /** Requests only the rest. */
  resume?: ResumePoint | undefined;
}

/** The answer to a request for an original, its body not read yet. */
export interface OriginalAnswer {
  body: Readable;
  /** Bytes of the whole original that the server announced, or undefined where it did not say. */
  announced: number | undefined;
  /** With which a broken transfer can be resumed, or undefined where it has to begin anew. */
  validator: string | undefined;
}

/** What the client for originals needs. */
export interface OriginalClientOptions extends ConnectionOptions {
  authorization: RequestAuthorization;
  guard: AddressGuard;
  userAgent: string;
  /** Milliseconds for which a host is paused after 429 or 503 without a Retry-After. */
  pause: number;
}

/** Fetches originals. */
export class OriginalClient {
  readonly #connections: Connections;

  constructor(private readonly options: OriginalClientOptions) {
    this.#connections = new Connections(options);
  }

  /**
   * Requests an original, following redirects.
   *
   * @throws DownloadError for an answer other than the original (or than its rest, where that was
   *   requested), or where the server cannot be reached
   */
  async open(
    url: string,
    { authorization, referrer, resume }: RequestOptions = {},
  ): Promise<OriginalAnswer> {
    const { userAgent } = this.options;
    const headers = {
      'user-agent': userAgent,
      accept: 'image/*,video/*,*/*;q=0.8',
      'accept-encoding': 'identity',
      ...(resume && { range: `bytes=${resume.from}-`, 'if-range': resume.validator }),
    };
    let address = url;
    let given = authorization;
    try {
      const { answer } = await followRedirects({ url, headers, referrer }, async (request) => {
        address = request.url;
        const sent = given;
        given = undefined;
        return this.#getAuthorized(request, sent);
      });
      return await this.#opened(answer, address, resume);
    } catch (error) {
      throw this.#noted(address, url, asDownloadError(error));
    }
  }

  /** Notes that a transfer broke off, or that what came was not the original or is damaged. */
  failed(url: string, error: DownloadError): void {
    this.#noted(url, url, error);
  }

  /** Closes the connections that are kept open. */
  close(): void {
    this.#connections.close();
  }

  #noted(address: string, request: string, error: unknown): unknown {
    if (!(error instanceof DownloadError) || this.options.signal.aborted) return error;
    const { authorization } = this.options;
    const { failure, reason } = error;
    const hasAnswered = failure === 'lasting' || error instanceof DamagedOriginalError;
    if (hasAnswered) authorization.answered(address);
    else if (failure !== 'barred') authorization.failed(address, request, failure, reason);
    return error;
  }

  /** Sends a request, and where it is answered with a challenge, once more with the answer to that. */
  async #getAuthorized(
    request: WebRequest,
    given: Authorization | undefined,
  ): Promise<IncomingMessage> {
    const { authorization } = this.options;
    const sent = given ?? (await authorization.authorize(request.url));
    const answer = await this.#get(request, sent);
    const challenge = answer.headers['www-authenticate'];
    if (answer.statusCode !== 401 || challenge === undefined) return answer;
    const asked = await authorization.authorize(request.url, challenge);
    if (asked.headers.authorization === sent.headers.authorization) return answer;
    answer.resume();
    return this.#get(request, asked);
  }

  async #get(
    request: WebRequest,
    { headers: authorized, address, session }: Authorization,
  ): Promise<IncomingMessage> {
    const { authorization, guard } = this.options;
    const { url, referrer } = request;
    const referer = refererFor(referrer, url);
    const headers = { ...request.headers, ...(referer && { referer }), ...authorized };
    const answer = await this.#connections.send(
      { ...request, url: address, headers },
      (again) => authorization.authorize(again),
      guard,
    );
    const cookies = answer.headers['set-cookie'];
    if (cookies !== undefined) authorization.setCookies(url, cookies, session);
    return answer;
  }

  async #opened(
    answer: IncomingMessage,
    address: string,
    resume: ResumePoint | undefined,
  ): Promise<OriginalAnswer> {
    try {
      return await (resume === undefined ? wholeOf(answer) : restOf(answer, resume));
    } catch (error) {
      answer.resume();
      const { statusCode = 0, headers } = answer;
      if (pausing.includes(statusCode)) {
        const wait = retryAfter(headers['retry-after'], Date.now()) ?? this.options.pause;
        this.options.authorization.slowDown(address, wait);
      }
      throw error;
    }
  }
}

/** RFC 9110, section 15.3.4: 203 is a 200 that a proxy has changed. */
async function wholeOf(answer: IncomingMessage): Promise<OriginalAnswer> {
  const { statusCode = 0, headers } = answer;
  if (statusCode === 206 && !isWholeFile(headers)) {
    throw new DownloadError('the server sent a part (206) where the whole was requested');
  }
  if (![200, 203, 206].includes(statusCode)) throw refusalOf(statusCode);
  const { body, isDecoded } = await decodedBody(answer, headers['content-encoding']);
  if (isDecoded) return { body, announced: undefined, validator: undefined };
  // RFC 9112, section 6.3: a length beside chunks does not count.
  const length = headers['transfer-encoding'] === undefined ? headers['content-length'] : undefined;
  return {
    body,
    announced: length === undefined ? undefined : Number(length),
    validator: validatorOf(headers),
  };
}

function restOf(answer: IncomingMessage, resume: ResumePoint): OriginalAnswer {
  const { statusCode = 0, headers } = answer;
  if ([200, 203].includes(statusCode)) {
    throw new CannotResumeError('the server cannot resume the transfer');
  }
  if (statusCode !== 206) throw refusalOf(statusCode);
  const range = rangeOf(headers);
  if (range?.first !== resume.from) {
    throw new CannotResumeError('the server sent another part than the one requested');
  }
  const validator = validatorOf(headers);
  if (validator !== undefined && validator !== resume.validator) {
    throw new CannotResumeError('the server sent a part of another file');
  }
  return { body: answer, announced: range.whole, validator: resume.validator };
}

function refusalOf(statusCode: number): DownloadError {
  const reason = `the server answered ${statusCode}`;
  if (refusingStatuses.includes(statusCode)) return new RefusedError(reason, 'lasting');
  const mayHelp = statusCode >= 500 || statusCode < 400 || temporary.includes(statusCode);
  return new DownloadError(reason, mayHelp ? 'answer' : 'lasting');
}

/** RFC 9110, section 13.1.5: a weak ETag is no validator for ranges. */
function validatorOf(headers: IncomingHttpHeaders): string | undefined {
  if (headers['accept-ranges'] === 'none') return undefined;
  if (headers.etag?.startsWith('"') === true) return headers.etag;
  return headers.etag === undefined ? headers['last-modified'] : undefined;
}
