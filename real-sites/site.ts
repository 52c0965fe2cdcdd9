import type { AlbumPhoto } from './album.js';

/** What a site is made with. */
export interface SiteOrder {
  /** An empty folder of its own, which Apache's user can reach. */
  folder: string;
  photos: readonly AlbumPhoto[];
  /** Stops the making. */
  signal: AbortSignal;
}

/** A site that answers. */
export interface RunningSite {
  /** The album's address. */
  url: string;
  /** The account that may see the album; without it anyone may. */
  account?: { username: string; password: string };
  /** Each request so far as it came: `GET /a%20b.jpg`. */
  requests(): Promise<string[]>;
}

/** Real gallery software, and how to make a site of it. */
export interface Site {
  /** The built-in profile for it. */
  profile: string;
  /** Whether it shows GIF. */
  gif: boolean;
  /** Fits the requests for originals, and no others. */
  original: RegExp;
  /** Makes the site, and serves it for the time of the work. */
  serve<Result>(order: SiteOrder, work: (site: RunningSite) => Promise<Result>): Promise<Result>;
}
