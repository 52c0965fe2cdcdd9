import type { DownloadError } from '../http/download-error.js';
import type { Page } from '../page/page.js';
import type { ReadingRequest } from '../page/reading-request.js';
import type { SeenPicture } from '../visit/site-visit.js';

/**
 * How what learns looks at the site: every request is counted, made once, and refused where its address
 * might change something there.
 */
export interface Look {
  /**
   * Fetches a page, or gives it again where it was fetched before.
   *
   * @returns undefined where it must not, or cannot, be fetched
   */
  page(request: string | ReadingRequest): Promise<Page | undefined>;
  /**
   * Fetches a picture or film whole, or says again what it was.
   *
   * @returns the error where there is no such picture; undefined where it must not be fetched
   */
  picture(url: string): Promise<SeenPicture | DownloadError | undefined>;
  /**
   * Sends the user’s name, as the first step of a sign-in.
   *
   * @param form a selector for the form of the page
   * @param field the name of its field
   * @returns the page that it leads to; undefined where it cannot be sent
   * @throws SignInError where it would go to another site
   */
  sendUsername?(page: Page, form: string, field: string): Promise<Page | undefined>;
  /** Requests that may still be made. */
  readonly left: number;
}
