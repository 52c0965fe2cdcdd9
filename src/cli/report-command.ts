import type { Album, RunRecord } from '../album/album.js';
import { type Ending, UsageError } from '../errors.js';
import { type RescueReport, rescueReport } from '../report/rescue-report.js';
import { type WrittenReport, writeReport } from '../report/write-report.js';
import { resolveSettings, type SettingSources } from '../settings/settings.js';
import { withSavedAlbum } from './saved-album.js';
import { say, type Terminal } from './terminal.js';

/**
 * Counts what was rescued and writes it down as a page and as data.
 *
 * @param storage the storage folder of the album
 * @param folder where the two files go
 * @param lastRun how the run under way ends, where it is not noted in the album yet
 * @throws DiskError where they cannot be written
 */
export async function writeRescueReport(
  album: Album,
  storage: string,
  folder: string,
  lastRun?: RunRecord,
): Promise<{ report: RescueReport; files: WrittenReport }> {
  const rescue = await rescueReport(album, new Date().toISOString(), lastRun);
  return { report: rescue.report, files: await writeReport(rescue, folder, storage) };
}

/**
 * Writes the rescue report of a storage folder, also while a run is writing the album.
 *
 * @param out the folder for the report; the storage folder without it
 * @throws UsageError where nothing was saved yet; DiskError where it cannot be written
 */
export async function reportOnStorage(
  sources: SettingSources,
  out: string | undefined,
  terminal: Terminal,
): Promise<Ending> {
  const { settings, problems } = resolveSettings(sources, ['storage']);
  if (problems.length > 0) throw new UsageError(problems);
  const { storage } = settings;
  const { report, files } = await withSavedAlbum(storage, (album) =>
    writeRescueReport(album, storage, out ?? storage),
  );
  say(terminal, report.verdict.sentence);
  say(terminal, `The rescue report: ${files.page} (as data: ${files.data})`);
  return 'complete';
}
