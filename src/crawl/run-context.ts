import type { Album } from '../album/album.js';
import type { Secrets } from '../album/secrets.js';
import type { PageClient } from '../http/page-client.js';
import type { RequestAuthorization } from '../http/request-authorization.js';
import type { OriginalThread } from '../originals/original-thread.js';
import type { OriginalsPlace } from '../originals/originals-place.js';
import type { Profile } from '../profile/schema.js';
import type { SiteSession } from '../session/site-session.js';
import type { AlbumWalks, Step } from '../walk/album-walks.js';
import type { ShownPages } from '../walk/shown-pages.js';
import type { CrawlProgress } from './progress.js';
import type { RenewedPages } from './renewed-pages.js';
import type { RequestManager } from './request-manager.js';
import type { RunControl } from './run-control.js';

/** What the handlers of one run work with. It is handed to them; nothing is global. */
export interface RunContext {
  /** Names the run. */
  runId: string;
  queue: RequestManager;
  profile: Profile;
  client: PageClient;
  album: Album;
  walks: AlbumWalks;
  shown: ShownPages;
  /** Listing pages that were read again because addresses on them had run out. */
  renewed: RenewedPages;
  session: SiteSession;
  /** Clears requests for originals, and is told how hosts answer. */
  authorization: RequestAuthorization;
  /** Whether the host of an address has failed too many times in a row, and not answered since. */
  hostFails(url: string): boolean;
  originals: OriginalThread;
  /** Where originals are kept. */
  place: OriginalsPlace;
  /**
   * What must never be stored: the password, cookies and tokens. What a page says is hidden as soon as
   * it is read; an address is revealed when it is requested.
   */
  secrets: Secrets;
  control: RunControl;
  progress: CrawlProgress;
  /** Milliseconds before the first retry. */
  retryDelay: number;
  /** How the walking ended, or undefined while it has not. */
  walked: Extract<Step, 'settled' | 'keeps changing'> | undefined;
}
