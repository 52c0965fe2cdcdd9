import http from 'node:http';
import https from 'node:https';
import { isIP } from 'node:net';
import { unescape as percentDecoded } from 'node:querystring';
import type { Duplex } from 'node:stream';
import tls from 'node:tls';
import ipaddr from 'ipaddr.js';
import type { ProxyAddress, ProxySettings } from '../settings/proxy-settings.js';
import { asDownloadError, DownloadError } from './download-error.js';
import { withoutBrackets } from './host-name.js';

/** The proxy for an address, or undefined where it is reached without one. */
export function proxyFor(
  address: URL,
  settings: ProxySettings | undefined,
): ProxyAddress | undefined {
  const proxy = address.protocol === 'https:' ? settings?.https : settings?.http;
  return proxy !== undefined && !isExcepted(address, settings?.except ?? '') ? proxy : undefined;
}

/**
 * Whether NO_PROXY lists a host, by what curl and others take: `*` for all, a host or domain with all
 * below it (a dot or `*.` before it changes nothing), an IP address, a network (10.0.0.0/8); each may
 * end with a port.
 */
function isExcepted({ hostname, port, protocol }: URL, list: string): boolean {
  const host = withoutBrackets(hostname).replace(/\.$/, '');
  const ownPort = port || (protocol === 'https:' ? '443' : '80');
  return list
    .toLowerCase()
    .split(/[\s,]+/)
    .filter(Boolean)
    .some((entry) => {
      const [, name = '', onPort = ownPort] =
        /^(\[[^\]]*\]|[^:]*|.*:.*:.*?)(?::(\d+))?$/.exec(entry) ?? [];
      if (onPort !== ownPort) return false;
      const listed = withoutBrackets(name).replace(/^\*?\.|\.$/g, '');
      if (name === '*' || host === listed) return true;
      if (isIP(host) === 0) return listed !== '' && host.endsWith(`.${listed}`);
      return isInNetwork(host, listed);
    });
}

function isInNetwork(host: string, network: string): boolean {
  if (!ipaddr.isValidCIDR(network)) return ipaddr.isValid(network) && sameAddress(host, network);
  const [address, [range, bits]] = [ipaddr.process(host), ipaddr.parseCIDR(network)];
  return address.kind() === range.kind() && address.match(range, bits);
}

function sameAddress(one: string, other: string): boolean {
  return ipaddr.process(one).toString() === ipaddr.process(other).toString();
}

/** The proxy in words for a person: its user name and password are not shown. */
function inWords({ url, variable }: ProxyAddress): string {
  return `the proxy ${new URL(url).host} (${variable})`;
}

/** How a connection to a proxy is made: options of Node's HTTP client. */
export function proxyConnection({ url }: ProxyAddress): {
  protocol: string;
  hostname: string;
  port: string;
  servername: string;
} {
  const { protocol, hostname, port } = new URL(url);
  const host = withoutBrackets(hostname);
  return {
    protocol,
    hostname: host,
    port: port || (protocol === 'https:' ? '443' : '80'),
    servername: isIP(host) === 0 ? host : '',
  };
}

/** What a proxy is told beside the request: the user name and password of its own address. */
export function proxyHeaders({ url }: ProxyAddress): Record<string, string> {
  const { username, password } = new URL(url);
  if (username === '' && password === '') return {};
  const account = `${percentDecoded(username)}:${percentDecoded(password)}`;
  return { 'proxy-authorization': `Basic ${Buffer.from(account).toString('base64')}` };
}

/** The error for a proxy that does not let a request through. */
export function proxyRefusal(proxy: ProxyAddress, statusCode: number): DownloadError {
  if (statusCode === 407) {
    const how = `put those of your account into ${proxy.variable}: http://NAME:PASSWORD@HOST:PORT`;
    const reason = `${inWords(proxy)} wants a user name and a password (407); ${how}`;
    return new DownloadError(reason, 'barred');
  }
  return new DownloadError(`${inWords(proxy)} answered ${statusCode}`, 'connection');
}

/** An error of the connection to a proxy, named as the proxy's; any other error as it is. */
export function asProxyError(proxy: ProxyAddress, error: unknown): unknown {
  const { syscall } = error as NodeJS.ErrnoException;
  const isOfProxy = syscall === 'connect' || syscall === 'getaddrinfo';
  if (!isOfProxy && !(error instanceof AggregateError)) return error;
  const failure = asDownloadError(error);
  if (!(failure instanceof DownloadError)) return error;
  const reason = `${inWords(proxy)} cannot be reached: ${failure.reason}`;
  return new DownloadError(reason, 'connection', { cause: error });
}

/**
 * Connections to https addresses by way of a proxy: a tunnel (RFC 9110, section 9.3.6, CONNECT), in
 * which the site's certificate is checked as ever.
 */
export class TunnelAgent extends https.Agent {
  /** @param idleTimeout milliseconds in which the proxy has to open the tunnel */
  constructor(
    private readonly proxy: ProxyAddress,
    private readonly idleTimeout: number,
  ) {
    super({ keepAlive: true });
  }

  /** @inheritdoc */
  override createConnection(
    options: https.RequestOptions,
    callback?: (error: Error | null, stream: Duplex) => void,
  ): null {
    this.open(options).then(
      (socket) => callback?.(null, socket),
      (error: Error) => callback?.(error, undefined as never),
    );
    return null;
  }

  /**
   * Opens a connection through the proxy.
   *
   * @throws DownloadError where the proxy refuses or cannot be reached
   */
  async open(options: https.RequestOptions): Promise<tls.TLSSocket> {
    const host = String(options.host);
    const target = `${isIP(host) === 6 ? `[${host}]` : host}:${options.port ?? 443}`;
    const socket = await this.#tunnel(target);
    const servername = options.servername ?? (isIP(host) === 0 ? host : '');
    return tls.connect({ ...(options as tls.ConnectionOptions), servername, socket });
  }

  #tunnel(target: string): Promise<Duplex> {
    const { proxy, idleTimeout } = this;
    const { protocol, ...connection } = proxyConnection(proxy);
    const { request } = protocol === 'https:' ? https : http;
    return new Promise((resolve, reject) => {
      const connecting = request({
        ...connection,
        agent: false,
        method: 'CONNECT',
        path: target,
        headers: { host: target, ...proxyHeaders(proxy) },
        timeout: idleTimeout,
      });
      connecting.once('timeout', () => {
        const reason = `${inWords(proxy)} sent no byte for ${idleTimeout / 1000} s`;
        connecting.destroy(new DownloadError(reason, 'connection'));
      });
      connecting.once('error', (error) => reject(asProxyError(proxy, error)));
      connecting.once('connect', ({ statusCode = 0 }, socket) => {
        socket.setTimeout(0);
        if (statusCode >= 200 && statusCode <= 299) {
          resolve(socket);
          return;
        }
        socket.destroy();
        reject(proxyRefusal(proxy, statusCode));
      });
      connecting.end();
    });
  }
}
