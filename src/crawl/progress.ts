/** How far a crawl has come. The crawl updates it; a display reads it at any time. */
export interface CrawlProgress {
  /** Listing pages read, over all walks of this run. */
  pages: number;
  /** The walk of the album under way, from 1. */
  walk: number;
  /** Most photos that one walk has listed so far. */
  listed: number;
  /** Photos found saved already. */
  alreadyHad: number;
  /** Photos saved by this run. */
  saved: number;
  /** Photos that could not be saved in this run. */
  failed: number;
  /** Bytes of originals that this run has saved. */
  bytes: number;
  /** Thumbnails that this run has measured. */
  thumbnails: number;
}

/** A crawl's progress before its first request. */
export function newProgress(): CrawlProgress {
  return {
    pages: 0,
    walk: 1,
    listed: 0,
    alreadyHad: 0,
    saved: 0,
    failed: 0,
    bytes: 0,
    thumbnails: 0,
  };
}
