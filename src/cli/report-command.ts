import type { Ending } from '../errors.js';
import { rescueReport } from '../report/rescue-report.js';
import { writeReport } from '../report/write-report.js';
import { readSavedAlbum } from '../rescue/saved-album.js';
import { requireSettings } from '../settings/settings.js';
import { settingsOf } from '../settings/settings-table.js';
import type { CommandCall } from './command-call.js';
import { storageToRead } from './storage-choice.js';
import { say } from './terminal.js';

/**
 * Writes the rescue report of a storage folder, also while a run is writing the album.
 *
 * @param out the folder for the report; the storage folder without it
 * @throws UsageError where nothing was saved yet; DiskError where the report cannot be written
 */
export async function reportOnStorage(
  { sources, terminal }: CommandCall,
  out: string | undefined,
): Promise<Ending> {
  const settings = requireSettings(sources, settingsOf.savedAlbum);
  const storage = await storageToRead(settings.storage, terminal);
  await readSavedAlbum(storage, async (album, identity) => {
    const rescue = rescueReport(album, identity, new Date().toISOString());
    const { page, data } = await writeReport(rescue, out ?? storage, storage);
    say(terminal, rescue.report.verdict.sentence);
    say(terminal, `The rescue report: ${page} (as data: ${data})`);
  });
  return 'complete';
}
