import http from 'node:http';
import https from 'node:https';
import { pipeline, type Readable } from 'node:stream';
import { createBrotliDecompress, createGunzip, createInflate } from 'node:zlib';
import type { AddressGuard } from './address-guard.js';
import { asDownloadError, CannotResumeError, DownloadError } from './download-error.js';
import type { RequestAuthorization } from './request-authorization.js';
import { retryAfter } from './retry-after.js';

const mostRedirects = 5;
/** Answers that say: later, perhaps. */
const passing = [408, 425, 429];
/** Answers that say: come back later, all of you. */
const slowing = [429, 503];

const unpackers: Record<string, () => NodeJS.ReadWriteStream & Readable> = {
  gzip: createGunzip,
  'x-gzip': createGunzip,
  deflate: createInflate,
  br: createBrotliDecompress,
};

/** Where a broken transfer is to go on. */
export interface ResumePoint {
  /** Bytes that have come already. */
  from: number;
  /** The ETag or date by which the server tells that the file is still the same. */
  validator: string;
}

/** How an original is asked for. */
interface HowToOpen {
  /** What the gate gave for the address, where it was passed already. */
  opening?: Readonly<Record<string, string>> | undefined;
  /** Asks only for what is still to come. */
  resume?: ResumePoint | undefined;
}

/** The answer to a request for an original, its body not read yet. */
export interface OriginalAnswer {
  body: Readable;
  /** Bytes of the whole original that the server announced, or undefined where it did not say. */
  announced: number | undefined;
  /** By which a broken transfer can go on, or undefined where it has to begin anew. */
  validator: string | undefined;
}

/** What the client for originals needs. */
export interface OriginalClientOptions {
  gate: RequestAuthorization;
  guard: AddressGuard;
  userAgent: string;
  /** Milliseconds without a byte after which a transfer is broken off. */
  idleTimeout: number;
  /** Milliseconds that a host is left alone after 429 or 503 without a Retry-After. */
  pause: number;
  /** Aborted when requests under way are to be dropped. */
  signal: AbortSignal;
}

/**
 * Fetches originals over connections that stay open. Node's own client does it, since an original
 * needs no more than a plain stream, and got takes twice the time and memory for it.
 */
export class OriginalClient {
  readonly #agents: { 'http:': http.Agent; 'https:': https.Agent };

  /** What drops each request. */
  readonly #underWay = new Set<() => void>();

