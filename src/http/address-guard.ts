import { promises as dns, lookup as lookUp } from 'node:dns';
import { isIP, type LookupFunction } from 'node:net';
import ipaddr from 'ipaddr.js';
import { DownloadError } from './download-error.js';
import { withoutBrackets } from './host-name.js';

/**
 * Whether an IP address is anything but a public host's: loopback, link-local, of a private network,
 * multicast, reserved, or an IPv6 address by which a gateway or tunnel reaches an IPv4 address
 * (64:ff9b::/96, 64:ff9b:1::/48, 6to4, Teredo). An IPv4-mapped address is judged as the IPv4 address.
 */
export function isPrivateAddress(address: string): boolean {
  return ipaddr.process(address).range() !== 'unicast';
}

function refusal(host: string): DownloadError {
  return new DownloadError(`its address leads into a private network (${host})`, 'lasting');
}

/**
 * Keeps originals from being fetched out of private networks, unless the album itself is in one: a
 * page must not be able to send the program to a router or a service of the user's own machine.
 */
export class AddressGuard {
  #hasPrivateSite: Promise<boolean> | undefined;

  /** @param siteUrl the album's address */
  constructor(private readonly siteUrl: string) {}

  /**
   * Decides how a request to a host may connect.
   *
   * @returns a look-up that gives public addresses only, or undefined where every address will do
   * @throws DownloadError for a host that is a private address itself
   */
  async lookupFor(hostname: string): Promise<LookupFunction | undefined> {
    if (await this.#isSitePrivate()) return undefined;
    const host = withoutBrackets(hostname);
    if (isIP(host) !== 0 && isPrivateAddress(host)) throw refusal(host);
    return publicLookup;
  }

  /**
   * Checks a host that a proxy will connect to. Names that this machine cannot look up are left to
   * the proxy.
   *
   * @throws DownloadError for a private address, or a name that has one here
   */
  async refusePrivate(hostname: string): Promise<undefined> {
    if (await this.#isSitePrivate()) return;
    const host = withoutBrackets(hostname);
    if (await hasPrivateAddress(host)) throw refusal(host);
  }

  #isSitePrivate(): Promise<boolean> {
    this.#hasPrivateSite ??= hasPrivateAddress(withoutBrackets(new URL(this.siteUrl).hostname));
    return this.#hasPrivateSite;
  }
}

/** Whether a host has a private address, as far as this machine knows. */
async function hasPrivateAddress(host: string): Promise<boolean> {
  try {
    const addresses = await dns.lookup(host, { all: true });
    return addresses.some(({ address }) => isPrivateAddress(address));
  } catch {
    // A host whose name is unknown is not in a private network either.
    return false;
  }
}

/** Looks a name up, and leaves out private addresses: what is connected to is what was checked. */
const publicLookup: LookupFunction = (hostname, options, callback) => {
  lookUp(hostname, { ...options, all: true }, (error, addresses) => {
    if (error !== null) {
      callback(error, '', 0);
      return;
    }
    const open = addresses.filter(({ address }) => !isPrivateAddress(address));
    const [first] = open;
    if (first === undefined) callback(refusal(hostname), '', 0);
    else if (options.all === true) callback(null, open);
    else callback(null, first.address, first.family);
  });
};
