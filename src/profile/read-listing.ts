import { type ListedPhoto, photoKey } from '../photo.js';
import type { Page } from './page.js';
import type { Profile } from './schema.js';
import { selectField } from './select.js';

/** What a listing page shows, read by a profile's rules. */
export interface ListingPage {
  /** Rows that the profile's selector found, readable or not. */
  rows: number;
  /** The photos, in the page's order, each once. */
  photos: Omit<ListedPhoto, 'page'>[];
  /** Why rows could not be read as photos, one sentence each. */
  unreadable: string[];
}

type Row = Omit<ListedPhoto, 'page' | 'position'>;

function webAddress(text: string, base: string): string | undefined {
  const address = URL.canParse(text, base) ? new URL(text, base) : undefined;
  return address?.protocol === 'http:' || address?.protocol === 'https:' ? address.href : undefined;
}

function readRow(
  attributes: Readonly<Record<string, string>>,
  pageUrl: string,
  { item, original }: Profile,
): Row | string {
  const thumbnail = selectField(attributes, item.thumbnail);
  if (thumbnail === undefined) return `it has no ${item.thumbnail.attribute}`;
  const id = selectField(attributes, item.id);
  if (id === undefined) return `no id can be read from it (${thumbnail})`;
  const thumbnailUrl = webAddress(thumbnail, pageUrl);
  const originalUrl =
    thumbnailUrl?.includes(original.replace) === true
      ? thumbnailUrl.replace(original.replace, () => original.with)
      : undefined;
  if (thumbnailUrl === undefined || originalUrl === undefined) {
    return `no original can be derived from its address (${thumbnail})`;
  }
  const version = item.version && selectField(attributes, item.version);
  const uploadedAt = item.uploadedAt && selectField(attributes, item.uploadedAt);
  const rotation = item.rotation && selectField(attributes, item.rotation);
  return {
    key: photoKey(id, version),
    id,
    originalUrl,
    thumbnailUrl,
    ...(version !== undefined && { version }),
    ...(uploadedAt !== undefined && { uploadedAt }),
    ...(rotation !== undefined && { rotation }),
  };
}

/**
 * The number of the furthest listing page that a page links to, or undefined where it links to none.
 *
 * @param $ the page
 * @param pageUrl the address it was served from
 * @param profile the site's rules
 */
export function furthestLink($: Page, pageUrl: string, { listing }: Profile): number | undefined {
  let furthest: number | undefined;
  for (const element of $(`a[href*="${listing.pageParameter}="]`).toArray()) {
    const href = 'attribs' in element ? (element.attribs.href ?? '') : '';
    const url = URL.canParse(href, pageUrl) ? new URL(href, pageUrl) : undefined;
    if (url?.pathname !== new URL(pageUrl).pathname) continue;
    const number = url.searchParams.get(listing.pageParameter) ?? '';
    if (/^\d{1,7}$/.test(number)) furthest = Math.max(furthest ?? 0, Number(number));
  }
  return furthest;
}

/**
 * Reads the photos of one listing page.
 *
 * @param $ the page
 * @param pageUrl the address it was served from; addresses on it are relative to this one
 * @param profile the site's rules
 */
export function readListing($: Page, pageUrl: string, profile: Profile): ListingPage {
  const page: ListingPage = { rows: 0, photos: [], unreadable: [] };
  const seen = new Set<string>();
  for (const element of $(profile.item.row).toArray()) {
    page.rows += 1;
    const row = readRow('attribs' in element ? element.attribs : {}, pageUrl, profile);
    if (typeof row === 'string') {
      page.unreadable.push(`item ${page.rows}: ${row}`);
    } else if (!seen.has(row.key)) {
      seen.add(row.key);
      page.photos.push({ ...row, position: page.rows });
    }
  }
  return page;
}
