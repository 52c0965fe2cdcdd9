import { randomUUID } from 'node:crypto';
import { log as crawleesOwnLog } from '@crawlee/cheerio';
import type { Album } from '../album/album.js';
import { albumTally, type Tally } from '../album/counts.js';
import type { SharedFile } from '../album/photo-dataset.js';
import type { Secrets } from '../album/secrets.js';
import { EscapeError, UnreachableError } from '../errors.js';
import { HostThrottle, type SharedThrottle } from '../http/host-throttle.js';
import { PageClient } from '../http/page-client.js';
import { RequestSlots } from '../http/request-slots.js';
import { SiteAuthorization } from '../http/site-authorization.js';
import { SiteCookies } from '../http/site-cookies.js';
import type { OriginalThread } from '../originals/original-thread.js';
import type { OriginalsPlace } from '../originals/originals-place.js';
import { levelsOf } from '../profile/levels.js';
import { strictest } from '../profile/limits.js';
import { pageOrder, pageStep } from '../profile/next-page.js';
import type { Profile } from '../profile/schema.js';
import { fieldsWith } from '../profile/secret-fields.js';
import { type SiteAccount, signInAddress, startAddresses } from '../profile/site-addresses.js';
import { basicOf, type Credentials } from '../session/sign-in-site.js';
import { SiteSession } from '../session/site-session.js';
import type { ProxySettings } from '../settings/proxy-settings.js';
import type { StorageFolder } from '../storage/storage-folder.js';
import { plainText } from '../text/plain-text.js';
import { collectOften } from '../v8-flags.js';
import { AlbumWalks } from '../walk/album-walks.js';
import { ShownPages } from '../walk/shown-pages.js';
import { crawleeConfiguration, crawleeLog, createCrawler } from './crawler.js';
import { readAddresses } from './listing.js';
import { measureThumbnails, type ThumbnailChoice } from './measure-thumbnails.js';
import type { CrawlProgress } from './progress.js';
import { RenewedPages } from './renewed-pages.js';
import { RequestManager } from './request-manager.js';
import { loginRequest } from './requests.js';
import type { RunContext } from './run-context.js';
import type { RunControl } from './run-control.js';
import { findStandIns } from './stand-ins.js';

/** What a crawl needs, checked. */
export interface CrawlOptions {
  profile: Profile;
  account: SiteAccount;
  credentials: Credentials;
  /** Requests at once. */
  concurrency: number;
  /** Requests a minute at the most. */
  maxPerMinute: number | undefined;
  userAgent: string;
  /** Which proxies to use; none without it. */
  proxies?: ProxySettings | undefined;
  thumbnails: ThumbnailChoice;
  /** The storage that holds the album, opened for writing. */
  storage: StorageFolder;
  album: Album;
  /** The thread that fetches originals, not begun yet. The caller that created it closes it. */
  originals: OriginalThread;
  /** Where originals are kept. */
  place: OriginalsPlace;
  /** Stops the crawl from outside. */
  control: RunControl;
  /** Updated by the crawl. */
  progress: CrawlProgress;
  /** Receives Crawlee's own log, line by line. */
  verbose?: ((line: string) => void) | undefined;
  timing: CrawlTiming;
  /** What it shares with crawls of other albums; nothing without it. */
  sharedThrottle?: SharedThrottle;
}

/** How patient a crawl is, in milliseconds. */
export interface CrawlTiming extends Partial<UsualTiming> {
  /** Time without a byte after which a transfer is broken off. */
  idleTimeout: number;
}

/** What is the same for all albums. */
interface UsualTiming {
  /** Before the first retry; each further one waits twice as long. */
  retryDelay: number;
  /** Pause for a host after 429 or 503 without a Retry-After. */
  pause: number;
  /** Longest Retry-After that is waited for; beyond it the run gives up for now. */
  longestPause: number;
}

const usualTiming: UsualTiming = {
  retryDelay: 500,
  pause: 5_000,
  longestPause: 15 * 60_000,
};

/** How a crawl ended. */
export interface CrawlReport {
  tally: Tally;
  /** Why it ended before its work was done, or undefined. */
  cause: EscapeError | undefined;
  /** Whether the album still changed from walk to walk when the last walk ended. */
  keepsChanging: boolean;
  /** The number of pages at which walking was given up, or undefined. */
  cutAt: number | undefined;
  /** Rows of the last walk that could not be read as photos, each in a sentence. */
  unreadable: readonly string[];
  /** What else speaks against the last walk having listed all photos, with what to do. */
  doubts: readonly string[];
  /** Whether the site itself says that the album has no photo. */
  saysEmpty: boolean;
  /** Files that the site sent in place of originals: see {@link findStandIns}. */
  standIns: readonly SharedFile[];
}

/**
 * Saves every original of an album that is not saved yet. After any end, the next call resumes.
 *
 * @throws what is unexpected; an expected early end is the report's `cause`
 */
