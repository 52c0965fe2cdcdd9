import type { Page } from '../page/page.js';
import { surveyPage } from '../survey/survey-page.js';
import { type AlbumCandidate, albumRules } from './albums-rule.js';
import { type FoundListing, findListing, mostAlbums } from './find-listing.js';
import { likelyWays } from './likely-ways.js';
import { keysOn, type ListingRows } from './listing-rows.js';
import type { Look } from './look.js';

/** How many lists of links on the photos' page are tried as albums beside them. */
const mostLists = 3;
/** Requests of the look that are left for the photos themselves. */
const leftForPhotos = 30;

/** An album beside the one whose photos are learned. */
export interface OtherAlbum {
  /** The page that shows its photos. */
  page: Page;
  /** The pages that led to it, the first one first, each with the rule for its albums. */
  above: FoundListing['above'];
  /** Its photos, where the rules of the others do not find them. */
  form?: ListingRows;
}

/**
 * Opens one album that the photos' page itself links to, and one that is listed beside it: what is
 * learned of the photos must hold there too.
 *
 * @param rows the photos of the page that was found
 */
export async function otherAlbums(
  found: FoundListing,
  rows: ListingRows,
  look: Look,
): Promise<OtherAlbum[]> {
  const search = new OtherAlbumSearch(found, rows, look);
  const others = [await search.beside(), await search.sibling()];
  return others.filter((one) => one !== undefined);
}

class OtherAlbumSearch {
  readonly #photos: ReadonlySet<string>;

  constructor(
    private readonly found: FoundListing,
    private readonly rows: ListingRows,
    private readonly look: Look,
  ) {
    this.#photos = new Set(keysOn(found.page, rows));
  }

  /** An album that the photos' page links to. */
  async beside(): Promise<OtherAlbum | undefined> {
    const { page } = this.found;
    if (!page.isHtml) return undefined;
    const { candidates } = albumRules(page, surveyPage(page), undefined);
    for (const albums of candidates.slice(0, mostLists)) {
      if (albums.addresses.some((one) => this.#photos.has(one))) continue;
      const other = await this.#openOneOf(albums, [{ page, albums: withoutDoubt(albums) }]);
      if (other !== undefined) return other;
    }
    return undefined;
  }

  /** The album after the one with the photos, in the list that has both. */
  async sibling(): Promise<OtherAlbum | undefined> {
    const { above, page } = this.found;
    const last = above.at(-1);
    if (last === undefined) return undefined;
    const opened = last.albums.addresses.findIndex((url) => isAddressOf(url, page));
    const addresses = last.albums.addresses.slice(opened + 1);
    return this.#openOneOf({ ...last.albums, addresses }, above);
  }

  async #openOneOf(
    { addresses }: AlbumCandidate,
    above: FoundListing['above'],
  ): Promise<OtherAlbum | undefined> {
    for (const url of addresses.slice(0, mostAlbums)) {
      if (this.look.left <= leftForPhotos) return undefined;
      const other = await this.#open(url, above);
      if (other !== undefined) return other;
    }
    return undefined;
  }

  async #open(url: string, above: FoundListing['above']): Promise<OtherAlbum | undefined> {
    const page = await this.look.page(url);
    const seen = [this.found.page, ...above.map((one) => one.page)];
    if (page === undefined || page.status >= 400) return undefined;
    if (seen.some((one) => one.url === page.url)) return undefined;
    if (this.#hasOthers(page)) return { page, above };
    const inside = await findListing(page, this.look, above, leftForPhotos);
    if (inside === undefined || seen.some((one) => one.url === inside.page.url)) return undefined;
    const further = inside.above.slice(above.length);
    const leadsBack = further.some(({ albums: { rule, addresses } }) =>
      Boolean(rule.isUncertain ?? seen.some((one) => addresses.some((to) => isAddressOf(to, one)))),
    );
    if (leadsBack || inside.ways[0]?.mayBeAlbums !== false) return undefined;
    if (this.#hasOthers(inside.page)) return inside;
    if (keysOn(inside.page, this.rows).length > 0) return undefined;
    if (isSameForm(inside.ways[0], this.rows)) return inside;
    const [form] = (await likelyWays(inside, this.look)).ways;
    return form && { page: inside.page, above: inside.above, form };
  }

  /** Whether a page has photos of the same form, and not the same ones alone. */
  #hasOthers(page: Page): boolean {
    return keysOn(page, this.rows).some((key) => !this.#photos.has(key));
  }
}

function isSameForm(one: ListingRows, other: ListingRows): boolean {
  const formOf = ({ kinds, json }: ListingRows) =>
    JSON.stringify([kinds.map(({ row }) => row), json]);
  return formOf(one) === formOf(other);
}

function withoutDoubt({ addresses, rule: { place, rule, seenOn } }: AlbumCandidate) {
  const seen = `${seenOn}; the first one opened has photos`;
  return { addresses, rule: { place, rule, seenOn: seen } };
}

function isAddressOf(url: string, page: Page): boolean {
  return url === page.url || url === page.requestedUrl;
}
