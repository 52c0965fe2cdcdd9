import { Command, Option, type OptionValues } from 'commander';
import type { RunControl } from '../crawl/run-control.js';
import { DiskError, type Ending, EscapeError, exitCodes, UsageError } from '../errors.js';
import { diskError } from '../files/disk-error.js';
import { type SettingName, settingsTable, stdinNames } from '../settings/settings-table.js';
import { type CommandGroup, type Command as CommandRow, everyEnding } from './command.js';
import type { CommandCall } from './command-call.js';
import { commands } from './commands.js';
import { missingPackage } from './missing-package.js';
import type { Terminal } from './terminal.js';

/** What the program reads from and prints to. */
interface ProgramContext {
  terminal: Terminal;
  environment: Readonly<Record<string, string | undefined>>;
  /** Ends the command early. */
  control: RunControl;
}

function exitCodeHelp(endings: NonNullable<CommandRow['endings']>): string {
  const lines = (Object.keys(exitCodes) as Ending[]).flatMap((ending) => {
    const here = endings[ending];
    if (here === undefined) return [];
    const { code, meaning } = exitCodes[ending];
    return [`  ${String(code).padStart(3)}  ${here === true ? meaning : here}`];
  });
  return `\nExit codes:\n${lines.join('\n')}`;
}

function exampleHelp(examples: readonly string[]): string {
  return `\nExamples:\n${examples.map((example) => `  $ ${example}`).join('\n')}`;
}

const programHelp = `${exampleHelp([
  'npm run demo          try it, without an account',
  'npm start             save the album that .env names',
  'npm start -- --help   list the options of npm start',
])}\n${exitCodeHelp(everyEnding)}`;

function settingOption(name: SettingName): Option[] {
  const { flag, value, meaning, environment, default: fallback } = settingsTable[name];
  if (flag === undefined) return [];
  const standard = fallback === undefined ? '' : `; default ${fallback}`;
  const words = value === undefined ? flag : `${flag} <${value}>`;
  const beside = environment === undefined ? '' : ` (or ${environment}${standard})`;
  return [new Option(words, `${meaning}${beside}`)];
}

/** The settings among a command's options. */
function flagsOf(options: OptionValues): CommandCall['sources']['flags'] {
  const names = Object.keys(settingsTable) as SettingName[];
  return Object.fromEntries(
    names.flatMap((name) => (options[name] === undefined ? [] : [[name, options[name]]])),
  );
}

type Run = (row: CommandRow, options: OptionValues, argument: string | undefined) => Promise<void>;

/**
 * Makes the command line out of the table of commands.
 *
 * @param run receives the command's row of the table, its options and its argument
 */
function createProgram({ out, err }: Terminal, run: Run): Command {
  const program = new Command('photo-escape')
    .description('Saves every original from a web photo album that has no "download all".')
    .configureOutput({
      writeOut: (text) => out.write(text),
      writeErr: (text) => err.write(text),
    })
    .exitOverride()
    .addHelpText('after', programHelp);
  addCommands(program, commands, run);
  return program;
}

function addCommands(
  to: Command,
  rows: Readonly<Record<string, CommandRow | CommandGroup>>,
  run: Run,
): void {
  for (const [name, row] of Object.entries(rows)) {
    const command = to
      .command(name, { isDefault: name === 'crawl' })
      .description(row.meaning)
      .addHelpText('after', exampleHelp(row.examples));
    if ('commands' in row) addCommands(command, row.commands, run);
    else addCommand(command, row, run);
  }
}

/** The settings without a flag. */
function environmentHelp(names: readonly SettingName[]): string {
  const lines = names.flatMap((name) => {
    const { flag, environment, meaning } = settingsTable[name];
    return flag === undefined ? [`  ${environment}  ${meaning}`] : [];
  });
  return lines.length === 0 ? '' : `\nFrom the environment or .env alone:\n${lines.join('\n')}`;
}

function addCommand(command: Command, row: CommandRow, run: Run): void {
  const { argument, settings, options = [], notes, endings } = row;
  command.action(() => run(row, command.opts(), command.args[0]));
  if (argument !== undefined) command.argument(...argument);
  for (const option of [...options, ...settings.flatMap(settingOption)]) command.addOption(option);
  if (notes !== undefined) command.addHelpText('after', `\n${notes.trim()}`);
  command.addHelpText('after', environmentHelp(settings));
  if (endings !== undefined) command.addHelpText('after', exitCodeHelp(endings));
}

/**
 * Runs a command line to its end.
 *
 * @param words the command line without the program's name
 * @returns how it ended; the reason has been printed
 */
export async function runProgram(
  words: readonly string[],
  { terminal, environment, control }: ProgramContext,
): Promise<Ending> {
  let ending: Ending = 'complete';
  const program = createProgram(terminal, async (row, options, argument) => {
    const call: CommandCall = {
      terminal,
      control,
      sources: { flags: flagsOf(options), environment, dotenvFile: '.env' },
      fromStdin: stdinNames.filter((secret) => options[`${secret}Stdin`] === true),
      words,
    };
    ending = await row.run(call, options, argument);
  });
  try {
    refuseUnknownCommand(words[0]);
    await program.parseAsync(words, { from: 'user' });
    return ending;
  } catch (error) {
    return endingOf(error, terminal);
  }
}

/** Without this, an unknown command would be an argument too many of the default one. */
function refuseUnknownCommand(word = '-'): void {
  const names = Object.keys(commands);
  if (word.startsWith('-') || word === 'help' || names.includes(word)) return;
  throw new UsageError([`There is no command "${word}". The commands are: ${names.join(', ')}`]);
}

/** Where descriptors run out, Node reports modules that are there as missing, too. */
function asDiskError(error: unknown): unknown {
  const { code, message, path = 'the working folder' } = error as NodeJS.ErrnoException;
  if (code !== 'ERR_MODULE_NOT_FOUND') return diskError(error, path);
  return new DiskError(
    `A part of the program cannot be read: ${message}. Raise the limit of open files (ulimit -n) or, if that does not help, install the program anew (npm ci).`,
    { cause: error },
  );
}

function endingOf(error: unknown, { err }: Pick<Terminal, 'err'>): Ending {
  if (error instanceof EscapeError) {
    err.write(`${error.message}\n`);
    return error.ending;
  }
  const { code, exitCode } = error as { code?: string; exitCode?: number };
  // commander has printed the help, or what is wrong with the command line.
  if (code?.startsWith('commander.')) return exitCode === 0 ? 'complete' : 'usage';
  const known = missingPackage(error) ?? asDiskError(error);
  if (known instanceof EscapeError) return endingOf(known, { err });
  err.write(`Unexpected error: ${error instanceof Error ? error.stack : String(error)}\n`);
  return 'unexpected';
}