export async function crawl(options: CrawlOptions): Promise<CrawlReport> {
  void options.originals.loaded.then(collectOften);
  const { profile, account, control, album, userAgent, proxies } = options;
  const { siteUrl } = account;
  const { concurrency, maxPerMinute } = strictest(profile, options);
  const timing = { ...usualTiming, ...options.timing };
  let hostFailed: UnreachableError | undefined;
  const throttle = new HostThrottle(
    maxPerMinute,
    timing.longestPause,
    (host, reason, kind, pause) => {
      const problem = outage(host, secrets.hideInMessage(reason), pause);
      if (kind === 'pauses') control.stop(problem);
      if (control.cause !== undefined) return;
      hostFailed = problem;
      // A host that only fails does not keep the run from reading what the album lists today, nor what
      // is under way on another host from ending.
      if (run.walked !== undefined) control.stop(hostFailed, Number.POSITIVE_INFINITY);
    },
    options.sharedThrottle,
  );
  const unfollow = options.sharedThrottle?.follow((host, pause) => throttle.pause(host, pause));
  const cookies = new SiteCookies(siteUrl, basicOf(options.credentials));
  const { secrets } = cookies;
  secrets.addPassword(options.credentials.password, fieldsWith('password', profile));
  const { verbose } = options;
  const log = crawleeLog(verbose && ((line) => verbose(secrets.hideInMessage(line))));
  crawleesOwnLog.setOptions(log.getOptions());
  const signal = control.dropped;
  const { originals } = options;
  const slots = new RequestSlots(concurrency, throttle, signal, () => originals.askForSlot());
  throttle.onPause(() => originals.holdBack());
  const { headers: fixedHeaders } = profile;
  const common = { userAgent, proxies, signal };
  const client = new PageClient({ ...common, cookies, throttle, slots, fixedHeaders, ...timing });
  const authorization = new SiteAuthorization(throttle, cookies, signal, fixedHeaders);
  const { idleTimeout, pause, retryDelay } = timing;
  originals.begin({
    ...common,
    ...{ siteUrl, idleTimeout, pause, retryDelay, authorization },
    folder: options.storage.temporaryFolder,
    acquireSlot: (url) => slots.acquire(url, 'original'),
    // One at a time, each is sent with the cookies of the answer before.
    needsOnlySlot: (url) => concurrency > 1 && throttle.isOpen(url),
  });
  // What an earlier run left pending is listed anew, with the addresses of today.
  await options.storage.requests.dropPending();
  const queue = await RequestManager.open(options.storage.requests);
  const runId = randomUUID();
  const orders = levelsOf(profile).map(pageOrder);
  const run: RunContext = {
    runId,
    queue,
    profile,
    client,
    album,
    walks: new AlbumWalks({
      starts: startAddresses(profile, account),
      orders,
      steps: levelsOf(profile).map(pageStep),
      mostPages: profile.listing.mostPages,
    }),
    shown: new ShownPages(album, runId, profile, !orders.includes('windows')),
    renewed: new RenewedPages((page) => readAddresses(page, run)),
    session: new SiteSession({
      profile,
      account,
      credentials: options.credentials,
      client,
      cookies,
    }),
    authorization,
    hostFails: (url) => throttle.hasFailed(url),
    originals,
    place: options.place,
    secrets,
    control,
    progress: options.progress,
    retryDelay,
    walked: undefined,
  };
  const configuration = crawleeConfiguration();
  const crawler = createCrawler(run, concurrency, configuration, log);
  // Crawlee's pool looks for work when a handler has ended: a page has more to do when its originals are known.
  queue.onAdded(() => void crawler.autoscaledPool?.notify());
  control.onStop(() => {
    crawler.stop();
    slots.end(new Error('the run is ending'));
  });
  let standIns: readonly SharedFile[] = [];
  try {
    await queue.addRequest(loginRequest(signInAddress(profile, account), run.runId), {
      forefront: true,
    });
    // Crawlee forgets a stop that comes before it runs.
    if (control.cause === undefined) await crawler.run().catch(stopFor(control));
    const thumbnails = { choice: options.thumbnails, siteUrl, atOnce: concurrency };
    await measureThumbnails(run, thumbnails).catch(stopFor(control));
    standIns = (await findStandIns(run, thumbnails).catch(stopFor(control))) ?? [];
  } catch (error) {
    throw withoutSecrets(error, secrets);
  } finally {
    // Crawlee closes it only after a run has begun, and its timer keeps the process alive.
    await configuration.getEventManager().close();
    unfollow?.();
    control.close();
    client.close();
    // The control outlives the crawl and would keep it in memory.
    control.onStop(() => undefined);
  }
  if (control.cause === undefined && run.walked === undefined) {
    throw new Error('the crawl ended without having walked the album to its end');
  }
  const tally = albumTally(album, run.runId);
  const [silent] = throttle.silent();
  const stillFails = throttle.hasOutage ? hostFailed : undefined;
  const unreachable = stillFails ?? (silent ? outage(silent, 'it does not answer') : undefined);
  // An outage that kept back no photo but some that are no longer listed is none of the album's.
  const lasting = control.cause === hostFailed ? undefined : control.cause;
  const isUnsaved = tally.failed + tally.pending > 0;
  return {
    tally,
    cause: withoutSecrets(isUnsaved ? (control.cause ?? unreachable) : lasting, secrets),
    keepsChanging: run.walked === 'keeps changing' && !run.walks.cut,
    cutAt: run.walks.cut ? profile.listing.mostPages : undefined,
    unreadable: run.walks.unreadable,
    doubts: run.walks.doubts,
    saysEmpty: run.walks.saysEmpty,
    standIns,
  };
}

/** Stops the run for an EscapeError, which the report then names; throws any other error. */
function stopFor(control: RunControl): (error: unknown) => void {
  return (error) => {
    if (!(error instanceof EscapeError)) throw error;
    control.stop(error);
  };
}

/** What the site says may be in an error, and a secret in that. */
function withoutSecrets<Problem>(error: Problem, secrets: Secrets): Problem {
  if (!(error instanceof Error)) return error;
  const { message, stack } = error;
  error.message = secrets.hideInMessage(message);
  if (stack !== undefined) error.stack = stack.replace(message, () => error.message);
  return error;
}

function outage(host: string, reason: string, pause?: number): UnreachableError {
  return new UnreachableError(
    `Gave up for now, because of ${host}: ${plainText(reason)}. What was saved is safe; run the same command again later.`,
    { ...(pause !== undefined && { pause }) },
  );
}
