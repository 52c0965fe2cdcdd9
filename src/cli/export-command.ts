import { dirname } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { albumCounts } from '../album/counts.js';
import { listDoubts } from '../album/list-doubts.js';
import type { RunControl } from '../crawl/run-control.js';
import { type Ending, UsageError } from '../errors.js';
import type {
  AlbumExport,
  FolderExporter,
  FormatOptions,
  TextExporter,
} from '../exports/album-export.js';
import { type ExportFormat, exporters, type Format } from '../exports/exporters.js';
import { makeFolder } from '../files/make-folder.js';
import { writeWhole } from '../files/whole-file.js';
import { readSavedAlbum } from '../rescue/saved-album.js';
import { resolveSettings } from '../settings/settings.js';
import { settingsOf } from '../settings/settings-table.js';
import { plainText } from '../text/plain-text.js';
import type { CommandCall } from './command-call.js';
import { showBar, timeLeft } from './progress-bar.js';
import { storageToRead } from './storage-choice.js';
import { say, type Terminal } from './terminal.js';

/** The format to export, its options, and where to write it. */
export interface ExportOrder extends FormatOptions {
  format: ExportFormat;
  /** Path of the file or folder to write; standard output without one, for formats of text. */
  out?: string;
}

/**
 * Exports the saved album: its data as text, or its photos into a folder. A file is written under
 * another name and renamed when it is whole.
 *
 * @returns `incomplete` where a photo could not be exported; each is named
 * @throws UsageError where nothing was saved yet, or the format does not take one of the options;
 *   DiskError where it cannot be written; the cause of the stop, if it is stopped
 */
export async function exportFromStorage(
  { sources, terminal, control }: Pick<CommandCall, 'sources' | 'terminal' | 'control'>,
  order: ExportOrder,
): Promise<Ending> {
  const { settings, problems } = resolveSettings(sources, settingsOf.savedAlbum);
  const format: Format = exporters[order.format];
  problems.push(...formatProblems(format, order));
  if (problems.length > 0) throw new UsageError(problems);
  const storage = await storageToRead(settings.storage, terminal);
  return readSavedAlbum(storage, async (album, identity) => {
    const { counts } = albumCounts(album);
    const exportedAt = new Date().toISOString();
    const doubts = listDoubts(album.lastRun());
    const exported = { identity, entries: [...album.entries()], counts, doubts, exportedAt };
    if (format.kind === 'text') return writeText(exported, format.exporter, order, terminal);
    const folder = { ...order, out: order.out ?? '', storage };
    return writeFolder(exported, format.exporter, folder, terminal, control);
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
      // The reader may stop reading (| head). That is no error.
      if (error.code !== 'EPIPE') throw error;
    });
  } else {
    makeFolder(dirname(out));
    await writeWhole(out, text, { isDurable: true });
    say(terminal, `${album.entries.length} photos written to ${out}`);
  }
  return 'complete';
}

/**
 * Exports the photos into a folder, and says how that ended.
 *
 * @param storage the storage folder
 * @param out the folder to write
 * @throws what the exporter throws; the cause of the stop, if it is stopped
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
  const begun = performance.now();
  let state = { done: 0, total: album.entries.length };
  const stopShowing = showBar(terminal, () => ({
    ...state,
    beside: `photos · ${timeLeft(begun, state.done, state.total)} left`,
    line: `${state.done} of ${state.total} photos`,
  }));
  const { done, notes, problems } = await exporter(album, {
    storage,
    folder,
    options,
    signal: stop.signal,
    progress: (done, total) => {
      state = { done, total };
    },
  }).finally(() => {
    stopShowing();
    control.close();
  });
  for (const line of [...problems, ...notes]) say(terminal, plainText(line, 1000));
  say(terminal, `${folder}: ${done}`);
  return problems.length > 0 ? 'incomplete' : 'complete';
}
