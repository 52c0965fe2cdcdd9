import type { RunRecord } from '../album/album.js';
import { type AlbumStatus, albumStatus } from '../album/status.js';
import { type Ending, exitCodes } from '../errors.js';
import { readSavedAlbum } from '../rescue/saved-album.js';
import { requireSettings } from '../settings/settings.js';
import { settingsOf } from '../settings/settings-table.js';
import { albumInWords, bytesInWords } from '../text/in-words.js';
import { plainText } from '../text/plain-text.js';
import type { CommandCall } from './command-call.js';
import { storageToRead } from './storage-choice.js';

/** Whether a process of this machine is running. */
function isRunning(processId: number): boolean {
  try {
    process.kill(processId, 0);
    return true;
  } catch (error) {
    // EPERM: it is running, and is another user's.
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

function runInWords(run: RunRecord | undefined): string {
  if (run === undefined) return 'none';
  if (run.ending === undefined) {
    return isRunning(run.processId)
      ? `since ${run.startedAt}, under way (process ${run.processId})`
      : `${run.startedAt}, stopped without an end (killed?); run the same command again`;
  }
  const { code, meaning } = exitCodes[run.ending];
  return `${run.startedAt} to ${run.endedAt}, code ${code}: ${meaning}`;
}

function table({ album, counts, bytes, doubts, lastRun }: AlbumStatus): string {
  const left = counts.left > 0 ? `, ${counts.left} of them no longer in the album` : '';
  const rows = [
    ['album', albumInWords(album)],
    ['listed', `${counts.listed}`],
    ['saved', `${counts.saved} (${bytesInWords(bytes)})${left}`],
    ['failed', `${counts.failed}`],
    ['pending', `${counts.pending}`],
    ['last run', runInWords(lastRun)],
    ...doubts.map((doubt): [string, string] => ['in doubt', doubt]),
  ] as const;
  return rows.map(([name, value]) => `${name.padEnd(9)} ${plainText(value, 1000)}\n`).join('');
}

/**
 * Prints what a storage folder holds, also while a run is writing it.
 *
 * @param json whether to print JSON instead of a table
 * @throws UsageError where nothing was saved yet
 */
export async function showStatus(
  { sources, terminal }: CommandCall,
  json: boolean,
): Promise<Ending> {
  const settings = requireSettings(sources, settingsOf.savedAlbum);
  const storage = await storageToRead(settings.storage, terminal);
  const status = await readSavedAlbum(storage, albumStatus);
  terminal.out.write(json ? `${JSON.stringify(status, null, 2)}\n` : table(status));
  return 'complete';
}
