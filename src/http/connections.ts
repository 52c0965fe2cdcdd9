import http from 'node:http';
import https from 'node:https';
import { isIP } from 'node:net';
import type { Duplex } from 'node:stream';
import { errorCode } from '../files/error-code.js';
import type { ProxySettings } from '../settings/proxy-settings.js';
import type { AddressGuard } from './address-guard.js';
import { DownloadError } from './download-error.js';
import { lenientConnection, mostHeaderBytes } from './lenient-response.js';
import {
  asProxyError,
  proxyConnection,
  proxyFor,
  proxyHeaders,
  proxyRefusal,
  TunnelAgent,
} from './proxies.js';

/** A request as it is sent. */
export interface WebRequest {
  url: string;
  /** GET without it. */
  method?: string;
  /** By their names in lower case. */
  headers: Readonly<Record<string, string>>;
  body?: string | Uint8Array | undefined;
  /** The address of the page that it comes from. */
  referrer?: string | undefined;
}

/** What all requests have in common. */
export interface ConnectionOptions {
  /** None without it. */
  proxies?: ProxySettings | undefined;
  /** Milliseconds without a byte after which a request is broken off. */
  idleTimeout: number;
  /** Aborted when requests under way are to be dropped. */
  signal: AbortSignal;
}

/** How a request reaches its host. */
interface Route {
  agent: http.Agent | https.Agent;
  isSecure: boolean;
  /** Options of Node's client that differ from those of the address itself. */
  options: https.RequestOptions;
}

/**
 * Sends requests by Node's own client, over connections that stay open: pages and originals need no
 * more than a plain stream, for which got takes twice the time and memory.
 *
 * Answers are read as leniently as browsers read them: an origin whose answers Node's parser refuses
 * is requested once more, and from then on, over connections whose bytes are put right before the
 * parser sees them.
 */
export class Connections {
  readonly #http = new http.Agent({ keepAlive: true });
  readonly #https = new https.Agent({ keepAlive: true });
  #tunnels: TunnelAgent | undefined;
  /** Breaks off each request. */
  readonly #underWay = new Set<() => void>();
  /** Origins whose answers the parser has refused. */
  readonly #carelessOrigins = new Set<string>();

