import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Album } from '../../src/album/album.js';
import { type ExportedPhoto, exportedPhoto } from '../../src/exports/fields.js';
import type { Replica } from '../../src/replica/replica.js';
import { StorageFolder } from '../../src/storage/storage-folder.js';

/** Lower-case hexadecimal SHA-256. */
function sha256(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}

/** The photos of a storage folder, as an export shows them. */
export async function savedAlbum(storage: string): Promise<ExportedPhoto[]> {
  const folder = StorageFolder.openForReading(storage);
  try {
    return [...new Album(folder).entries()].map(exportedPhoto);
  } finally {
    folder.close();
  }
}

/** Names of the files of the originals. */
export async function originalFiles(storage: string): Promise<string[]> {
  return readdir(join(storage, 'key_value_stores', 'photos')).catch(() => []);
}

/**
 * Holds the saved album against the replica's: the ids in album order, and for each id the hash of
 * the file on disk against the hash of what the replica serves.
 */
export async function comparison(
  storage: string,
  replica: Replica,
): Promise<{ saved: Record<string, string>[]; served: Record<string, string>[] }> {
  const saved = [];
  for (const { id, file, status, sha256: recorded } of await savedAlbum(storage)) {
    if (status !== 'saved') continue;
    const bytes = await readFile(join(storage, String(file)));
    saved.push({ id: String(id), onDisk: sha256(bytes), recorded: String(recorded) });
  }
  const served = [];
  for (const { id, version } of replica.photos()) {
    const hash = sha256(await replica.originalBytes(id, version));
    served.push({ id, onDisk: hash, recorded: hash });
  }
  return { saved, served };
}
