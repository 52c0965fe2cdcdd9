import type { Album } from '../album/album.js';
import type { RunControl } from '../crawl/run-control.js';
import type { Ending } from '../errors.js';
import { lockFolder } from '../files/folder-lock.js';
import { type CheckedFiles, checkFiles, type ShowCheck } from './check-files.js';
import {
  type Escaped,
  type EscapeObserver,
  type EscapeOrder,
  escapeAlbum,
} from './escape-album.js';
import { originalFiles } from './expected-files.js';
import { recordDamage } from './record-damage.js';

/** Shows a repair. */
export interface RepairObserver extends EscapeObserver {
  showCheck: ShowCheck;
  /** Every original was checked, or the check was stopped. */
  checked(result: CheckedFiles): void;
}

/** How a repair ended. */
export interface Repaired {
  ending: Ending;
  /** How fetching anew ended; undefined where nothing was fetched. */
  escaped?: Escaped;
  /** The damaged originals, checked again; undefined where the repair was stopped before. */
  checkedAgain?: CheckedFiles;
}

/**
 * Checks every original of a storage folder, and fetches anew those that are damaged: it records
 * them as lost, then saves the album. A changed file stays where it is until a whole original
 * replaces it. An original that was recorded as lost and is whole again, because somebody put it
 * back, is recorded as saved.
 *
 * @returns how saving ended; `incomplete` where that went well and an original is still damaged
 * @throws UsageError where no photo was saved yet; StorageBusyError, DiskError
 */
export async function verifyAndRepair(
  order: EscapeOrder,
  observer: RepairObserver,
  control: RunControl,
): Promise<Repaired> {
  const originals = await originalFiles(order.storage);
  // A folder in use is reported now rather than after hours of reading.
  lockFolder(order.storage).release();
  const checked = await checkFiles(originals, observer.showCheck, control);
  observer.checked(checked);
  if (checked.cause !== undefined) return { ending: checked.cause.ending };

  const damages = new Map(checked.damaged.map(({ file, damage }) => [file.saved.key, damage]));
  const changes = originals.filter(({ saved, counts }) => !counts || damages.has(saved.key));
  if (changes.length === 0) return { ending: 'complete' };
  const prepare = (album: Album) => recordDamage(album, changes, damages);
  const escaped = await escapeAlbum({ ...order, prepare }, observer, control);
  if (control.cause !== undefined) return { ending: escaped.ending, escaped };

  const damaged = (await originalFiles(order.storage)).filter(({ saved }) =>
    damages.has(saved.key),
  );
  const checkedAgain = await checkFiles(damaged, observer.showCheck, control);
  const isStillDamaged = escaped.ending === 'complete' && checkedAgain.damaged.length > 0;
  const ending = checkedAgain.cause?.ending ?? (isStillDamaged ? 'incomplete' : escaped.ending);
  return { ending, escaped, checkedAgain };
}
