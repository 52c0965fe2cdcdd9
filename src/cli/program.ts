import { Command, InvalidArgumentError, Option } from 'commander';
import type { RunControl } from '../crawler/run-control.js';
import { type Ending, EscapeError, exitCodes, UsageError } from '../errors.js';
import { exporters } from '../exports/exporters.js';
import { defaultName, nameSlots, parseNamePattern } from '../exports/files/name-pattern.js';
import type { SettingSources } from '../settings.js';
import { type SettingName, settingsTable } from '../settings-table.js';
import type { ExportOrder } from './export-command.js';
import type { ReplicaFlags } from './replica-command.js';
import type { Terminal } from './terminal.js';
import type { VerifyFlags } from './verify-command.js';

/** Where a program takes what it needs from, and where it prints. */
export interface ProgramContext {
  terminal: Terminal;
  environment: Readonly<Record<string, string | undefined>>;
  /** Ends the command early. */
  control: RunControl;
}

function wholeNumber(least: number, most: number) {
  return (text: string): number => {
    const value = Number(text);
    if (!/^\d+$/.test(text) || value < least || value > most) {
      throw new InvalidArgumentError(`It takes a whole number from ${least} to ${most}.`);
    }
    return value;
  };
}

function settingOption(name: SettingName): Option {
  const { flag, value, meaning, environment, default: fallback } = settingsTable[name];
  const standard = fallback === undefined ? '' : `; default ${fallback}`;
  return new Option(`${flag} <${value}>`, `${meaning} (or ${environment}${standard})`);
}

/** The options that say where the album is and who signs in. */
function withAccount(command: Command): Command {
  return command
    .addOption(settingOption('url'))
    .addOption(settingOption('username'))
    .option('--password-stdin', 'read the password from standard input (or ALBUM_PASSWORD)', false)
    .option('--cookie-stdin', "read a browser's cookies from it (or ALBUM_COOKIE)", false)
    .option('--token-stdin', "read a browser's token from it (or ALBUM_TOKEN)", false);
}

const exitCodeHelp = `
Exit codes:
${Object.values(exitCodes)
  .map(({ code, meaning }) => `  ${String(code).padStart(3)}  ${meaning}`)
  .join('\n')}`;

const examples = `
Examples:
  $ npm run demo                                   try it on a replica of Kodak Pulse
  $ npm start                                      save the album that .env names
  $ npm run export -- --format json --out album.json
  $ npm start -- --storage /media/disk/album --concurrency 4`;

function table(rows: Record<string, { meaning: string }>, name: (row: string) => string): string {
  return Object.entries(rows)
    .map(([row, { meaning }]) => `  ${name(row).padEnd(8)} ${meaning}`)
    .join('\n');
}

/** What each format takes of the options stands in the table of formats. */
const exportHelp = `
Formats:
${table(exporters, (format) => format)}

--name, --copy and --sidecar are for --format files. A name is a path in the folder, without the
extension, in which stand:
${table(nameSlots, (slot) => `{${slot}}`)}
What a photo does not have is left out. Dates are those of the camera, else those of the site.

Run again, an export into a folder adds what is new, and changes nothing that stands there.`;

function flagsOf(options: Record<string, unknown>): SettingSources['flags'] {
  const names = Object.keys(settingsTable) as SettingName[];
  return Object.fromEntries(
    names.flatMap((name) => (typeof options[name] === 'string' ? [[name, options[name]]] : [])),
  );
}

/**
 * The command line: its commands and options, each loading what it runs only when it runs.
 *
 * @param context what the commands run with
 * @param ended receives how the command ended
 */
