import { imageAddress } from './address.js';
import type { Album } from './album.js';
import type { FullOptions } from './options.js';
import { albumPage, type Cell } from './pages.js';
import type { AlbumPhoto } from './photo.js';

/** Builds the pages of an album, and changes the album when certain pages have been served. */
export class AlbumPages {
  readonly #options: FullOptions;
  readonly #album: Album;
  readonly #timesServed = new Map<number, number>();
  /** The image host's address, with a slash at its end; known once the server listens. */
  imageUrl = '';

  constructor(options: FullOptions, album: Album) {
    this.#options = options;
    this.#album = album;
  }

  /**
   * Returns a page as HTML, with `extra` cells after its own, and then makes the changes that this
   * page triggers. `page` counts from 1; pages past the last have no photos.
   */
  serve(page: number, extra: readonly Cell[] = []): string {
    const { pageSize, repeatLastPage, duplicates } = this.#options;
    const shown = repeatLastPage ? Math.min(page, this.#lastPage()) : page;
    const listed = this.#album.photos.slice((shown - 1) * pageSize, shown * pageSize);
    const cells = [...listed, ...listed.slice(0, duplicates)].map((photo) => this.#cell(photo));
    const html = this.withCells(page, [...cells, ...extra]);
    this.#applyChanges(page);
    return html;
  }

  /** Returns a full page of photos that were never in the album and never shown before. */
  invented(page: number): string {
    const photos = this.#album.invent(this.#options.pageSize);
    return this.withCells(
      page,
      photos.map((photo) => this.#cell(photo)),
    );
  }

  /** Returns a page that shows just these cells. */
  withCells(page: number, cells: readonly Cell[]): string {
    return albumPage(page, this.#lastPage(), cells);
  }

  #lastPage(): number {
    return Math.max(1, Math.ceil(this.#album.photos.length / this.#options.pageSize));
  }

  #cell(photo: AlbumPhoto): Cell {
    return {
      id: `picture_${photo.id}`,
      source: imageAddress(this.imageUrl, { ...photo, kind: 'thumbnail' }),
      rotation: photo.rotation,
    };
  }

  #applyChanges(page: number): void {
    const served = (this.#timesServed.get(page) ?? 0) + 1;
    this.#timesServed.set(page, served);
    for (const { whenPageServed, add, remove } of this.#options.changes) {
      if (whenPageServed.page !== page || (whenPageServed.time ?? 1) !== served) continue;
      if (remove !== undefined) this.#album.remove(remove);
      if (add !== undefined) this.#album.add(add);
    }
  }
}
