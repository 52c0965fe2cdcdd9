import type { PageTestimony, SeenNumber, SeenWay } from './page-testimony.js';
import type { WalkPlace } from './walk-place.js';
import type { WalkedPage } from './walked-page.js';

/** What the pages of one album have shown beside what its rules listed. */
export interface AlbumTestimony {
  /** The last page that shows photos or albums that no page before it showed. */
  last: { place: WalkPlace; testimony: PageTestimony; next: string | undefined } | undefined;
  /** The photos of its first page. */
  first: string;
  /** Whether that page may be one of several, although nothing on it says so. */
  mayGoOn: boolean;
  /** Whether that page says that it shows all there is. */
  isOnlyPage: boolean;
  /** Pages read, with photos or without. */
  pages: number;
  furthest: (SeenNumber & { place: WalkPlace; url?: string | undefined }) | undefined;
  /** The same, by a pair of numbers on its last page with news that may mean photos as well. */
  perhaps: (SeenNumber & { place: WalkPlace }) | undefined;
  /** Rows of the page that has the most. */
  mostRows: number;
  /** Photos listed, those that pages repeat counted again. */
  photos: number;
  /** Ways to pages of the same kind of address as those read, and not read so far. */
  skipped: { place: WalkPlace; way: SeenWay; key: string }[];
  /** The second page, where it shows what the first one does, and nothing says that it should. */
  repeats: WalkPlace | undefined;
  /** A page that the site refused. */
  refused: { place: WalkPlace; key: string } | undefined;
  /** Whether the site's own count says that the last of several pages was the last. */
  isAllCounted: boolean;
}

/** Begins with what the first page of an album says of further ones. */
export function newAlbum({ keys, total, testimony }: WalkedPage): AlbumTestimony {
  const said = [total && 'value' in total ? total.value : undefined, testimony?.total?.value];
  return {
    last: undefined,
    first: JSON.stringify(keys),
    mayGoOn: (testimony?.mayShowMore ?? true) && isFullPage(keys.length),
    isOnlyPage: said.includes(keys.length) || testimony?.furthest?.value === 1,
    pages: 0,
    furthest: undefined,
    perhaps: undefined,
    photos: 0,
    mostRows: 0,
    skipped: [],
    repeats: undefined,
    refused: undefined,
    isAllCounted: false,
  };
}

/** Whether a page of so many photos may be one of several: sites cut albums at such numbers. */
function isFullPage(photos: number): boolean {
  return photos >= 10 && [5, 6, 8].some((part) => photos % part === 0);
}

/** Keeps the highest number of a page that was seen, and where. */
export function addFurthest(
  album: AlbumTestimony,
  found: PageTestimony['furthest'],
  place: WalkPlace,
): void {
  if (found !== undefined && found.value > (album.furthest?.value ?? 0)) {
    album.furthest = { ...found, place };
  }
}
