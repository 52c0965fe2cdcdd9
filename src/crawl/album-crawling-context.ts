import type { CheerioCrawlingContext } from '@crawlee/cheerio';
import type { Page } from '../page/page.js';

/** What handlers are given beside Crawlee's own context. */
export interface AlbumCrawlingContext extends CheerioCrawlingContext {
  /** The page that was fetched; missing where a request skips navigation. */
  page: Page;
  /** The session that the page was requested with. */
  generation: number;
}
