import type { Album } from './album.js';
import type { ListedPhoto, Outcome } from './photo.js';

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

/** A photo of a page, and the row of its last outcome, if it was tried. */
interface Place {
  photo: ListedPhoto;
  row: number | undefined;
}

/** Photos no longer listed that come together. */
const photosAtOnce = 200;

/**
 * Where the last outcome of each photo is. It is read once and holds a few dozen bytes a photo,
 * since albums can be large; what is to be known of the photos can then be read several times.
 */
export class AlbumIndex {
  /** By key, in the order of the first outcomes: twice the last one's row, and 1 if one was saved. */
  readonly #last = new Map<string, number>();
  #rows = 0;

  private constructor(private readonly album: Album) {}

  /** Reads where the outcomes of an album are. Those that are added later do not count. */
  static async read(album: Album): Promise<AlbumIndex> {
    const index = new AlbumIndex(album);
    for await (const { key, status } of album.outcomes()) index.#add(key, status === 'saved');
    return index;
  }

  /**
   * Every photo once: those of the last walk, page by page in album order, then those that the album
   * no longer lists (without page and position) and that were saved, the oldest first. One of these
   * that was lost from the disk since comes as failed; what was never saved and has left is gone.
   * No group is empty.
   */
  async *groups(): AsyncGenerator<EntryGroup> {
    const listedRows = new Uint8Array(this.#rows);
    const untried = new Set<string>();
    const isNew = ({ photo: { key }, row }: Place): boolean => {
      const isKnown = row === undefined ? untried.has(key) : listedRows[row] === 1;
      if (row === undefined) untried.add(key);
      else listedRows[row] = 1;
      return !isKnown;
    };
    for await (const page of this.album.listingPages()) {
      const places = page.map((photo) => ({ photo, row: this.#rowOf(photo) })).filter(isNew);
      if (places.length > 0) yield this.#listed(places);
    }

    let rows: number[] = [];
    for (const last of this.#last.values()) {
      const row = rowIn(last);
      if (listedRows[row] === 1 || !wasSavedIn(last)) continue;
      rows.push(row);
      if (rows.length < photosAtOnce) continue;
      yield this.#noLongerListed(rows);
      rows = [];
    }
    if (rows.length > 0) yield this.#noLongerListed(rows);
  }

  #add(key: string, isSaved: boolean): void {
    const wasSaved = isSaved || wasSavedIn(this.#last.get(key) ?? 0);
    this.#last.set(key, this.#rows * 2 + (wasSaved ? 1 : 0));
    this.#rows += 1;
  }

  #rowOf({ key }: ListedPhoto): number | undefined {
    const last = this.#last.get(key);
    return last === undefined ? undefined : rowIn(last);
  }

  async #listed(places: readonly Place[]): Promise<EntryGroup> {
    const outcomes = await this.album.outcomesAt(places.flatMap(({ row }) => row ?? []));
    const entries = places.map(({ photo, row }): AlbumEntry => {
      const outcome = row === undefined ? undefined : outcomes.get(row);
      return { status: outcome?.status ?? 'pending', photo, ...(outcome && { outcome }) };
    });
    return { isListed: true, entries };
  }

  async #noLongerListed(rows: readonly number[]): Promise<EntryGroup> {
    const outcomes = await this.album.outcomesAt(rows);
    const entries = rows.flatMap((row): AlbumEntry[] => {
      const outcome = outcomes.get(row);
      if (outcome === undefined) return [];
      const { page: _page, position: _position, ...photo } = outcome;
      return [{ status: outcome.status, photo, outcome }];
    });
    return { isListed: false, entries };
  }
}

const rowIn = (last: number): number => Math.floor(last / 2);
const wasSavedIn = (last: number): boolean => last % 2 === 1;

/** All photos of an album at once, in the order of {@link AlbumIndex.groups}. */
export async function albumEntries(album: Album): Promise<AlbumEntry[]> {
  const entries: AlbumEntry[] = [];
  const index = await AlbumIndex.read(album);
  for await (const group of index.groups()) entries.push(...group.entries);
  return entries;
}
