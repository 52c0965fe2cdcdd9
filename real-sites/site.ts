import type { AlbumPhoto } from './album.js';

/** What is needed to make a site. */
export interface SiteOrder {
  /** An empty folder for the site alone, which Apache's user can reach. */
  folder: string;
  photos: readonly AlbumPhoto[];
  /** Cancels the work. */
  signal: AbortSignal;
}

/** A running site. */
export interface RunningSite {
  /** The album's address. */
  url: string;
  /** The account that may see the album; missing where anyone may. */
  account?: { username: string; password: string };
  /** Each request so far, as received: `GET /a%20b.jpg`. */
  requests(): Promise<string[]>;
}

/** Real gallery software, and how to make a site of it. */
export interface Site {
  /** Its name on the command line. */
  name: string;
  /** The built-in profile for it. */
  profile: string;
  /** Whether it shows GIF pictures. */
  gif: boolean;
  /** Matches the requests for originals and no others. */
  original: RegExp;
  /** Makes the site, and serves it until the work has ended. */
  serve<Result>(order: SiteOrder, work: (site: RunningSite) => Promise<Result>): Promise<Result>;
}
