import { type Ending, UsageError } from '../errors.js';
import { exportedFiles, originalFiles } from '../rescue/expected-files.js';
import { type RepairObserver, verifyAndRepair } from '../rescue/repair.js';
import { requireSettings } from '../settings/settings.js';
import {
  demoStorage,
  type SettingName,
  settingsOf,
  settingsTable,
} from '../settings/settings-table.js';
import { checkAndSay, sayChecked, showCheck } from './check-files.js';
import type { CommandCall } from './command-call.js';
import { crawlOrder } from './crawl-command.js';
import { sayEscaped, showEscape } from './save-album.js';
import { storageToRead } from './storage-choice.js';
import { say } from './terminal.js';

const demoRepair = `The demo's site runs only while the demo does. To save its album anew, remove the folder ${demoStorage} and run: npm run demo`;

/**
 * Reads every saved file again, or every file of an exported folder, and prints those that are
 * missing or changed.
 *
 * @param folder an exported folder; the storage folder without it
 * @param repair whether to fetch anew what is missing or changed
 * @param verbose whether Crawlee's own log is shown during a repair
 * @returns `incomplete` where a file differs from its record and was not fetched anew
 * @throws UsageError where nothing was saved, or for options that would have no effect; the cause of
 *   the stop, if it is stopped
 */
export async function verify(
  call: CommandCall,
  folder: string | undefined,
  repair: boolean,
  verbose: boolean,
): Promise<Ending> {
  refuseUselessOptions(call, folder, repair, verbose);
  if (folder !== undefined) return verifyExported(call, folder);
  const settings = requireSettings(call.sources, settingsOf.savedAlbum);
  const storage = await storageToRead(settings.storage, call.terminal);
  const isDemo = settings.storage === undefined && storage === demoStorage;
  if (!repair) return verifyStorage(call, storage, isDemo);
  if (isDemo) throw new UsageError([demoRepair]);
  return verifyAndMend(call, verbose);
}

/** An option that would change nothing is an error, so that nobody relies on it. */
function refuseUselessOptions(
  { sources, fromStdin }: CommandCall,
  folder: string | undefined,
  repair: boolean,
  verbose: boolean,
): void {
  if (folder !== undefined && repair) {
    throw new UsageError([
      `--repair repairs the storage folder, not an exported one. Run: npm run verify -- --repair. Then move the changed files out of ${folder}, and export there again`,
    ]);
  }
  const given = [...(Object.keys(sources.flags) as SettingName[]), ...fromStdin];
  const useless: string[] = given
    .filter((name) => (name === 'storage' ? folder !== undefined : !repair))
    .flatMap((name) => settingsTable[name].flag ?? []);
  if (verbose && !repair) useless.push('--verbose');
  if (useless.length === 0) return;
  const where = folder === undefined ? 'without --repair' : 'with an exported folder';
  throw new UsageError(
    useless.map((flag) => `${flag} has no effect on verify ${where}. Leave it out`),
  );
}

async function verifyStorage(call: CommandCall, storage: string, isDemo: boolean): Promise<Ending> {
  const { damaged } = await checkAndSay(await originalFiles(storage), call);
  if (damaged.length === 0) return 'complete';
  say(call.terminal, isDemo ? demoRepair : 'To fetch them anew: npm run verify -- --repair');
  return 'incomplete';
}

async function verifyAndMend(call: CommandCall, verbose: boolean): Promise<Ending> {
  const { terminal, control } = call;
  const order = await crawlOrder(call);
  const observer: RepairObserver = {
    ...showEscape(order, terminal, verbose),
    showCheck: (progress) => showCheck(terminal, progress),
    checked: (result) => sayChecked(terminal, result),
  };
  const { ending, escaped, checkedAgain } = await verifyAndRepair(order, observer, control);
  if (escaped !== undefined) sayEscaped(terminal, escaped);
  if (checkedAgain !== undefined) {
    sayChecked(terminal, checkedAgain);
    const { total, damaged } = checkedAgain;
    say(terminal, `${total - damaged.length} of ${total} damaged files are repaired.`);
  }
  // The cause of a stop during the crawl was said with the crawl's other results.
  const wasSaid = escaped?.cause !== undefined;
  if (control.cause !== undefined && !wasSaid) say(terminal, control.cause.message);
  return ending;
}

async function verifyExported(call: CommandCall, folder: string): Promise<Ending> {
  const { files, unreadableLines } = await exportedFiles(folder);
  const { damaged } = await checkAndSay(files, call);
  for (const line of unreadableLines) {
    call.terminal.out.write(`unreadable: SHA256SUMS, line ${line}\n`);
  }
  return damaged.length === 0 && unreadableLines.length === 0 ? 'complete' : 'incomplete';
}
