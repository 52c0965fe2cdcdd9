import type { LinkedAlbum } from '../profile/read-listing.js';
import type { Total } from '../profile/read-total.js';
import type { SequencePage } from './page-sequence.js';
import type { PageTestimony } from './page-testimony.js';

/** What a walk needs of a listing page. */
export interface WalkedPage extends Omit<SequencePage, 'rows' | 'others'> {
  /** Rows found, readable or not; 0 where the page has none. */
  rows: number;
  /** What stands for each row that is no photo by the rules. */
  others?: readonly string[];
  /** The albums that it leads to. */
  albums: readonly LinkedAlbum[];
  /** The address of the page behind it, or undefined where it leads to none. */
  next: string | undefined;
  /** The highest number of a page that its links have where the rules count pages up, if any. */
  furthestLink?: number | undefined;
  /** The site's own count of the album's photos, where the profile names a place for it. */
  total?: Total | undefined;
  /** Whether the site refuses the page, as it does to someone whom it does not know, or who asks too much. */
  isRefused?: boolean;
  /** What a look at the page shows beside; missing where the page is none. */
  testimony?: PageTestimony | undefined;
}
