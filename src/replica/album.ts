import { type AlbumPhoto, createPhotoSource, type PhotoSource } from './photo.js';

/** Which photos to remove: how many from the front, or the ids. */
export type Removal = number | readonly string[];

/** The site's album: its photos, newest first, and those it held before. */
export class Album {
  readonly #source: PhotoSource;
  readonly #everHeld = new Map<string, AlbumPhoto>();
  #listed: AlbumPhoto[];
  #present: Map<string, AlbumPhoto>;

  /** Fills the album with `count` photos that depend on `seed` alone. */
  constructor(seed: string, count: number) {
    this.#source = createPhotoSource(seed, count);
    this.#listed = this.#source.initial;
    this.#present = new Map(this.#listed.map((photo) => [photo.id, photo]));
  }

  /** The photos in listing order, the newest upload first. */
  get photos(): readonly AlbumPhoto[] {
    return this.#listed;
  }

  /** Returns the photo with that id that the album holds now, or undefined. */
  find(id: string): AlbumPhoto | undefined {
    return this.#present.get(id);
  }

  /**
   * Returns the photo with that id (and version, if given), also after it was removed or replaced;
   * undefined if there never was one.
   */
  recall(id: string, version?: string): AlbumPhoto | undefined {
    const present = this.#present.get(id);
    if (present && (version === undefined || present.version === version)) return present;
    return this.#everHeld.get(version === undefined ? id : `${id}~${version}`);
  }

  /** Adds `count` new photos at the front and returns them, the newest first. */
  add(count: number): AlbumPhoto[] {
    const added = Array.from({ length: count }, () => this.#source.next()).reverse();
    this.#listed = [...added, ...this.#listed];
    for (const photo of added) this.#present.set(photo.id, photo);
    return added;
  }

  /** Makes photos that have pictures but are not listed: a site may invent pages without end. */
  invent(count: number): AlbumPhoto[] {
    const invented = Array.from({ length: count }, () => this.#source.next());
    for (const photo of invented) this.#present.set(photo.id, photo);
    return invented;
  }

  /** Removes photos and returns them. Ids that are not in the album are ignored. */
  remove(which: Removal): AlbumPhoto[] {
    const leaving = new Set(
      typeof which === 'number' ? this.#listed.slice(0, which).map((photo) => photo.id) : which,
    );
    const removed = this.#listed.filter((photo) => leaving.has(photo.id));
    this.#listed = this.#listed.filter((photo) => !leaving.has(photo.id));
    for (const photo of removed) {
      this.#present.delete(photo.id);
      this.#remember(photo);
    }
    return removed;
  }

  /**
   * Replaces a photo by another picture with the same id, in the same place, with a later version.
   *
   * @throws RangeError if the album has no such photo
   */
  replace(id: string): AlbumPhoto {
    const before = this.#present.get(id);
    if (!before) throw new RangeError(`The album has no photo ${id}.`);
    const after: AlbumPhoto = { ...this.#source.next(), id };
    this.#listed = this.#listed.map((photo) => (photo.id === id ? after : photo));
    this.#present.set(id, after);
    this.#remember(before);
    return after;
  }

  #remember(photo: AlbumPhoto): void {
    this.#everHeld.set(photo.id, photo);
    this.#everHeld.set(`${photo.id}~${photo.version}`, photo);
  }
}
