import type { Album } from '../album/album.js';
import { listedPhotoSchema } from '../album/photo.js';
import { type CheckedFiles, checkFiles } from '../cli/check-files.js';
import { say, type Terminal } from '../cli/terminal.js';
import type { RunControl } from '../crawl/run-control.js';
import type { Ending } from '../errors.js';
import { type EscapeOrder, escapeAlbum } from './escape-album.js';
import { type OriginalFile, originalFiles } from './original-files.js';

/**
 * Fetches anew what is damaged: makes it count as lost, then runs the main job. A file that has
 * changed stays where it is until a whole original takes its place. What counted as lost and is
 * whole again (put back by hand, say) counts as saved from now on.
 *
 * @param order the main job
 * @param originals every original that was checked
 * @param damaged those of them that are missing, changed or unreadable
 * @returns how the main job ended; `incomplete` where it went well and an original is still damaged
 */
export async function repair(
  order: EscapeOrder,
  originals: readonly OriginalFile[],
  damaged: CheckedFiles<OriginalFile>['damaged'],
  terminal: Terminal,
  control: RunControl,
): Promise<Ending> {
  const lost = new Map(damaged.map(({ file, damage }) => [file.saved.key, damage]));
  const foundAgain = originals.filter(({ saved, counts }) => !counts && !lost.has(saved.key));
  if (lost.size === 0 && foundAgain.length === 0) return 'complete';

  const prepare = async (album: Album): Promise<void> => {
    // What a run has done since the files were read stands.
    const now = new Map([...album.photos.savedFiles()].map((file) => [file.saved.key, file]));
    const isSame = ({ saved, counts }: OriginalFile): boolean => {
      const present = now.get(saved.key);
      return present?.counts === counts && present.saved.savedAt === saved.savedAt;
    };
    for (const { file, damage } of damaged) {
      if (!file.counts || !isSame(file)) continue;
      const failedAt = new Date().toISOString();
      const more = damage.detail === undefined ? '' : ` (${damage.detail})`;
      const reason = `it was saved, and its file is ${damage.kind}${more}`;
      const photo = listedPhotoSchema.parse(file.saved);
      await album.photos.push({ ...photo, status: 'failed', failedAt, reason });
    }
    for (const file of foundAgain) if (isSame(file)) await album.photos.push(file.saved);
  };
  const ending = await escapeAlbum({ ...order, prepare }, terminal, control);
  if (control.cause !== undefined) return ending;
  const fetched = (await originalFiles(order.storage)).filter(({ saved }) => lost.has(saved.key));
  const still = (await checkFiles(fetched, terminal, control)).damaged.length;
  say(terminal, `${lost.size - still} of ${lost.size} damaged files are mended.`);
  return ending === 'complete' && still > 0 ? 'incomplete' : ending;
}
