import { Page } from '../../src/page/page.js';
import { atLevel, levelsOf } from '../../src/profile/levels.js';
import { pageOrder, pageStep } from '../../src/profile/next-page.js';
import { readListing } from '../../src/profile/read-listing.js';
import type { Profile } from '../../src/profile/schema.js';
import { AlbumWalks } from '../../src/walk/album-walks.js';
import { testify } from '../../src/walk/testify.js';
import type { WalkPlace } from '../../src/walk/walk-place.js';

const origin = 'https://album.test';

/** Walks an album and returns what is in doubt, with addresses relative to the site's. */
export function doubtsOf(
  profile: Profile,
  pages: Record<string, string | Partial<Page>>,
  start = '/',
): string[] {
  const { mostPages } = profile.listing;
  const orders = levelsOf(profile).map(pageOrder);
  const steps = levelsOf(profile).map(pageStep);
  const walks = new AlbumWalks({ starts: [`${origin}${start}`], orders, steps, mostPages });
  for (let place: WalkPlace | undefined = walks.begin; place !== undefined; ) {
    const served = pages[place.url.slice(origin.length)] ?? '';
    const answer = typeof served === 'string' ? { text: served } : served;
    const isHtml = !/^[[{]/.test(answer.text ?? '');
    const page = new Page({ text: '', ...answer, url: place.url, isHtml });
    const {
      photos: found,
      parts,
      ...listing
    } = readListing(page, atLevel(profile, place.level), place);
    const testimony = testify(page, parts, place, found);
    const keys = found.map(({ key }) => key);
    place = walks.addPage(place, { ...listing, keys, testimony }).place;
  }
  return walks.doubts.map((doubt) => doubt.replaceAll(origin, ''));
}
