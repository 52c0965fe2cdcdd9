import { createWriteStream } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import type { Writable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { AlbumIdentity } from '../album/album.js';
import { albumCounts } from '../album/counts.js';
import type { RunControl } from '../crawl/run-control.js';
import { DiskError, type Ending, UsageError } from '../errors.js';
import {
  type AlbumExport,
  type ExportFormat,
  exporters,
  type FolderExporter,
  type Format,
  type FormatOptions,
  type TextExporter,
} from '../exports/exporters.js';
import { resolveSettings, type SettingSources } from '../settings/settings.js';
import { plainText } from '../text/plain-text.js';
import { showExport } from './export-display.js';
import { withSavedAlbum } from './saved-album.js';
import { say, type Terminal } from './terminal.js';

/** What to export, and where to. */
export interface ExportOrder extends FormatOptions {
  format: ExportFormat;
  /** Path of the file or folder to write; standard output without one, for formats of text. */
  out?: string;
}

/**
 * Exports the saved album: its data as text, or its photos into a folder. A file is written beside
 * its place and moved there when it is whole.
 *
 * @returns `incomplete` where a photo could not be exported; each is named
 * @throws UsageError where nothing was saved yet, or the format does not take what was said;
 *   DiskError where it cannot be written; why it was stopped, where it was
 */
export async function exportFromStorage(
  sources: SettingSources,
  order: ExportOrder,
  terminal: Terminal,
  control: RunControl,
): Promise<Ending> {
  const { settings, problems } = resolveSettings(sources, ['storage']);
  const format: Format = exporters[order.format];
  problems.push(...formatProblems(format, order));
  if (problems.length > 0) throw new UsageError(problems);
  const { storage } = settings;
  return withSavedAlbum(storage, async (album) => {
    const identity = album.identity() as AlbumIdentity;
    const { counts } = albumCounts(album);
    const exportedAt = new Date().toISOString();
    const exported = { identity, entries: album.entries(), counts, exportedAt };
    if (format.kind === 'text') return writeText(exported, format.exporter, order, terminal);
    return writeFolder(
      exported,
      format.exporter,
      { ...order, out: order.out ?? '', storage },
      terminal,
      control,
    );
  });
}

function formatProblems(format: Format, { format: name, out, ...options }: ExportOrder): string[] {
  const taken: readonly string[] = format.kind === 'folder' ? format.options : [];
  const problems = (['name', 'copy', 'sidecar'] as const)
    .filter((option) => options[option] !== undefined && !taken.includes(option))
    .map((option) => `--format ${name} takes no --${option}`);
  if (format.kind === 'folder' && out === undefined) {
    problems.push(`--format ${name} writes a folder: say which one with --out`);
  }
  return problems;
}

async function writeText(
  album: AlbumExport,
  exporter: TextExporter,
  { out }: ExportOrder,
  terminal: Terminal,
): Promise<Ending> {
  const text = await exporter(album);
  if (out === undefined) {
    await pipeline(text, terminal.out, { end: false }).catch((error: NodeJS.ErrnoException) => {
      // Whoever reads the output may stop reading (| head): that is no error of ours.
      if (error.code !== 'EPIPE') throw error;
    });
  } else {
    await writeWhole(out, (file) => pipeline(text, file));
    say(terminal, `${album.entries.length} photos written to ${out}`);
  }
  return 'complete';
}

/**
 * Exports the photos into a folder, and says what came of it.
 *
 * @param storage the storage folder
 * @param out the folder to write
 * @throws what the exporter throws; why it was stopped, where it was
 */
export async function writeFolder(
  album: AlbumExport,
  exporter: FolderExporter,
  { storage, out: folder, ...options }: FormatOptions & { storage: string; out: string },
  terminal: Terminal,
  control: RunControl,
): Promise<Ending> {
  const stop = new AbortController();
  control.onStop(() => stop.abort(control.cause));
  const display = showExport(terminal);
  const { done, notes, problems } = await exporter(album, {
    storage,
    folder,
    options,
    signal: stop.signal,
    progress: display.show,
  }).finally(() => {
    display.stop();
    control.close();
  });
  for (const line of [...problems, ...notes]) say(terminal, plainText(line, 1000));
  say(terminal, `${folder}: ${done}`);
  return problems.length > 0 ? 'incomplete' : 'complete';
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
