import { readFileSync } from 'node:fs';
import { Page } from '../../src/page/page.js';
import { loadProfile } from '../../src/profile/load.js';
import { type ListingPage, readListing } from '../../src/profile/read-listing.js';

/**
 * A page of `pages/`, as served from an address. The pages were saved from galleries of our own
 * photos, made by the software itself.
 */
export function galleryPage(name: string, url: string): Page {
  return new Page({ url, text: readFileSync(new URL(`pages/${name}`, import.meta.url), 'utf8') });
}

/** Reads a saved page of an album, the first one, by a built-in profile. */
export function readGalleryPage(profile: string, name: string, url: string): ListingPage {
  return readListing(galleryPage(name, url), loadProfile(profile), { albumUrl: url, number: 1 });
}