  constructor(private readonly options: ConnectionOptions) {
    // One listener for all requests: a signal for each request takes several times as long.
    options.signal.addEventListener('abort', () => {
      for (const drop of this.#underWay) drop();
    });
  }

  /**
   * Sends a request.
   *
   * @param waitForTurn waits until one more request may be sent to the address
   * @param guard refuses addresses in private networks
   * @returns the answer, its body not read yet
   * @throws DownloadError, or Node's error, where the server cannot be reached or its answer cannot
   *   be read; the signal's reason
   */
  async send(
    request: WebRequest,
    waitForTurn: (url: string) => Promise<unknown>,
    guard?: AddressGuard,
  ): Promise<http.IncomingMessage> {
    const address = new URL(request.url);
    if (address.protocol !== 'http:' && address.protocol !== 'https:') {
      throw new DownloadError(
        `its address begins with ${address.protocol}, not with http:`,
        'lasting',
      );
    }
    const proxy = proxyFor(address, this.options.proxies);
    const lookup =
      proxy === undefined
        ? await guard?.lookupFor(address.hostname)
        : await guard?.refusePrivate(address.hostname);
    const route = this.#route(address, lookup ? { lookup } : {});
    try {
      const answer = await this.#exchangeAgain(address, request, route, waitForTurn);
      if (proxy === undefined || answer.statusCode !== 407) return answer;
      answer.resume();
      throw proxyRefusal(proxy, 407);
    } catch (error) {
      throw proxy === undefined ? error : asProxyError(proxy, error);
    }
  }

  /** Closes the connections that are kept open. */
  close(): void {
    for (const agent of [this.#http, this.#https, this.#tunnels]) agent?.destroy();
  }

  #route(address: URL, options: https.RequestOptions): Route {
    const isSecure = address.protocol === 'https:';
    const proxy = proxyFor(address, this.options.proxies);
    if (proxy === undefined) {
      return { agent: isSecure ? this.#https : this.#http, isSecure, options };
    }
    if (isSecure) {
      this.#tunnels ??= new TunnelAgent(proxy, this.options.idleTimeout);
      return { agent: this.#tunnels, isSecure, options };
    }
    // RFC 9112, section 3.2.2: a proxy is requested by the full address.
    const path = `${address.origin}${address.pathname}${address.search}`;
    const connection = proxyConnection(proxy);
    const isProxySecure = connection.protocol === 'https:';
    return {
      agent: isProxySecure ? this.#https : this.#http,
      isSecure: isProxySecure,
      options: { ...connection, path, headers: { host: address.host, ...proxyHeaders(proxy) } },
    };
  }

  /** Sends a request, and once more where the parser refuses the answer. A body is sent once. */
  async #exchangeAgain(
    address: URL,
    request: WebRequest,
    route: Route,
    waitForTurn: (url: string) => Promise<unknown>,
  ): Promise<http.IncomingMessage> {
    const { origin } = address;
    const wasCareless = this.#carelessOrigins.has(origin);
    try {
      return await this.#exchange(address, request, route);
    } catch (error) {
      const isFoundCareless = !wasCareless && this.#carelessOrigins.has(origin);
      if (!isFoundCareless || request.body !== undefined) throw error;
      await waitForTurn(request.url);
      return this.#exchange(address, request, route);
    }
  }

  #exchange(
    address: URL,
    { method = 'GET', headers, body }: WebRequest,
    { agent, isSecure, options }: Route,
  ): Promise<http.IncomingMessage> {
    const { idleTimeout, signal } = this.options;
    signal.throwIfAborted();
    const isCareless = this.#carelessOrigins.has(address.origin);
    return new Promise((resolve, reject) => {
      let answer: http.IncomingMessage | undefined;
      const { request: begin } = isSecure ? https : http;
      const request = begin(address, {
        ...options,
        method,
        headers: { ...headers, ...options.headers },
        timeout: idleTimeout,
        maxHeaderSize: mostHeaderBytes,
        ...(isCareless ? { createConnection: connector(agent) } : { agent }),
      });
      const drop = (reason: Error) => (answer ?? request).destroy(reason);
      const dropForRun = () => drop(signal.reason);
      this.#underWay.add(dropForRun);
      request.once('close', () => {
        this.#underWay.delete(dropForRun);
        // After 101 (RFC 9110, section 15.2.2), which nobody asked for, there is no other event.
        if (answer !== undefined) return;
        reject(new DownloadError('the connection was closed without an answer', 'connection'));
      });
      request.once('timeout', () =>
        drop(new DownloadError(`no byte came for ${idleTimeout / 1000} s`, 'connection')),
      );
      request.on('error', (error) => {
        // What follows a whole answer does not concern it.
        if (answer?.complete === false) answer.destroy(error);
        if (isUnreadable(error)) this.#carelessOrigins.add(address.origin);
        reject(error);
      });
      request.once('response', (response) => {
        answer = response;
        if (response.headers['transfer-encoding'] === undefined) resolve(response);
        else afterFirstChunk(response).then(() => resolve(response), reject);
      });
      request.end(body);
    });
  }
}

/** Whether Node's parser refuses an answer. */
function isUnreadable(error: Error): boolean {
  // The code of what ends a run, an AbortError, is a number.
  return errorCode(error)?.startsWith('HPE_') === true;
}

/**
 * Waits until the first chunk of a body has come: its size may be what the parser refuses.
 *
 * @throws why it did not come
 */
function afterFirstChunk(answer: http.IncomingMessage): Promise<void> {
  return new Promise((resolve, reject) => {
    const settle = (error?: Error) => {
      answer.off('readable', settle).off('error', settle);
      if (error === undefined) resolve();
      else reject(error);
    };
    answer.once('readable', settle).once('error', settle);
  });
}

/** Makes a connection for one answer that is not written strictly. */
function connector(agent: http.Agent) {
  return (
    options: https.RequestOptions,
    done: (error: Error | null, socket: Duplex) => void,
  ): undefined => {
    const host = String(options.host);
    const target = {
      ...options,
      // Else Node takes it for the path of a local socket.
      path: null,
      servername: options.servername ?? (isIP(host) === 0 ? host : ''),
    };
    const opening =
      agent instanceof TunnelAgent
        ? agent.open(target)
        : Promise.resolve(agent.createConnection(target as http.ClientRequestArgs) as Duplex);
    opening.then(
      (socket) => done(null, lenientConnection(socket)),
      (error: Error) => done(error, undefined as never),
    );
    return undefined;
  };
}
