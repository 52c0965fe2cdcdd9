import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { SavedFile } from '../album/photo-dataset.js';
import { UsageError } from '../errors.js';
import { readChecksumList } from '../files/checksum-list.js';
import type { NamedFile } from './check-files.js';
import { readSavedAlbum } from './saved-album.js';

/** The original of a photo that was saved at some time. */
export interface OriginalFile extends NamedFile, SavedFile {}

/**
 * Every original that a storage folder is expected to hold, also those recorded as lost.
 *
 * @throws UsageError where no photo was saved yet
 */
export async function originalFiles(storage: string): Promise<OriginalFile[]> {
  const files = await readSavedAlbum(storage, async ({ photos }) => [...photos.savedFiles()]);
  if (files.length === 0) {
    throw new UsageError([`No photo was saved to ${storage} yet. Save the album first: npm start`]);
  }
  return files.map((file) => {
    const { file: name, bytes, sha256 } = file.saved;
    return { ...file, name, path: join(storage, name), bytes, sha256 };
  });
}

/** The files of an exported folder, by its `SHA256SUMS`. */
export interface ExportedFiles {
  files: NamedFile[];
  /** Numbers of the lines that could not be read, from 1. */
  unreadableLines: readonly number[];
}

/**
 * Every file that an exported folder is expected to hold.
 *
 * @throws UsageError where its list is missing or lists no file
 */
export async function exportedFiles(folder: string): Promise<ExportedFiles> {
  const list = join(folder, 'SHA256SUMS');
  const text = await readFile(list, 'utf8').catch((error: Error) => {
    throw new UsageError([
      `${list} cannot be read (${error.message}). verify takes a folder written by export --format files. For a storage folder: npm run verify -- --storage ${folder}`,
    ]);
  });
  const { files, unreadableLines } = readChecksumList(text);
  if (files.length === 0) throw new UsageError([`${list} lists no file`]);
  return {
    files: files.map((file) => ({ ...file, path: join(folder, file.name) })),
    unreadableLines,
  };
}
