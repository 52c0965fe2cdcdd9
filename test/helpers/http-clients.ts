import { buffer } from 'node:stream/consumers';
import { AddressGuard } from '../../src/http/address-guard.js';
import { HostThrottle } from '../../src/http/host-throttle.js';
import { OriginalClient } from '../../src/http/original-client.js';
import { PageClient } from '../../src/http/page-client.js';
import { RequestSlots } from '../../src/http/request-slots.js';
import { SiteAuthorization } from '../../src/http/site-authorization.js';
import { SiteCookies } from '../../src/http/site-cookies.js';
import type { ProxySettings } from '../../src/settings/proxy-settings.js';

/** What either client fetches, in the same words. */
interface Fetched {
  /** The address that it came from; for originals that is not known. */
  url: string | undefined;
  bytes: Buffer;
}

/** Both clients of a site, and what they share. */
export interface Clients {
  cookies: SiteCookies;
  pages: PageClient;
  originals: OriginalClient;
  /** Fetches by one of the clients, to the last byte. */
  fetch: Record<'page' | 'original', (url: string) => Promise<Fetched>>;
}

/** How the clients differ from the usual ones. */
export interface ClientChange {
  proxies?: ProxySettings;
  /** The album's address, where it is not the site's. */
  album?: string;
  fixedHeaders?: Record<string, string>;
  idleTimeout?: number;
}

/** Which of the clients is tried. */
export const bothClients = ['page', 'original'] as const;

/** Runs the work with both clients of a site. */
export async function withClients<Result>(
  origin: string,
  work: (clients: Clients) => Promise<Result>,
  { album = origin, fixedHeaders = {}, proxies, idleTimeout = 10_000 }: ClientChange = {},
): Promise<Result> {
  const { signal } = new AbortController();
  const cookies = new SiteCookies(album);
  const throttle = new HostThrottle(undefined, Number.POSITIVE_INFINITY, () => undefined);
  const common = { userAgent: 'tester', idleTimeout, pause: 1, proxies, signal };
  const slots = new RequestSlots(4, throttle, signal);
  const pages = new PageClient({ ...common, cookies, throttle, slots, fixedHeaders });
  const originals = new OriginalClient({
    ...common,
    authorization: new SiteAuthorization(throttle, cookies, signal, fixedHeaders),
    guard: new AddressGuard(album),
  });
  const fetch: Clients['fetch'] = {
    page: async (url) => {
      const { stream, url: from } = await pages.stream({ url });
      return { url: from, bytes: await buffer(stream) };
    },
    original: async (url) => ({
      url: undefined,
      bytes: await buffer((await originals.open(url)).body),
    }),
  };
  try {
    return await work({ cookies, pages, originals, fetch });
  } finally {
    pages.close();
    originals.close();
  }
}
