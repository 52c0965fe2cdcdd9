import type { Database } from '../storage/database.js';
import type { ListedPhoto, Outcome } from './photo.js';
import { lastOutcome, PhotoDataset } from './photo-dataset.js';

/** A photo as an export shows it: what the album said of it and what became of it. */
export interface AlbumEntry {
  status: 'saved' | 'failed' | 'pending';
  photo: Partial<Pick<ListedPhoto, 'page' | 'position'>> & Omit<ListedPhoto, 'page' | 'position'>;
  outcome?: Outcome;
}

/** Photos of an album that come together. */
export interface EntryGroup {
  /** Whether they are what one page of the last walk lists, or some of those no longer listed. */
  isListed: boolean;
  entries: AlbumEntry[];
}

/** Photos no longer listed that come together. */
const photosAtOnce = 200;

/** A photo may be on several pages: its first place counts. */
const entriesOfPage = `
  SELECT photo, saved, failed FROM listed LEFT JOIN photos USING (key)
  WHERE page = ? AND NOT EXISTS (
    SELECT 1 FROM listed AS earlier WHERE earlier.key = listed.key
    AND (earlier.page, earlier.place) < (listed.page, listed.place))
  ORDER BY place`;

/**
 * Every photo of an album once: those of the last walk, page by page in album order, then those that
 * the album no longer lists (without page and position) and that were saved, in the order in which
 * they were first tried. One of these that was lost from the disk since comes as failed; one that was
 * never saved and is no longer listed does not come. No group is empty.
 */
export function* entryGroups(database: Database): Generator<EntryGroup> {
  const nextPage = (page: number) =>
    database.row<[number]>(
      'SELECT page FROM listed WHERE page > ? ORDER BY page LIMIT 1',
      page,
    )?.[0];
  for (let page = nextPage(0); page !== undefined; page = nextPage(page)) {
    const rows = database.rows<[photo: string, saved: string | null, failed: string | null]>(
      entriesOfPage,
      page,
    );
    const entries = rows.map(([photo, saved, failed]) => listedEntry(photo, saved, failed));
    if (entries.length > 0) yield { isListed: true, entries };
  }

  let entries: AlbumEntry[] = [];
  for (const outcome of new PhotoDataset(database).departed()) {
    entries.push(departedEntry(outcome));
    if (entries.length < photosAtOnce) continue;
    yield { isListed: false, entries };
    entries = [];
  }
  if (entries.length > 0) yield { isListed: false, entries };
}

function listedEntry(json: string, saved: string | null, failed: string | null): AlbumEntry {
  const photo = JSON.parse(json) as ListedPhoto;
  if (saved === null && failed === null) return { status: 'pending', photo };
  const outcome = lastOutcome(saved, failed);
  return { status: outcome.status, photo, outcome };
}

function departedEntry(outcome: Outcome): AlbumEntry {
  const { page: _page, position: _position, ...photo } = outcome;
  return { status: outcome.status, photo, outcome };
}
