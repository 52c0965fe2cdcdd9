import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { RunControl } from '../crawl/run-control.js';
import { type Ending, UsageError } from '../errors.js';
import { readChecksumList } from '../files/checksum-list.js';
import { lockFolder } from '../files/folder-lock.js';
import { originalFiles } from '../rescue/original-files.js';
import { repair } from '../rescue/repair.js';
import { resolveSettings, type SettingSources } from '../settings/settings.js';
import { settingsTable } from '../settings/settings-table.js';
import { bytesInWords } from '../text/in-words.js';
import { plainText } from '../text/plain-text.js';
import { type CheckedFiles, checkFiles, type NamedFile } from './check-files.js';
import { type CrawlFlags, crawlOrder } from './crawl-command.js';
import { say, type Terminal } from './terminal.js';

/** What the command line says, beside the settings. */
export interface VerifyFlags extends CrawlFlags {
  /** Whether what is missing or changed is fetched anew. */
  repair: boolean;
}

/**
 * Reads every saved file again, or every file of an exported folder, and prints what is missing or
 * changed.
 *
 * @param folder an exported folder; the storage folder is meant without it
 * @returns `incomplete` where a file is not as it was written down and was not fetched anew
 * @throws UsageError where nothing was saved, or for flags that have no meaning here
 */
export async function verify(
  sources: SettingSources,
  folder: string | undefined,
  flags: VerifyFlags,
  terminal: Terminal,
  control: RunControl,
): Promise<Ending> {
  const problems = uselessFlags(sources, folder, flags);
  if (problems.length > 0) throw new UsageError(problems);
  if (folder !== undefined) return verifyExported(folder, terminal, control);
  if (!flags.repair) return verifyStorage(sources, terminal, control);

  const order = await crawlOrder(sources, flags, terminal);
  const originals = await originalFiles(order.storage);
  // Found out now rather than after hours of reading.
  lockFolder(order.storage).release();
  const { damaged, bytes } = await checkFiles(originals, terminal, control);
  sayResult(terminal, originals.length, bytes, damaged);
  return repair(order, originals, damaged, terminal, control);
}

/** Flags that would change nothing are refused rather than passed over. */
function uselessFlags(
  { flags }: SettingSources,
  folder: string | undefined,
  { repair: isRepair, passwordStdin, cookieStdin, tokenStdin, verbose }: VerifyFlags,
): string[] {
  if (folder !== undefined && isRepair) {
    return [
      `--repair mends the storage folder, not what was exported from it. Run verify --repair without ${folder}, move away what is changed in ${folder}, and export there again`,
    ];
  }
  const given = Object.keys(flags).map((name) => name as keyof typeof settingsTable);
  const useless: string[] = given
    .filter((name) => (name === 'storage' ? folder !== undefined : !isRepair))
    .map((name) => settingsTable[name].flag ?? name);
  if (passwordStdin && !isRepair) useless.push('--password-stdin');
  if (cookieStdin && !isRepair) useless.push('--cookie-stdin');
  if (tokenStdin && !isRepair) useless.push('--token-stdin');
  if (verbose && !isRepair) useless.push('--verbose');
  const where = folder === undefined ? 'without --repair' : 'with an exported folder';
  return useless.map((flag) => `${flag} has no meaning for verify ${where}. Leave it out`);
}

async function verifyStorage(
  sources: SettingSources,
  terminal: Terminal,
  control: RunControl,
): Promise<Ending> {
  const { settings, problems } = resolveSettings(sources, ['storage']);
  if (problems.length > 0) throw new UsageError(problems);
  const originals = await originalFiles(settings.storage);
  const { damaged, bytes } = await checkFiles(originals, terminal, control);
  sayResult(terminal, originals.length, bytes, damaged);
  if (damaged.length === 0) return 'complete';
  say(terminal, 'photo-escape verify --repair fetches them anew.');
  return 'incomplete';
}

async function verifyExported(
  folder: string,
  terminal: Terminal,
  control: RunControl,
): Promise<Ending> {
  const path = join(folder, 'SHA256SUMS');
  const text = await readFile(path, 'utf8').catch((error: Error) => {
    throw new UsageError([
      `${path} cannot be read (${error.message}). verify takes a folder made by export --format files; for a storage folder say --storage ${folder}`,
    ]);
  });
  const { files, unreadableLines } = readChecksumList(text);
  if (files.length === 0) throw new UsageError([`${path} lists no file`]);
  const named = files.map(({ name, sha256 }) => ({ name, sha256, path: join(folder, name) }));
  const { damaged, bytes } = await checkFiles(named, terminal, control);
  for (const line of unreadableLines) {
    terminal.out.write(`unreadable: SHA256SUMS, line ${line}\n`);
  }
  sayResult(terminal, files.length, bytes, damaged);
  return damaged.length === 0 && unreadableLines.length === 0 ? 'complete' : 'incomplete';
}

function sayResult(
  terminal: Terminal,
  files: number,
  bytes: number,
  damaged: CheckedFiles<NamedFile>['damaged'],
): void {
  const counted = (['missing', 'changed', 'unreadable'] as const)
    .map((kind) => ({ kind, count: damaged.filter(({ damage }) => damage.kind === kind).length }))
    .filter(({ count }) => count > 0)
    .map(({ kind, count }) => `${count} ${kind}`);
  const result = counted.length === 0 ? 'each is as it was written down' : counted.join(', ');
  say(terminal, plainText(`${files} files checked (${bytesInWords(bytes)}): ${result}.`));
}
