import { promises as dns, lookup as lookUp } from 'node:dns';
import { BlockList, isIP, type LookupFunction } from 'node:net';
import { DownloadError } from './download-error.js';

/** Addresses that are not of the public Internet (RFC 6890, RFC 4291, RFC 4193), or carry one
 * that may not be (RFC 6052, RFC 3056). */
const privateAddresses = new BlockList();
for (const [network, prefix] of [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['224.0.0.0', 3],
] as const) {
  privateAddresses.addSubnet(network, prefix, 'ipv4');
}
for (const [network, prefix] of [
  ['::', 96],
  ['64:ff9b::', 96],
  ['2002::', 16],
  ['fc00::', 7],
  ['fe80::', 10],
  ['ff00::', 8],
] as const) {
  privateAddresses.addSubnet(network, prefix, 'ipv6');
}

/** Whether an IP address is loopback, link-local or of a private network. */
export function isPrivateAddress(address: string): boolean {
  return privateAddresses.check(address, isIP(address) === 6 ? 'ipv6' : 'ipv4');
}

const bare = (hostname: string) => hostname.replace(/^\[|\]$/g, '');

function refusal(host: string): DownloadError {
  return new DownloadError(`its address leads into a private network (${host})`, 'lasting');
}

/**
 * Keeps originals from being fetched out of private networks, unless the album itself is in one: a
 * page must not be able to send the program to a router or a service of the user's own machine.
 */
export class AddressGuard {
  #allowed: Promise<boolean> | undefined;

  /** @param siteUrl the album's address */
  constructor(private readonly siteUrl: string) {}

  /**
   * Settles how a request to a host may connect.
   *
   * @returns a look-up that gives public addresses only, or undefined where every address will do
   * @throws DownloadError for a host that is a private address itself
   */
  async lookupFor(hostname: string): Promise<LookupFunction | undefined> {
    this.#allowed ??= this.#isSitePrivate();
    if (await this.#allowed) return undefined;
    const host = bare(hostname);
    if (isIP(host) !== 0 && isPrivateAddress(host)) throw refusal(host);
    return publicLookup;
  }

  async #isSitePrivate(): Promise<boolean> {
    const host = bare(new URL(this.siteUrl).hostname);
    try {
      const addresses = await dns.lookup(host, { all: true });
      return addresses.some(({ address }) => isPrivateAddress(address));
    } catch {
      // A site whose name is not known is not in a private network either.
      return false;
    }
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
