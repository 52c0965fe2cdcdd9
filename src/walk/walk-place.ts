/** Where a listing page stands. */
export interface WalkPlace {
  /** The walk that it belongs to, from 1. */
  walk: number;
  /** Its number within the walk, over all albums, from 1. */
  page: number;
  url: string;
  /** Titles of the album and of those that hold it, the outermost first. */
  titles: string[];
  /** The address of the album's first page. */
  albumUrl: string;
  /** The level of its album, from 0: see `listing.albums.listing`. */
  level: number;
  /** The page's number within its album, from 1. */
  number: number;
}
