import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { ListedPhoto } from '../../../src/album/photo.js';
import type { FolderOrder, FolderReport } from '../../../src/exports/album-export.js';
import { exportFiles } from '../../../src/exports/files/export-files.js';
import type { SavedEntry } from '../../../src/exports/saved-entry.js';
import { listedPhoto, savedOutcome } from '../../helpers/sample-photo.js';
import { withTemporaryFolder } from '../../helpers/temporary-folder.js';
import { albumOf } from '../album-export.js';

/** What an album says of a photo, and its EXIF time. */
export type Said = Partial<ListedPhoto> & { takenAt?: string };

/** A saved photo of which the album says this. */
export function savedEntry(id: string, { takenAt, ...said }: Said = {}): SavedEntry {
  const photo = { ...listedPhoto(id), ...said };
  const outcome = { ...savedOutcome(photo), ...(takenAt !== undefined && { takenAt }) };
  return { status: 'saved', photo, outcome };
}

/** A storage folder and a folder to export to, of one test's own. */
export interface Export {
  storage: string;
  out: string;
  /** Puts an original into the storage folder, and gives its entry. */
  save(id: string, said?: Said, text?: string): SavedEntry;
  /** Exports these photos. */
  run(entries: readonly SavedEntry[], order?: Partial<FolderOrder>): Promise<FolderReport>;
  /** Every file that was exported, with its text, but for the folder's own. */
  files(): Record<string, string>;
}

/** Every file in the folder with its text, but for those of folders whose name begins with a dot. */
export function textsIn(folder: string): Record<string, string> {
  const names = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((file) => !file.isDirectory())
    .map((file) => join(file.parentPath, file.name).slice(folder.length + 1))
    .filter((name) => !name.startsWith('.'));
  return Object.fromEntries(
    names.sort().map((name) => [name, readFileSync(join(folder, name), 'utf8')]),
  );
}

/** Hands over folders of the test's own. */
export function withExport(work: (files: Export) => Promise<void>): Promise<void> {
  return withTemporaryFolder(async (folder) => {
    const storage = join(folder, 'storage');
    const out = join(folder, 'out');
    await work({
      storage,
      out,
      save(id, said, text = `the picture ${id}`) {
        const entry = savedEntry(id, said);
        const { file } = entry.outcome;
        mkdirSync(dirname(join(storage, file)), { recursive: true });
        writeFileSync(join(storage, file), text);
        const sha256 = createHash('sha256').update(text).digest('hex');
        return { ...entry, outcome: { ...entry.outcome, bytes: Buffer.byteLength(text), sha256 } };
      },
      run: (entries, order) =>
        exportFiles(albumOf(entries), {
          storage,
          folder: out,
          options: {},
          signal: new AbortController().signal,
          progress: () => undefined,
          ...order,
        }),
      files: () => textsIn(out),
    });
  });
}
