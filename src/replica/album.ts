import { type AlbumPhoto, createPhotoSource, type PhotoSource } from './photo.js';

/** Which photos to take out: how many from the front, or the ids. */
export type Removal = number | readonly string[];

/** The album as the site holds it: which photos there are, newest first, and which there were. */
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

  /** Gives the photo of that id as it stands in the album now, or undefined. */
  find(id: string): AlbumPhoto | undefined {
    return this.#present.get(id);
  }

  /**
   * Gives the photo of that id (and version, if given) even when it has left the album or has been
   * replaced since; undefined if there never was one.
   */
  recall(id: string, version?: string): AlbumPhoto | undefined {
    const present = this.#present.get(id);
    if (present && (version === undefined || present.version === version)) return present;
    return this.#everHeld.get(version === undefined ? id : `${id}~${version}`);
  }

  /** Adds `count` new photos at the front and gives them, the newest first. */
  add(count: number): AlbumPhoto[] {
    const added = Array.from({ length: count }, () => this.#source.next()).reverse();
    this.#listed = [...added, ...this.#listed];
    for (const photo of added) this.#present.set(photo.id, photo);
    return added;
  }

  /** Makes photos that have pictures but are not listed, as a site that makes its pages up would. */
  invent(count: number): AlbumPhoto[] {
    const invented = Array.from({ length: count }, () => this.#source.next());
    for (const photo of invented) this.#present.set(photo.id, photo);
    return invented;
  }

  /** Takes photos out and gives them. Ids that are not in the album are passed over. */
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
   * Replaces a photo by another picture of the same id, in the same place, with a later version.
   * Throws RangeError if the album has no such photo.
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