  constructor(private readonly options: OriginalClientOptions) {
    // One listener for all requests: to give each the signal takes several times as long.
    options.signal.addEventListener('abort', () => {
      for (const drop of this.#underWay) drop();
    });
    const agent = { keepAlive: true };
    this.#agents = { 'http:': new http.Agent(agent), 'https:': new https.Agent(agent) };
  }

  /**
   * Asks for an original, following redirects.
   *
   * @throws DownloadError for an answer other than the original (or than its rest, where that was
   *   asked for), or where the server cannot be reached
   */
  async open(url: string, { opening, resume }: HowToOpen = {}): Promise<OriginalAnswer> {
    let address = url;
    for (let redirects = 0; redirects <= mostRedirects; redirects++) {
      const passed = redirects === 0 ? opening : undefined;
      const answer = await this.#get(address, passed, resume).catch((error: unknown) => {
        throw this.#noted(address, url, asDownloadError(error));
      });
      const { statusCode = 0, headers } = answer;
      if (statusCode >= 300 && statusCode <= 399 && headers.location !== undefined) {
        answer.resume();
        if (!URL.canParse(headers.location, address)) {
          throw new DownloadError('the server redirects to what is no address');
        }
        address = new URL(headers.location, address).href;
        continue;
      }
      try {
        return opened(answer, resume);
      } catch (error) {
        answer.resume();
        if (slowing.includes(statusCode)) {
          const wait = retryAfter(headers['retry-after'], Date.now()) ?? this.options.pause;
          this.options.gate.slowDown(address, wait);
        }
        throw this.#noted(address, url, error);
      }
    }
    throw new DownloadError(`the server redirects more than ${mostRedirects} times`);
  }

  /** Notes that an original came whole from there. */
  succeeded(url: string): void {
    this.options.gate.answered(url);
  }

  /** Notes that a transfer broke off, or was not what it should be. */
  failed(url: string, error: DownloadError): void {
    this.#noted(url, url, error);
  }

  /** Closes the connections that were kept open. */
  close(): void {
    this.#agents['http:'].destroy();
    this.#agents['https:'].destroy();
  }

  #noted(address: string, request: string, error: unknown): unknown {
    if (!(error instanceof DownloadError) || this.options.signal.aborted) return error;
    const { gate } = this.options;
    const { failure, reason } = error;
    if (failure === 'lasting') gate.answered(address);
    else gate.failed(address, request, failure, reason);
    return error;
  }

  async #get(
    url: string,
    passed: HowToOpen['opening'],
    resume: ResumePoint | undefined,
  ): Promise<http.IncomingMessage> {
    const { gate, guard, userAgent, idleTimeout } = this.options;
    const address = new URL(url);
    const { protocol, hostname } = address;
    if (protocol !== 'http:' && protocol !== 'https:') {
      throw new DownloadError(`its address begins with ${protocol}, not with http:`, 'lasting');
    }
    const lookup = await guard.lookupFor(hostname);
    const opening = passed ?? (await gate.pass(url));
    const headers = {
      'user-agent': userAgent,
      accept: 'image/*,video/*,*/*;q=0.8',
      'accept-encoding': 'identity',
      ...opening,
      ...(resume && { range: `bytes=${resume.from}-`, 'if-range': resume.validator }),
    };
    const agent = this.#agents[protocol];
    const { get } = protocol === 'http:' ? http : https;
    this.options.signal.throwIfAborted();
    return new Promise((resolve, reject) => {
      let under: http.ClientRequest | http.IncomingMessage;
      const options = { agent, headers, ...(lookup && { lookup }) };
      const request = get(address, options, (response) => {
        under = response;
        resolve(response);
      });
      under = request;
      request.setTimeout(idleTimeout, () => {
        const reason = `no byte came for ${idleTimeout / 1000} s`;
        under.destroy(new DownloadError(reason, 'connection'));
      });
      const drop = () => under.destroy(this.options.signal.reason);
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
      throw new CannotResumeError('the server went on at another place than asked');
    }
    const validator = validatorOf(headers);
    if (validator !== undefined && validator !== resume.validator) {
      throw new CannotResumeError('the server went on with another file');
    }
    const whole = Number(range?.[2]);
    return {
      body: answer,
      announced: Number.isNaN(whole) ? undefined : whole,
      validator: resume.validator,
    };
  }
  if (statusCode !== 200) throw refusalOf(statusCode);
  if (resume !== undefined)
    throw new CannotResumeError('the server cannot go on where it broke off');
  const packing = headers['content-encoding']?.toLowerCase() ?? 'identity';
  if (packing !== 'identity') return unpacked(answer, packing);
  const length = headers['content-length'];
  return {
    body: answer,
    announced: length === undefined ? undefined : Number(length),
    validator: validatorOf(headers),
  };
}

function refusalOf(statusCode: number): DownloadError {
  const isPassing = statusCode >= 500 || statusCode < 400 || passing.includes(statusCode);
  return new DownloadError(`the server answered ${statusCode}`, isPassing ? 'answer' : 'lasting');
}

/** A server that packs although it was asked not to: what it packed is the original. */
function unpacked(answer: http.IncomingMessage, packing: string): OriginalAnswer {
  const unpacker = unpackers[packing]?.();
  if (unpacker === undefined) {
    throw new DownloadError(`the server packs the original in a way not known (${packing})`);
  }
  // The reader of the unpacked stream gets the error too.
  pipeline(answer, unpacker, () => undefined);
  return { body: unpacker, announced: undefined, validator: undefined };
}

/** RFC 9110, section 13.1.5: a weak ETag is no validator for ranges. */
function validatorOf(headers: http.IncomingHttpHeaders): string | undefined {
  if (headers['accept-ranges'] === 'none') return undefined;
  if (headers.etag?.startsWith('"') === true) return headers.etag;
  return headers.etag === undefined ? headers['last-modified'] : undefined;
}
