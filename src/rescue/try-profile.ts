import type { Secrets } from '../album/secrets.js';
import { SignInError, UnreachableError } from '../errors.js';
import { DownloadError } from '../http/download-error.js';
import type { Page } from '../page/page.js';
import type { ReadingRequest } from '../page/reading-request.js';
import { examineDetail } from '../profile/examine-detail.js';
import { type Finding, finding, pageInWords } from '../profile/examine-page.js';
import { levelsOf } from '../profile/levels.js';
import { hasDetail, type ListedItem, readDetail } from '../profile/listed-item.js';
import { pageOrder } from '../profile/next-page.js';
import type { ListingPage } from '../profile/read-listing.js';
import { itemsOf } from '../profile/rows.js';
import type { Profile } from '../profile/schema.js';
import { fieldsWith } from '../profile/secret-fields.js';
import { signedOutBy } from '../profile/signed-out.js';
import { readingRequest, startAddresses } from '../profile/site-addresses.js';
import { plainText } from '../text/plain-text.js';
import { TooManyRequestsError } from '../visit/counted-requests.js';
import { type SeenPicture, SiteVisit, type VisitOrder } from '../visit/site-visit.js';
import { examineListing } from './examine-listing.js';
import { visitSignedOut } from './signed-out-visit.js';

/** How deep albums inside albums are searched for a photo. */
const mostDepth = 6;
/** Photos of one kind at the most whose originals are compared with their thumbnails. */
const mostOriginals = 3;

/** What trying a profile needs. */
export interface TrialOrder extends VisitOrder {
  profile: Profile;
  /** Requests at the most; no limit without it. */
  mostRequests?: number;
}

/** The result of trying a profile. */
export interface Trial {
  findings: Finding[];
  /** The listing page that was read last. */
  page: Page | undefined;
  /** What must be removed from the page before it is kept. */
  secrets: Secrets;
  /** The addresses that were requested, in order, without secrets. */
  requests: readonly string[];
}

/**
 * Tries a profile on its site: signs in, reads the first page with photos, the first photo's own
 * page if it has one, and one original, and the listing page once more without cookies; saves nothing.
 *
 * @throws UnreachableError; the signal's reason where it was aborted
 */
export async function tryProfile(order: TrialOrder): Promise<Trial> {
  const trial = new ProfileTrial(order);
  try {
    await trial.run();
  } catch (error) {
    order.signal.throwIfAborted();
    if (!(error instanceof TooManyRequestsError)) throw unreachable(order.account.siteUrl, error);
    trial.findings.push(finding('requests', `${error.message}, so the trial has no end`, true));
  } finally {
    trial.close();
  }
  const { findings, page, secrets, requests } = trial;
  const hide = (text: string) => secrets.hideInMessage(text);
  const hidden = findings.map((one) => ({ ...one, found: hide(one.found) }));
  return { findings: hidden, page, secrets, requests: requests.map(hide) };
}

/** An error of the network says that the site cannot be reached; any other stays as it is. */
export function unreachable(siteUrl: string, error: unknown): unknown {
  if (!(error instanceof DownloadError)) return error;
  return new UnreachableError(`${siteUrl} cannot be reached: ${plainText(error.reason)}`, {
    cause: error,
  });
}

/** The first page with photos. */
interface FirstListing {
  listing: ListingPage;
  /** The profile as it is for the page. */
  profile: Profile;
  albumUrl: string;
}

class ProfileTrial {
  readonly findings: Finding[] = [];
  page: Page | undefined;
  readonly #visit: SiteVisit;

  constructor(private readonly order: TrialOrder) {
    const { profile, credentials, mostRequests } = order;
    this.#visit = new SiteVisit(order, profile.headers, mostRequests);
    this.secrets.addPassword(credentials.password, fieldsWith('password', profile));
    this.secrets.addUnlessWords('the user name', credentials.username);
  }

  close(): void {
    this.#visit.close();
  }

  get secrets(): Secrets {
    return this.#visit.secrets;
  }

  get requests(): readonly string[] {
    return this.#visit.requests;
  }