function createProgram(context: ProgramContext, ended: (ending: Ending) => void): Command {
  const { terminal, control, environment } = context;
  const sources = (options: Record<string, unknown>): SettingSources => ({
    flags: flagsOf(options),
    environment,
    dotenvFile: '.env',
  });
  const program = new Command('photo-escape')
    .description('Saves every original from a web photo album that has no "download all".')
    .configureOutput({
      writeOut: (text) => terminal.out.write(text),
      writeErr: (text) => terminal.err.write(text),
    })
    .exitOverride()
    .addHelpText('after', `${examples}\n${exitCodeHelp}`);
  const verbose = () => new Option('--verbose', "show Crawlee's own log").default(false);

  withAccount(program.command('crawl', { isDefault: true }))
    .description('the main job: sign in, walk the album, save what is not saved yet; also resumes')
    .addOption(settingOption('profile'))
    .addOption(settingOption('concurrency'))
    .addOption(settingOption('maxPerMinute'))
    .addOption(settingOption('userAgent'))
    .addOption(settingOption('storage'))
    .addOption(verbose())
    .addHelpText('after', exitCodeHelp)
    .action(async (options) => {
      const { crawlAlbum } = await import('./crawl-command.js');
      ended(await crawlAlbum(sources(options), options, terminal, control));
    });

  program
    .command('demo')
    .description('the main job on an embedded replica of Kodak Pulse: no account, no network')
    .option('--photos <N>', 'photos in its album', wholeNumber(0, 1_000_000), 1374)
    .addOption(settingOption('concurrency'))
    .addOption(settingOption('maxPerMinute'))
    .addOption(settingOption('storage'))
    .addOption(verbose())
    .action(async (options) => {
      const { demo } = await import('./demo-command.js');
      ended(await demo(sources(options), options.photos, options.verbose, terminal, control));
    });

  program
    .command('export')
    .description("write the saved album's data, or its photos into a folder")
    .addOption(
      new Option('--format <FORMAT>', 'what to write')
        .choices(Object.keys(exporters))
        .makeOptionMandatory(),
    )
    .option('--out <PATH>', 'the file or folder to write; text goes to standard output without it')
    .addOption(
      new Option('--name <PATTERN>', `how files are named; without it ${defaultName}`).argParser(
        parseNamePattern,
      ),
    )
    .option('--copy', 'copy files also where they could be one with the originals (hard links)')
    .addOption(
      new Option('--sidecar <KIND>', 'write what the album says of each photo beside it').choices([
        'xmp',
      ]),
    )
    .addOption(settingOption('storage'))
    .addHelpText('after', exportHelp)
    .action(async (options: ExportOrder) => {
      const { exportFromStorage } = await import('./export-command.js');
      ended(await exportFromStorage(sources({ ...options }), options, terminal, control));
    });

  program
    .command('status')
    .description('what the storage folder holds, and how the last run ended')
    .option('--json', 'as data', false)
    .addOption(settingOption('storage'))
    .action(async (options: { json: boolean }) => {
      const { showStatus } = await import('./status-command.js');
      ended(await showStatus(sources({ ...options }), options.json, terminal));
    });

  program
    .command('profiles')
    .description('the built-in profiles; a file of your own does as well')
    .action(async () => {
      const { listProfiles } = await import('./profiles-command.js');
      ended(listProfiles(terminal));
    });

  withAccount(program.command('check'))
    .description('try a profile on its site, or on a saved page: what it finds, what it does not')
    .argument('<PROFILE>', "a built-in profile's name, or the path of a profile file")
    .option('--page <FILE>', 'a saved page to check against, in place of asking the site')
    .option('--save <FILE>', 'keep the page, with cookies, tokens and hidden inputs blanked')
    .addOption(settingOption('maxPerMinute'))
    .addOption(settingOption('userAgent'))
    .action(async (name: string, options) => {
      const { checkProfile } = await import('./check-command.js');
      ended(await checkProfile(name, sources(options), options, terminal, control));
    });

  program
    .command('report')
    .description('write report.html and report.json: what was rescued, what not, and why')
    .option('--out <DIR>', 'the folder to write them to; the storage folder without it')
    .addOption(settingOption('storage'))
    .action(async (options: { out?: string }) => {
      const { reportOnStorage } = await import('./report-command.js');
      ended(await reportOnStorage(sources({ ...options }), options.out, terminal));
    });

  withAccount(program.command('verify'))
    .description('read every saved file again, and name what is missing or changed')
    .argument('[DIR]', 'an exported folder with SHA256SUMS; the storage folder without it')
    .option(
      '--repair',
      'then fetch anew what is missing or changed, with the settings of crawl',
      false,
    )
    .addOption(settingOption('profile'))
    .addOption(settingOption('concurrency'))
    .addOption(settingOption('maxPerMinute'))
    .addOption(settingOption('userAgent'))
    .addOption(settingOption('storage'))
    .addOption(verbose())
    .addHelpText('after', exitCodeHelp)
    .action(async (folder: string | undefined, options: VerifyFlags & Record<string, unknown>) => {
      const { verify } = await import('./verify-command.js');
      ended(await verify(sources(options), folder, options, terminal, control));
    });

  program
    .command('logout')
    .description('forget the session; none outlives its run, so there is nothing to forget')
    .action(() => {
      terminal.err.write(
        'Nothing to forget: the session lives in memory, and ends with the run. No cookie and no password is kept on disk.\n',
      );
    });

  program
    .command('replica')
    .description('serve the replica of Kodak Pulse until stopped, to look at and to try against')
    .option('--photos <N>', 'photos in its album', wholeNumber(0, 1_000_000), 1374)
    .option('--port <N>', 'port on 127.0.0.1; 0 takes a free one', wholeNumber(0, 65_535), 0)
    .option('--photo-bytes <N>', 'size of every original, for measurements', wholeNumber(1500, 1e9))
    .option('--latency <MS>', 'milliseconds before every answer', wholeNumber(0, 60_000), 0)
    .action(async (options: ReplicaFlags) => {
      const { serveReplica } = await import('./replica-command.js');
      ended(await serveReplica(options, terminal, control));
    });

  return program;
}

/**
 * Runs a command line to its end.
 *
 * @param words the command line without the program's name
 * @returns how it ended; what is to be said has been printed
 */
export async function runProgram(
  words: readonly string[],
  context: ProgramContext,
): Promise<Ending> {
  let ending: Ending = 'complete';
  const program = createProgram(context, (ended) => {
    ending = ended;
  });
  try {
    refuseUnknownCommand(program, words[0]);
    await program.parseAsync(words, { from: 'user' });
    return ending;
  } catch (error) {
    return endingOf(error, context.terminal);
  }
}

function refuseUnknownCommand(program: Command, word = '-'): void {
  const names = program.commands.map((command) => command.name());
  if (word.startsWith('-') || word === 'help' || names.includes(word)) return;
  throw new UsageError([`There is no command "${word}". There are: ${names.join(', ')}`]);
}

function endingOf(error: unknown, { err }: Terminal): Ending {
  if (error instanceof EscapeError) {
    err.write(`${error.message}\n`);
    return error.ending;
  }
  const { code, exitCode } = error as { code?: string; exitCode?: number };
  // commander has printed the help, or what is wrong with the words.
  if (code?.startsWith('commander.')) return exitCode === 0 ? 'complete' : 'usage';
  err.write(`Unexpected error: ${error instanceof Error ? error.stack : String(error)}\n`);
  return 'unexpected';
}
