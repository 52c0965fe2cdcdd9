import type { LookupAddress } from 'node:dns';
import type { LookupFunction } from 'node:net';
import { expect, test } from '@jest/globals';
import { AddressGuard, isPrivateAddress } from '../../src/http/address-guard.js';

/** A public address (a root name server's), so that no name has to be looked up. */
const publicSite = 'https://198.41.0.4/';

test.each([
  '0.0.0.0',
  '10.1.2.3',
  '100.64.0.1',
  '127.0.0.1',
  '127.255.255.254',
  '169.254.169.254',
  '172.16.0.1',
  '172.31.255.255',
  '192.168.178.1',
  '198.18.0.1',
  '224.0.0.1',
  '255.255.255.255',
  '::',
  '::1',
  'fc00::1',
  'fd12:3456::1',
  'fe80::1',
  'ff02::1',
  '::ffff:127.0.0.1',
  '::ffff:192.168.0.1',
])('%s is private', (address) => {
  expect(isPrivateAddress(address)).toBe(true);
});

test.each([
  '1.1.1.1',
  '9.255.255.255',
  '11.0.0.0',
  '100.63.255.255',
  '100.128.0.0',
  '126.255.255.255',
  '128.0.0.0',
  '172.15.255.255',
  '172.32.0.0',
  '192.167.255.255',
  '192.169.0.0',
  '223.255.255.255',
  '2001:503:ba3e::2:30',
  '::ffff:198.41.0.4',
])('%s is public', (address) => {
  expect(isPrivateAddress(address)).toBe(false);
});

// They carry an IPv4 address, which a gateway or a tunnel unwraps (RFC 6052, RFC 8215, RFC 3056,
// RFC 4380), or are the site-local addresses of RFC 3513.
test.each([
  '64:ff9b::7f00:1',
  '64:ff9b:1::a00:1',
  '2002:7f00:1::',
  '2001:0:c0a8:1::1',
  '::127.0.0.1',
  '::10.0.0.1',
  'fec0::1',
  'fe80::1%eth0',
])('%s leads into a private network too', (address) => {
  expect(isPrivateAddress(address)).toBe(true);
});

const refusal = (host: string) => ({
  name: 'DownloadError',
  reason: `its address leads into a private network (${host})`,
  failure: 'lasting',
});

/** HostThrottle as `new URL` writes them, whatever way a page spells them. */
const hostOf = (url: string) => new URL(url).hostname;

test.each([
  ['http://127.0.0.1/1.jpg', '127.0.0.1'],
  ['http://192.168.0.1/1.jpg', '192.168.0.1'],
  ['http://2130706433/1.jpg', '127.0.0.1'],
  ['http://0x7f.1/1.jpg', '127.0.0.1'],
  ['http://0177.0.0.1/1.jpg', '127.0.0.1'],
  ['http://[::1]/1.jpg', '::1'],
  ['http://[::ffff:127.0.0.1]/1.jpg', '::ffff:7f00:1'],
  ['http://[fe80::1]/1.jpg', 'fe80::1'],
])('an album out on the Internet cannot lead to %s', async (url, host) => {
  const guard = new AddressGuard(publicSite);
  await expect(guard.lookupFor(hostOf(url))).rejects.toMatchObject(refusal(host));
});

function lookUp(lookup: LookupFunction, name: string, all: boolean) {
  return new Promise<string | LookupAddress[]>((resolve, reject) => {
    lookup(name, { all }, (error, address) => (error === null ? resolve(address) : reject(error)));
  });
}

test.each([true, false])(
  'nor by a name that stands for such an address (all of them asked for: %s)',
  async (all) => {
    const lookup = await new AddressGuard(publicSite).lookupFor('localhost');
    expect(lookup).toBeDefined();
    await expect(lookUp(lookup as LookupFunction, 'localhost', all)).rejects.toMatchObject(
      refusal('localhost'),
    );
  },
);

test('a public address is connected to as it stands', async () => {
  const lookup = await new AddressGuard(publicSite).lookupFor('198.41.0.4');
  expect(await lookUp(lookup as LookupFunction, '198.41.0.4', false)).toBe('198.41.0.4');
  expect(await lookUp(lookup as LookupFunction, '198.41.0.4', true)).toEqual([
    { address: '198.41.0.4', family: 4 },
  ]);
});

test('a name that is not known fails as a name that is not known', async () => {
  const lookup = await new AddressGuard(publicSite).lookupFor('nowhere.invalid');
  await expect(lookUp(lookup as LookupFunction, 'nowhere.invalid', true)).rejects.toHaveProperty(
    'syscall',
    'getaddrinfo',
  );
});

test.each([
  'http://127.0.0.1:8080/',
  'http://localhost:8080/',
  'http://[::1]/',
  'http://10.0.0.7/',
])('an album at %s may have its originals in a private network', async (site) => {
  const guard = new AddressGuard(site);
  for (const host of ['127.0.0.1', 'localhost', '[::1]', '192.168.0.1', 'images.example']) {
    expect(await guard.lookupFor(host)).toBeUndefined();
  }
});

test('an album whose name is not known may not', async () => {
  const guard = new AddressGuard('http://nowhere.invalid/');
  await expect(guard.lookupFor('127.0.0.1')).rejects.toMatchObject(refusal('127.0.0.1'));
});
