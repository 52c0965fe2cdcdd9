import http from 'node:http';
import https from 'node:https';
import { pipeline, type Readable } from 'node:stream';
import { createBrotliDecompress, createGunzip, createInflate } from 'node:zlib';
import type { AddressGuard } from './address-guard.js';
import { asDownloadError, CannotResumeError, DownloadError } from './download-error.js';
import type { Authorization, RequestAuthorization } from './request-authorization.js';
import { retryAfter } from './retry-after.js';

const mostRedirects = 5;
/** Statuses below 500 after which a retry may help. */
const temporary = [408, 425, 429];
/** Statuses after which the host is paused for all requests. */
const pausing = [429, 503];

const decoders: Record<string, () => NodeJS.ReadWriteStream & Readable> = {
  gzip: createGunzip,
  'x-gzip': createGunzip,
  deflate: createInflate,
  br: createBrotliDecompress,
};

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
export interface OriginalClientOptions {
  authorization: RequestAuthorization;
  guard: AddressGuard;
  userAgent: string;
  /** Milliseconds without a byte after which a transfer is broken off. */
  idleTimeout: number;
  /** Milliseconds for which a host is paused after 429 or 503 without a Retry-After. */
  pause: number;
  /** Aborted when requests under way are to be dropped. */
  signal: AbortSignal;
}

/**
 * Fetches originals over connections that stay open, by Node's own client: an original needs no
 * more than a plain stream, for which got takes twice the time and memory.
 */
export class OriginalClient {
  readonly #agents: { 'http:': http.Agent; 'https:': https.Agent };

  /** Breaks off each request. */
  readonly #underWay = new Set<() => void>();

  constructor(private readonly options: OriginalClientOptions) {
    // One listener for all requests: a signal for each request takes several times as long.
    options.signal.addEventListener('abort', () => {
      for (const drop of this.#underWay) drop();
    });
    const agent = { keepAlive: true };
    this.#agents = { 'http:': new http.Agent(agent), 'https:': new https.Agent(agent) };
  }

  /**
   * Requests an original, following redirects.
   *
   * @throws DownloadError for an answer other than the original (or than its rest, where that was
   *   requested), or where the server cannot be reached
   */
  async open(url: string, { authorization, resume }: RequestOptions = {}): Promise<OriginalAnswer> {
    let address = url;
    for (let redirects = 0; redirects <= mostRedirects; redirects++) {
      const given = redirects === 0 ? authorization : undefined;
      const answer = await this.#getAuthorized(address, given, resume).catch((error: unknown) => {
        throw this.#noted(address, url, asDownloadError(error));
      });
      const { statusCode = 0, headers } = answer;
      if (statusCode >= 300 && statusCode <= 399 && headers.location !== undefined) {
        answer.resume();
        if (!URL.canParse(headers.location, address)) {
          throw new DownloadError('the server redirects to something that is not an address');
        }
        address = new URL(headers.location, address).href;
        continue;
      }
      try {
        return opened(answer, resume);
      } catch (error) {
        answer.resume();
        if (pausing.includes(statusCode)) {
          const wait = retryAfter(headers['retry-after'], Date.now()) ?? this.options.pause;
          this.options.authorization.slowDown(address, wait);
        }
        throw this.#noted(address, url, error);
      }
    }
    throw new DownloadError(`the server redirects more than ${mostRedirects} times`);
  }

  /** Notes that an original came whole from there. */
  succeeded(url: string): void {
    this.options.authorization.answered(url);
  }

  /** Notes that a transfer broke off, or was not the original. */
  failed(url: string, error: DownloadError): void {
    this.#noted(url, url, error);
  }

  /** Closes the connections that are kept open. */
  close(): void {
    this.#agents['http:'].destroy();
    this.#agents['https:'].destroy();
  }

  #noted(address: string, request: string, error: unknown): unknown {
    if (!(error instanceof DownloadError) || this.options.signal.aborted) return error;
    const { authorization } = this.options;
    const { failure, reason } = error;
    if (failure === 'lasting') authorization.answered(address);
    else authorization.failed(address, request, failure, reason);
    return error;
  }

  /** Sends a request, and where it is answered with a challenge, once more with the answer to that. */
  async #getAuthorized(
    url: string,
    given: Authorization | undefined,
    resume: ResumePoint | undefined,
  ): Promise<http.IncomingMessage> {
    const { authorization } = this.options;
    const sent = given ?? (await authorization.authorize(url));
    const answer = await this.#get(url, sent, resume);
    const challenge = answer.headers['www-authenticate'];
    if (answer.statusCode !== 401 || challenge === undefined) return answer;
    const asked = await authorization.authorize(url, challenge);
    if (asked.headers.authorization === sent.headers.authorization) return answer;
    answer.resume();
    return this.#get(url, asked, resume);
  }

  async #get(
    url: string,
    { headers: authorized, session }: Authorization,
    resume: ResumePoint | undefined,
  ): Promise<http.IncomingMessage> {
    const { authorization, guard, userAgent, idleTimeout } = this.options;
    const address = new URL(url);
    const { protocol, hostname } = address;
    if (protocol !== 'http:' && protocol !== 'https:') {
      throw new DownloadError(`its address begins with ${protocol}, not with http:`, 'lasting');
    }
    const lookup = await guard.lookupFor(hostname);
    const headers = {
      'user-agent': userAgent,
      accept: 'image/*,video/*,*/*;q=0.8',
      'accept-encoding': 'identity',
      ...authorized,
      ...(resume && { range: `bytes=${resume.from}-`, 'if-range': resume.validator }),
    };
    const agent = this.#agents[protocol];
    const { get } = protocol === 'http:' ? http : https;
    this.options.signal.throwIfAborted();
    return new Promise((resolve, reject) => {
      let transfer: http.ClientRequest | http.IncomingMessage;
      const options = { agent, headers, ...(lookup && { lookup }) };
      const request = get(address, options, (response) => {
        transfer = response;
        const cookies = response.headers['set-cookie'];
        if (cookies !== undefined) authorization.setCookies(url, cookies, session);
        resolve(response);
      });
      transfer = request;
      request.setTimeout(idleTimeout, () => {
        const reason = `no byte came for ${idleTimeout / 1000} s`;
        transfer.destroy(new DownloadError(reason, 'connection'));
      });
      const drop = () => transfer.destroy(this.options.signal.reason);
      this.#underWay.add(drop);
      request.once('close', () => this.#underWay.delete(drop));
      request.on('error', reject);
    });
  }
}

