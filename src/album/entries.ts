import type { PixelSize } from '../picture/picture-facts.js';
import type { Database } from '../storage/database.js';
import { type ListedPhoto, listedPhotoSchema, type Outcome } from './photo.js';
import { PhotoDataset, type StateColumns, stateOf } from './photo-dataset.js';

/** What is known of a photo besides its place in the album. */
type KnownPhoto = Omit<ListedPhoto, 'page' | 'position'>;

/** A photo as every export shows it: what the site said of it and what became of it. */
export interface AlbumEntry {
  status: 'saved' | 'failed' | 'pending';
  /**
   * What the album lists today; for what it does not say, what was known when the photo was tried:
   * only then its own page is read.
   */
  photo: Partial<Pick<ListedPhoto, 'page' | 'position'>> & KnownPhoto;
  outcome?: Outcome;
  /** Size of the site's thumbnail, where it was measured. */
  thumbnail?: PixelSize;
}

/** A photo may be on several pages: its first place counts. */
const entriesOfPage = `
  SELECT photo, saved, failed, width, height
  FROM listed LEFT JOIN photos USING (key) LEFT JOIN thumbnails USING (key)
  WHERE page = ? AND NOT EXISTS (
    SELECT 1 FROM listed AS earlier WHERE earlier.key = listed.key
    AND (earlier.page, earlier.place) < (listed.page, listed.place))
  ORDER BY place`;

/** What each page of the last walk lists, in album order, each photo once. No page is empty. */
export function* listedPages(database: Database): Generator<AlbumEntry[]> {
  const nextPage = (page: number) =>
    database.row<[number]>(
      'SELECT page FROM listed WHERE page > ? ORDER BY page LIMIT 1',
      page,
    )?.[0];
  for (let page = nextPage(0); page !== undefined; page = nextPage(page)) {
    const rows = database.rows<[photo: string, ...StateColumns]>(entriesOfPage, page);
    if (rows.length > 0) yield rows.map(listedEntry);
  }
}

/**
 * The photos that were saved and that the album no longer lists, without page and position, in the
 * order in which they were first tried. One that was lost from the disk since comes as failed.
 */
export function* departedEntries(database: Database): Generator<AlbumEntry> {
  for (const { outcome, ...state } of new PhotoDataset(database).departed()) {
    yield { status: outcome.status, photo: knownWhenTried(outcome), outcome, ...state };
  }
}

const knownFields = listedPhotoSchema.omit({ page: true, position: true }).keyof().options;

function knownWhenTried(outcome: Outcome): KnownPhoto {
  const known: { [Name in keyof KnownPhoto]?: unknown } = {};
  for (const name of knownFields) {
    const value = outcome[name];
    if (value !== undefined) known[name] = value;
  }
  return known as KnownPhoto;
}

function listedEntry([photo, ...columns]: [photo: string, ...StateColumns]): AlbumEntry {
  const state = stateOf(columns);
  const { outcome } = state;
  const listed = JSON.parse(photo);
  if (outcome === undefined) return { status: 'pending', photo: listed };
  return { status: outcome.status, photo: { ...knownWhenTried(outcome), ...listed }, ...state };
}
