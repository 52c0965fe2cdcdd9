import { statSync } from 'node:fs';
import { join } from 'node:path';
import type { Album } from '../album/album.js';
import { listedPhotoSchema } from '../album/photo.js';
import type { SavedFile } from '../album/photo-dataset.js';
import type { FileDamage } from '../files/file-damage.js';

/** Records what the files show, except for photos that another run has saved or lost since. */
export async function recordDamage(
  album: Album,
  originals: readonly SavedFile[],
  damages: ReadonlyMap<string, FileDamage>,
): Promise<void> {
  const now = new Map([...album.photos.savedFiles()].map((file) => [file.saved.key, file]));
  for (const { saved, counts } of originals) {
    const present = now.get(saved.key);
    if (present?.counts !== counts || present.saved.savedAt !== saved.savedAt) continue;
    const damage = damages.get(saved.key);
    if (damage === undefined) await album.photos.push(saved);
    else if (counts) {
      const detail = damage.detail === undefined ? '' : ` (${damage.detail})`;
      const reason = `it was saved, and its file is ${damage.kind}${detail}`;
      const failedAt = new Date().toISOString();
      await album.photos.push({
        ...listedPhotoSchema.parse(saved),
        status: 'failed',
        failedAt,
        reason,
      });
    }
  }
}

/**
 * Records as lost what was saved and whose file is missing or has another size, so that it is fetched
 * anew. No file is read: `verify` does that.
 *
 * @param storage the storage folder
 */
export async function recordMissing(album: Album, storage: string): Promise<void> {
  const damaged: SavedFile[] = [];
  const damages = new Map<string, FileDamage>();
  for (const file of album.photos.savedFiles()) {
    const { key, bytes } = file.saved;
    const size = statSync(join(storage, file.saved.file), { throwIfNoEntry: false })?.size;
    if (!file.counts || size === bytes) continue;
    damaged.push(file);
    const detail = `it has ${size} bytes instead of ${bytes}`;
    damages.set(key, size === undefined ? { kind: 'missing' } : { kind: 'changed', detail });
  }
  if (damaged.length > 0) await recordDamage(album, damaged, damages);
}