function opened(answer: http.IncomingMessage, resume: ResumePoint | undefined): OriginalAnswer {
  const { statusCode = 0, headers } = answer;
  if (statusCode === 206 && resume !== undefined) {
    const range = /^bytes (\d+)-\d+\/(\d+|\*)$/.exec(headers['content-range'] ?? '');
    if (Number(range?.[1]) !== resume.from) {
      throw new CannotResumeError('the server sent another part than the one requested');
    }
    const validator = validatorOf(headers);
    if (validator !== undefined && validator !== resume.validator) {
      throw new CannotResumeError('the server sent a part of another file');
    }
    const whole = Number(range?.[2]);
    return {
      body: answer,
      announced: Number.isNaN(whole) ? undefined : whole,
      validator: resume.validator,
    };
  }
  if (statusCode !== 200) throw refusalOf(statusCode);
  if (resume !== undefined) throw new CannotResumeError('the server cannot resume the transfer');
  const coding = headers['content-encoding']?.toLowerCase() ?? 'identity';
  if (coding !== 'identity') return decoded(answer, coding);
  const length = headers['content-length'];
  return {
    body: answer,
    announced: length === undefined ? undefined : Number(length),
    validator: validatorOf(headers),
  };
}

function refusalOf(statusCode: number): DownloadError {
  const mayHelp = statusCode >= 500 || statusCode < 400 || temporary.includes(statusCode);
  return new DownloadError(`the server answered ${statusCode}`, mayHelp ? 'answer' : 'lasting');
}

/** A server may apply a content coding although none was accepted: the original is what it coded. */
function decoded(answer: http.IncomingMessage, coding: string): OriginalAnswer {
  const decoder = decoders[coding]?.();
  if (decoder === undefined) {
    throw new DownloadError(`the server used an unknown content coding (${coding})`);
  }
  // The reader of the decoded stream gets the error too.
  pipeline(answer, decoder, () => undefined);
  return { body: decoder, announced: undefined, validator: undefined };
}

/** RFC 9110, section 13.1.5: a weak ETag is no validator for ranges. */
function validatorOf(headers: http.IncomingHttpHeaders): string | undefined {
  if (headers['accept-ranges'] === 'none') return undefined;
  if (headers.etag?.startsWith('"') === true) return headers.etag;
  return headers.etag === undefined ? headers['last-modified'] : undefined;
}
