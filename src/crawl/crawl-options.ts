import type { Album } from '../album/album.js';
import type { SharedThrottle } from '../http/host-throttle.js';
import type { OriginalThread } from '../originals/original-thread.js';
import type { OriginalsPlace } from '../originals/originals-place.js';
import type { Profile } from '../profile/schema.js';
import type { SiteAccount } from '../profile/site-addresses.js';
import type { Credentials } from '../session/sign-in-site.js';
import type { ProxySettings } from '../settings/proxy-settings.js';
import type { StorageFolder } from '../storage/storage-folder.js';
import type { ThumbnailChoice } from './measure-thumbnails.js';
import type { CrawlProgress } from './progress.js';
import type { RunControl } from './run-control.js';

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

export const usualTiming: UsualTiming = {
  retryDelay: 500,
  pause: 5_000,
  longestPause: 15 * 60_000,
};
