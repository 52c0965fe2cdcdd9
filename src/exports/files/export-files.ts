import { writeFile } from 'node:fs/promises';
import type { AlbumEntry } from '../../album/entries.js';
import { checksumList } from '../../files/checksum-list.js';
import { diskError, FileTooLargeError } from '../../files/disk-error.js';
import type { AlbumExport, FolderOrder, FolderReport } from '../album-export.js';
import { isSaved, type SavedEntry } from '../saved-entry.js';
import { checksumFile, ExportFolder } from './export-folder.js';
import { readGivenNames, writeGivenNames } from './given-names.js';
import { defaultName, parseNamePattern } from './name-pattern.js';
import { Originals } from './originals.js';
import { namePhotos } from './photo-names.js';
import { xmpSidecar } from './xmp-sidecar.js';

/**
 * Puts every saved original into a folder, under a name that people can read. Run again, it adds
 * what is new, and never changes a file that is there. Stopped, it leaves no half file.
 *
 * @returns what was done; a problem for each photo that could not be exported
 * @throws UsageError where the folder has another export; the signal's reason when it is stopped;
 *   StorageBusyError, StorageDamagedError, DiskError
 */
export async function exportFiles(
  { identity, entries }: AlbumExport,
  order: FolderOrder,
): Promise<FolderReport> {
  const pattern = order.options.name ?? parseNamePattern(defaultName);
  const folder = ExportFolder.open(order.folder);
  try {
    const saved = entries.filter(isSaved);
    const given = await readGivenNames(folder, identity, pattern);
    const names = namePhotos(pattern, saved, given);
    if (names.size > given.size) await writeGivenNames(folder, identity, pattern, names);
    const report = await placeAll(saved, names, folder, order);
    folder.sync();
    const list = checksumList(
      saved.map(({ photo, outcome }) => ({ name: nameOf(names, photo), sha256: outcome.sha256 })),
    );
    // Photos that could not be exported are listed too, so that a check of the folder misses them.
    if ((await folder.read(checksumFile)) !== list) await folder.write(checksumFile, list);
    folder.sync();
    const open = entries.length - saved.length;
    if (open > 0) {
      report.notes.push(
        `${open} photos that the album lists are not saved yet, and so not exported.`,
      );
    }
    return report;
  } finally {
    folder.close();
  }
}

function nameOf(names: ReadonlyMap<string, string>, { key }: AlbumEntry['photo']): string {
  const name = names.get(key);
  if (name === undefined) throw new Error(`the photo ${key} has no name`);
  return name;
}

async function placeAll(
  saved: readonly SavedEntry[],
  names: ReadonlyMap<string, string>,
  folder: ExportFolder,
  { storage, options, signal, progress }: FolderOrder,
): Promise<FolderReport> {
  const originals = new Originals(storage, folder, options.copy ?? false, signal);
  const problems: string[] = [];
  const count = { added: 0, present: 0, differingSidecars: 0 };
  for (const [index, entry] of saved.entries()) {
    progress(index, saved.length);
    signal.throwIfAborted();
    const name = nameOf(names, entry.photo);
    const placement = await originals.place(entry, name).catch((error: unknown) => {
      if (error instanceof FileTooLargeError) return { problem: error.reason };
      throw diskError(error, folder.path(name));
    });
    if (typeof placement === 'object') {
      problems.push(`Not exported: ${entry.photo.id} as ${name}: ${placement.problem}`);
      continue;
    }
    count[placement] += 1;
    const isAsWritten = options.sidecar !== 'xmp' || (await addSidecar(folder, entry, name));
    if (!isAsWritten) count.differingSidecars += 1;
  }
  progress(saved.length, saved.length);
  const notes = originals.notes();
  if (count.differingSidecars > 0) {
    notes.push(
      `${count.differingSidecars} sidecars differ from what would be written now (they were edited, or the album has changed); they stay as they are.`,
    );
  }
  const done = `added ${count.added} · already there ${count.present} · not exported ${problems.length} · saved ${saved.length}`;
  return { done, notes, problems };
}

/**
 * Adds a photo's sidecar, `NAME.jpg.xmp`. One that is there stays: photo programs edit them too.
 *
 * @returns whether the sidecar is as it would be written now
 */
async function addSidecar(
  folder: ExportFolder,
  entry: SavedEntry,
  photoName: string,
): Promise<boolean> {
  const name = `${photoName}.xmp`;
  const text = xmpSidecar(entry);
  const make = (unfinished: string) => writeFile(unfinished, text, { flush: true });
  return (await folder.add(name, make)) || (await folder.read(name)) === text;
}
