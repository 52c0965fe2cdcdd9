import type { Album } from '../album/album.js';
import type { PageClient } from '../http/page-client.js';
import type { RequestAuthorization } from '../http/request-authorization.js';
import type { OriginalThread } from '../originals/original-thread.js';
import type { Profile } from '../profile/schema.js';
import type { SiteSession } from '../session/site-session.js';
import type { FileStore } from '../storage/file-store.js';
import type { AlbumWalks, Step } from '../walk/album-walks.js';
import type { ShownPages } from '../walk/shown-pages.js';
import type { CrawlProgress } from './progress.js';
import type { RunControl } from './run-control.js';

/** What the handlers of one run work with. It is handed to them; nothing is global. */
export interface RunContext {
  /** Names the run; requests of another run's walks are told apart by it. */
  run: string;
  profile: Profile;
  client: PageClient;
  album: Album;
  walks: AlbumWalks;
  shown: ShownPages;
  session: SiteSession;
  /** What every request for an original passes; it is told of failures. */
  gate: RequestAuthorization;
  originals: OriginalThread;
  /** The key-value store of the originals. */
  files: FileStore;
  /** What is never to be kept: the password, what opens the session. */
  secrets(): Promise<string[]>;
  control: RunControl;
  progress: CrawlProgress;
  /** Milliseconds before the first retry. */
  retryDelay: number;
  /** How the walking ended; set when it has. */
  walked: Extract<Step, 'settled' | 'restless'> | undefined;
}
