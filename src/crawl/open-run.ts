import { randomUUID } from 'node:crypto';
import { PageClient } from '../http/page-client.js';
import { RequestSlots } from '../http/request-slots.js';
import { SiteAuthorization } from '../http/site-authorization.js';
import { SiteCookies } from '../http/site-cookies.js';
import { levelsOf } from '../profile/levels.js';
import { strictest } from '../profile/limits.js';
import { pageOrder, pageStep } from '../profile/next-page.js';
import { fieldsWith } from '../profile/secret-fields.js';
import { startAddresses } from '../profile/site-addresses.js';
import { basicOf } from '../session/sign-in-site.js';
import { SiteSession } from '../session/site-session.js';
import { AlbumWalks } from '../walk/album-walks.js';
import { ShownPages } from '../walk/shown-pages.js';
import { type CrawlOptions, usualTiming } from './crawl-options.js';
import { readAddresses } from './listing.js';
import { Outages } from './outages.js';
import { RenewedPages } from './renewed-pages.js';
import { RequestManager } from './request-manager.js';
import type { RunContext } from './run-context.js';

/** A run that may begin. */
export interface OpenRun {
  run: RunContext;
  /** Requests at once. */
  concurrency: number;
  slots: RequestSlots;
  outages: Outages;
  /** Ends its connections, and what it hears from other runs. */
  close(): void;
}

/** Makes all that the requests of one run share, and begins the thread for originals. */
export async function openRun(options: CrawlOptions): Promise<OpenRun> {
  const { profile, account, credentials, control, album, storage, originals } = options;
  const { userAgent, proxies, sharedThrottle } = options;
  const { concurrency, maxPerMinute } = strictest(profile, options);
  const { longestPause, ...timing } = { ...usualTiming, ...options.timing };
  const cookies = new SiteCookies(account.siteUrl, basicOf(credentials));
  const { secrets } = cookies;
  secrets.addPassword(credentials.password, fieldsWith('password', profile));
  const outages = new Outages(
    { maxPerMinute, longestPause, shared: sharedThrottle },
    { control, secrets, hasWalked: () => run.walked !== undefined },
  );
  const { throttle } = outages;
  const signal = control.dropped;
  const slots = new RequestSlots(concurrency, throttle, signal, () => originals.askForSlot());
  throttle.onPause(() => originals.holdBack());
  const { headers: fixedHeaders } = profile;
  const common = { userAgent, proxies, signal };
  const client = new PageClient({ ...common, cookies, throttle, slots, fixedHeaders, ...timing });
  const authorization = new SiteAuthorization(throttle, cookies, signal, fixedHeaders);
  originals.begin({
    ...common,
    ...timing,
    authorization,
    siteUrl: account.siteUrl,
    folder: storage.temporaryFolder,
    acquireSlot: (url) => slots.acquire(url, 'original'),
    // One at a time, each is sent with the cookies of the answer before.
    needsOnlySlot: (url) => concurrency > 1 && throttle.isOpen(url),
  });
  // What an earlier run left pending is listed anew, with the addresses of today.
  await storage.requests.dropPending();
  const runId = randomUUID();
  const orders = levelsOf(profile).map(pageOrder);
  const run: RunContext = {
    runId,
    profile,
    client,
    album,
    authorization,
    originals,
    secrets,
    control,
    queue: await RequestManager.open(storage.requests),
    walks: new AlbumWalks({
      starts: startAddresses(profile, account),
      orders,
      steps: levelsOf(profile).map(pageStep),
      mostPages: profile.listing.mostPages,
    }),
    shown: new ShownPages(album, runId, profile, !orders.includes('windows')),
    renewed: new RenewedPages((page) => readAddresses(page, run)),
    session: new SiteSession({ profile, account, credentials, client, cookies }),
    hostFails: (url) => throttle.hasFailed(url),
    place: options.place,
    progress: options.progress,
    retryDelay: timing.retryDelay,
    walked: undefined,
  };
  const unfollow = sharedThrottle?.follow((host, pause) => throttle.pause(host, pause));
  const close = () => {
    unfollow?.();
    client.close();
  };
  return { run, concurrency, slots, outages, close };
}
