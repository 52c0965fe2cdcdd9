import type { RunRecord } from '../album/album.js';
import { type AlbumStatus, albumStatus } from '../album/status.js';
import { type Ending, exitCodes, UsageError } from '../errors.js';
import { resolveSettings, type SettingSources } from '../settings/settings.js';
import { bytesInWords } from '../text/in-words.js';
import { plainText } from '../text/plain-text.js';
import { withSavedAlbum } from './saved-album.js';
import type { Terminal } from './terminal.js';

/** Whether a process of this machine is there. */
function isThere(processId: number): boolean {
  try {
    process.kill(processId, 0);
    return true;
  } catch (error) {
    // EPERM: it is there, and another user's.
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

function runInWords(run: RunRecord | undefined): string {
  if (run === undefined) return 'none';
  if (run.ending === undefined) {
    return isThere(run.processId)
      ? `since ${run.startedAt}, under way (process ${run.processId})`
      : `${run.startedAt}, stopped without an end (killed?); run the same command again`;
  }
  const { code, meaning } = exitCodes[run.ending];
  return `${run.startedAt} to ${run.endedAt}, code ${code}: ${meaning}`;
}

function table({ album, counts, bytes, lastRun }: AlbumStatus): string {
  const left = counts.left > 0 ? `, ${counts.left} of them no longer in the album` : '';
  const rows = [
    ['album', `${album.profile}, ${album.url}, user ${album.username}`],
    ['listed', `${counts.listed}`],
    ['saved', `${counts.saved} (${bytesInWords(bytes)})${left}`],
    ['failed', `${counts.failed}`],
    ['pending', `${counts.pending}`],
    ['last run', runInWords(lastRun)],
  ] as const;
  return rows.map(([name, value]) => `${name.padEnd(9)} ${plainText(value)}\n`).join('');
}

/**
 * Prints what a storage folder holds, also while a run is writing it.
 *
 * @param json as data in place of a table
 * @throws UsageError where nothing was saved yet
 */
export async function showStatus(
  sources: SettingSources,
  json: boolean,
  terminal: Terminal,
): Promise<Ending> {
  const { settings, problems } = resolveSettings(sources, ['storage']);
  if (problems.length > 0) throw new UsageError(problems);
  const status = await withSavedAlbum(settings.storage, albumStatus);
  terminal.out.write(json ? `${JSON.stringify(status, null, 2)}\n` : table(status));
  return 'complete';
}
