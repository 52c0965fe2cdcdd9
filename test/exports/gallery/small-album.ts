import { createHash } from 'node:crypto';
import { linkSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import sharp from 'sharp';
import type { AlbumEntry } from '../../../src/album/entries.js';
import { type ListedPhoto, type Outcome, photoFileName } from '../../../src/album/photo.js';
import type { GalleryOrder } from '../../../src/exports/gallery/make-gallery.js';
import { listedPhoto, savedOutcome } from '../../helpers/sample-photo.js';
import { withTemporaryFolder } from '../../helpers/temporary-folder.js';
import { albumOf } from '../album-export.js';

type Saved = Extract<Outcome, { status: 'saved' }>;

/** What is special about a photo of an album made by hand. */
export interface PhotoTraits {
  listed?: Partial<ListedPhoto>;
  outcome?: Partial<Saved>;
  /** What stands in its file; a JPEG where nothing is said. */
  bytes?: Buffer;
  /** Of the file's name, without a dot. */
  extension?: string;
}

/** A storage folder and a place for a gallery, with an album that is made by hand. */
export class SmallAlbum {
  readonly entries: AlbumEntry[] = [];
  readonly #written = new Map<Buffer, string>();

  constructor(readonly folder: string) {
    mkdirSync(join(this.storage, 'key_value_stores', 'photos'), { recursive: true });
  }

  get storage(): string {
    return join(this.folder, 'storage');
  }

  get out(): string {
    return join(this.folder, 'gallery');
  }

  /** What to make a gallery of. */
  get order(): GalleryOrder {
    const { entries, storage, out: folder } = this;
    return { ...albumOf(entries), storage, folder };
  }

  /** Path of a photo's original in the storage folder. */
  original(id: string, extension = 'jpg'): string {
    return join(this.storage, 'key_value_stores', 'photos', photoFileName(id, extension));
  }

  /** Adds a saved photo. The same bytes are one file on disk, however many photos have them. */
  async add(id: string, { listed, outcome, bytes, extension = 'jpg' }: PhotoTraits = {}) {
    const photo = { ...listedPhoto(id, 1, this.entries.length + 1), ...listed };
    const content = bytes ?? (await jpeg(600, 400));
    const before = this.#written.get(content);
    const path = this.original(photo.key, extension);
    if (before === undefined) writeFileSync(path, content);
    else linkSync(before, path);
    this.#written.set(content, before ?? path);
    this.entries.push({
      status: 'saved',
      photo,
      outcome: {
        ...savedOutcome(photo),
        file: `key_value_stores/photos/${photoFileName(photo.key, extension)}`,
        bytes: content.length,
        sha256: createHash('sha256').update(content).digest('hex'),
        ...outcome,
      },
    });
  }
}

/** Runs the work with an album of its own. */
export function withSmallAlbum<Result>(
  work: (album: SmallAlbum) => Promise<Result>,
): Promise<Result> {
  return withTemporaryFolder((folder) => work(new SmallAlbum(folder)));
}

/** A JPEG of one colour. */
export function jpeg(width: number, height: number, hue = 0, orientation = 1): Promise<Buffer> {
  const background = { r: (hue * 53) % 256, g: 120, b: (hue * 97 + 60) % 256 };
  return sharp({ create: { width, height, channels: 3, background } })
    .withMetadata({ orientation })
    .jpeg()
    .toBuffer();
}
