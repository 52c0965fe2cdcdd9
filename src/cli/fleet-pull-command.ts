import { type Ending, UsageError } from '../errors.js';
import { pullAlbum } from '../fleet/pull.js';
import { openStore } from '../fleet/store/open-store.js';
import { missing, requireSettings } from '../settings/settings.js';
import { settingsOf } from '../settings/settings-table.js';
import { albumInWords, bytesInWords, photosInWords } from '../text/in-words.js';
import { plainText } from '../text/plain-text.js';
import { showCheck } from './check-files.js';
import type { CommandCall } from './command-call.js';
import { say } from './terminal.js';

/**
 * Makes a storage folder of an album in the store.
 *
 * @param id the album
 * @param folder the storage folder to make, or to resume
 * @returns `incomplete` where originals could not be pulled
 * @throws EscapeError; the cause of the stop, if it is stopped
 */
export async function pullFromFleet(
  { terminal, control, sources }: CommandCall,
  id: string,
  folder: string,
): Promise<Ending> {
  const { store: location } = requireSettings(sources, settingsOf.fleetPull);
  if (location === undefined) throw new UsageError([missing('store')]);
  const store = await openStore(location);
  try {
    const show = (progress: Parameters<typeof showCheck>[1]) => showCheck(terminal, progress);
    const pulled = await pullAlbum(id, store, folder, show, control);
    const { album, counts, originals, bytes, problems } = pulled;
    for (const { id: photo, file, problem } of problems) {
      say(terminal, plainText(`Not pulled: ${photo} (${file}): ${problem}`, 500));
    }
    say(
      terminal,
      `${albumInWords(album)}: ${photosInWords(originals)}, ${bytesInWords(bytes)}, each checked, in ${folder}`,
    );
    say(terminal, `Of ${photosInWords(counts.listed)} that the album lists.`);
    return problems.length === 0 ? 'complete' : 'incomplete';
  } finally {
    store.close();
  }
}
