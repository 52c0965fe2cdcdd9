import { rm } from 'node:fs/promises';
import {
  type ListedPhoto,
  photoFileName,
  type SavedOutcome,
  savedOutcome,
} from '../album/photo.js';
import type { OriginalsPlace } from '../originals/originals-place.js';
import type { SavedOriginal } from '../originals/save-original.js';
import { originalPath } from '../storage/storage-folder.js';
import type { Journal } from './state/journal.js';
import { originalKey } from './state/keys.js';
import type { ObjectStore } from './store/object-store.js';

/** Keeps originals in a store, each under its SHA-256, and no copy on the local disk. */
export class StoredOriginals implements OriginalsPlace {
  /** A slot is for an original until it is kept: after a kill nobody asks for more than that again. */
  readonly mostOnTheirWay = 0;

  /** @param signal once it is aborted nothing more is stored */
  constructor(
    private readonly store: ObjectStore,
    private readonly journal: Journal,
    private readonly signal: AbortSignal,
  ) {}

  /** @inheritdoc */
  async keep(
    photo: ListedPhoto,
    { file: { path, size }, extension, facts }: SavedOriginal,
  ): Promise<SavedOutcome> {
    try {
      const file = { path, bytes: size, sha256: facts.sha256 };
      await this.store.putFile(originalKey(facts.sha256), file, this.signal);
      const name = photoFileName(photo.key, extension);
      const outcome = savedOutcome(photo, { file: originalPath(name), ...facts });
      await this.journal.add(outcome);
      return outcome;
    } finally {
      await rm(path, { force: true });
    }
  }
}