  async run(): Promise<void> {
    const { profile, account } = this.order;
    if (!(await this.#signIn())) return;
    const [start = account.siteUrl] = startAddresses(profile, account);
    const shown = await this.#firstListing(start);
    const photos = shown?.listing.photos ?? [];
    if (shown === undefined || photos.length === 0) return;
    await this.#visitSignedOut(shown);
    const kinds = [...new Set(photos.map(({ kind }) => kind))];
    for (const kind of kinds) await this.#examinePhotos(photos.filter((one) => one.kind === kind));
  }

  /**
   * Examines the first photo, and further ones while an original is smaller than its thumbnail: some
   * sites make the thumbnail of a tiny photo larger than the photo.
   */
  async #examinePhotos(photos: readonly ListedItem[]): Promise<void> {
    const tried = photos.slice(0, mostOriginals);
    for (const [index, photo] of tried.entries()) {
      const originals = await this.#originalsOf(photo);
      if (originals.length === 0) return;
      const isLast = index === tried.length - 1;
      if (!(await this.#isSmaller(originals, photo, isLast))) return;
    }
  }

  #tell(what: string, found: string, isProblem = false): void {
    this.findings.push(finding(what, found, isProblem));
  }

  async #signIn(): Promise<boolean> {
    try {
      const tell = (step: string, found: string) => this.#tell(`sign-in, ${step}`, found);
      const proof = await this.#visit.signIn(this.order.profile, tell);
      this.#tell('sign-in', proof);
      return true;
    } catch (error) {
      if (!(error instanceof SignInError)) throw error;
      this.findings.push({ ...finding('sign-in', error.message, true), signInRefused: true });
      return false;
    }
  }

  /** Reads the page once more, without what opens it. */
  async #visitSignedOut({ listing, profile, albumUrl }: FirstListing): Promise<void> {
    if (profile.signIn.by === 'none') return;
    const place = { albumUrl, number: 1 };
    const keys = listing.photos.map(({ key }) => key);
    this.findings.push(await visitSignedOut(this.#visit, profile, { place, keys }));
  }

  /** Opens albums inside albums until a page has photos, and returns that page. */
  async #firstListing(start: string): Promise<FirstListing | undefined> {
    const levels = levelsOf(this.order.profile);
    let albumUrl = start;
    for (let depth = 0; ; depth++) {
      const profile = levels[Math.min(depth, levels.length - 1)] ?? this.order.profile;
      const listing = await this.#listing(albumUrl, profile);
      const [inside] = listing?.albums ?? [];
      if (listing === undefined) return undefined;
      if (listing.rows > 0) return { listing, profile, albumUrl };
      if (inside === undefined || depth === mostDepth) {
        this.#tell('photos', 'none was found, so nothing more can be tried', true);
        return undefined;
      }
      albumUrl = inside.url;
    }
  }

  async #listing(albumUrl: string, profile: Profile): Promise<ListingPage | undefined> {
    const isWindow = pageOrder(profile) === 'windows';
    this.#tell('listing page', pageInWords(albumUrl));
    for (let pageUrl = albumUrl; ; ) {
      const request = readingRequest(profile, pageUrl);
      const page = await this.#fetch(request);
      this.page = page;
      if (page === undefined) return undefined;
      const { listing, findings } = examineListing(page, profile, albumUrl);
      // The first windows may lie before the oldest photo.
      if (isWindow && listing?.rows === 0 && listing.next !== undefined) {
        pageUrl = listing.next;
        continue;
      }
      if (isWindow) this.#tell('window', pageInWords(request.url));
      if (request.body !== undefined) this.#tell('posted', request.body.text);
      this.findings.push(...findings);
      return listing;
    }
  }

  async #fetch(request: ReadingRequest): Promise<Page | undefined> {
    const { url: address } = request;
    const page = await this.#visit.fetchPage(request);
    const signedOut = signedOutBy(page, this.order.profile);
    if (signedOut !== undefined) {
      this.#tell('page', `${address} is a page for signed-out visitors: ${signedOut}`, true);
      return undefined;
    }
    if (page.status >= 400) {
      this.#tell('page', `${address} answered ${page.status}`, true);
      return undefined;
    }
    if (page.url !== address) this.#tell('page', `redirected to ${page.url}`);
    return page;
  }

  /** Addresses that a photo's original may have; its own page is read where the profile says so. */
  async #originalsOf(photo: ListedItem): Promise<string[]> {
    const { profile } = this.order;
    const item = itemsOf(profile)[photo.kind ?? 0];
    const inRow = photo.originals.filter((original) => original !== null);
    if (item === undefined || !hasDetail(item) || photo.detailUrl === undefined) return inRow;
    const page = await this.#fetch({ url: photo.detailUrl });
    if (page === undefined) return [];
    const findings = examineDetail(page, profile, { ...photo, photo });
    this.findings.push(...findings);
    if (findings.some(({ isProblem }) => isProblem)) return [];
    return readDetail(page, profile, { ...photo, photo }).originals;
  }

  /**
   * Fetches an original and its thumbnail, and tells of both.
   *
   * @param isProblem whether an original that is smaller is a problem of the profile's
   * @returns whether the original is smaller than the thumbnail
   */
  async #isSmaller(
    originals: readonly string[],
    { thumbnailUrl }: ListedItem,
    isProblem: boolean,
  ): Promise<boolean> {
    const original = await this.#firstPicture(originals);
    if (original === undefined || thumbnailUrl === undefined) return false;
    if (thumbnailUrl === original.url) {
      this.#tell('thumbnail', 'it is the original itself');
      return false;
    }
    const small = await this.#visit.fetchPicture(thumbnailUrl);
    if (small instanceof DownloadError) {
      this.#tell('thumbnail', `${thumbnailUrl}: ${small.reason}`);
      return false;
    }
    const isSmaller = pixelsOf(original) < pixelsOf(small) || original.bytes < small.bytes;
    const note = isSmaller ? ': larger than what the profile takes for the original' : '';
    this.#tell('thumbnail', `${inWords(small)}${note}`, isSmaller && isProblem);
    return isSmaller;
  }

  async #firstPicture(originals: readonly string[]): Promise<SeenPicture | undefined> {
    for (const [index, url] of originals.entries()) {
      const picture = await this.#visit.fetchPicture(url);
      if (!(picture instanceof DownloadError)) {
        this.#tell('original', inWords(picture));
        return picture;
      }
      const isLast = index === originals.length - 1;
      this.#tell('original', `${url}: ${picture.reason}`, isLast || picture.failure !== 'lasting');
      if (picture.failure !== 'lasting') return undefined;
    }
    return undefined;
  }
}

function pixelsOf({ width, height }: SeenPicture): number {
  return width * height;
}

function inWords({ contentType, width, height, bytes, url }: SeenPicture): string {
  const size = width === 0 ? 'of unknown size' : `${width} × ${height}`;
  return `${contentType}, ${size}, ${bytes} bytes: ${url}`;
}
