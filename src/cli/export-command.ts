import { createWriteStream } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import type { Writable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { AlbumIdentity } from '../album/album.js';
import { albumEntries } from '../album/entries.js';
import { DiskError, type Ending, UsageError } from '../errors.js';
import { type ExportFormat, exporters } from '../exports/exporters.js';
import { resolveSettings, type SettingSources } from '../settings.js';
import { withSavedAlbum } from './saved-album.js';
import { say, type Terminal } from './terminal.js';

/** What to export, and where to. */
export interface ExportOrder {
  format: ExportFormat;
  /** Path of the file to write; standard output without one. */
  out?: string;
}

/**
 * Writes the saved album's data. A file is written beside its place and moved there when it is
 * whole.
 *
 * @throws UsageError where nothing was saved yet; DiskError where the file cannot be written
 */
export async function exportFromStorage(
  sources: SettingSources,
  { format, out }: ExportOrder,
  terminal: Terminal,
): Promise<Ending> {
  const { settings, problems } = resolveSettings(sources, ['storage']);
  if (problems.length > 0) throw new UsageError(problems);
  const { storage } = settings;
  await withSavedAlbum(storage, async (album) => {
    const identity = (await album.identity()) as AlbumIdentity;
    const entries = await albumEntries(album);
    const exportedAt = new Date().toISOString();
    const text = exporters[format].exporter({ identity, entries, exportedAt });
    if (out === undefined) {
      await pipeline(text, terminal.out, { end: false });
    } else {
      await writeWhole(out, (file) => pipeline(text, file));
      say(terminal, `${entries.length} photos written to ${out}`);
    }
  });
  return 'complete';
}

async function writeWhole(path: string, write: (file: Writable) => Promise<void>): Promise<void> {
  const part = `${path}.part`;
  try {
    await write(createWriteStream(part));
    await rename(part, path);
  } catch (error) {
    await rm(part, { force: true });
    throw new DiskError(
      `${path} could not be written: ${(error as Error).message}. Choose another place with --out`,
      { cause: error },
    );
  }
}
