import {
  type ListedPhoto,
  photoFileName,
  type SavedOutcome,
  savedOutcome,
} from '../album/photo.js';
import type { FileStore } from '../storage/file-store.js';
import type { SavedOriginal } from './save-original.js';

/** Where the originals of an album are kept. */
export interface OriginalsPlace {
  /**
   * Originals that may be on their way to their place beside the requests under way. They have to be
   * fetched again after a kill.
   */
  readonly mostOnTheirWay: number;
  /**
   * Takes over a checked original. Its temporary file is gone when the promise settles.
   *
   * @returns how it is to be recorded, once nothing but the record is missing for it to count as saved
   * @throws EscapeError, which ends the run
   */
  keep(photo: ListedPhoto, original: SavedOriginal): Promise<SavedOutcome>;
}

/** Keeps originals as files of the storage folder. */
export class OriginalsFolder implements OriginalsPlace {
  /** Enough that requests go on while the disk syncs. */
  readonly mostOnTheirWay = 8;

  /** @param files the key-value store of the originals */
  constructor(private readonly files: FileStore) {}

  /** @inheritdoc */
  async keep(photo: ListedPhoto, { file, extension, facts }: SavedOriginal): Promise<SavedOutcome> {
    const path = await this.files.put(photoFileName(photo.key, extension), file);
    return savedOutcome(photo, { file: path, ...facts });
  }
}
