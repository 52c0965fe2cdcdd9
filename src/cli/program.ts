import { Command } from 'commander';
import { type Ending, EscapeError, UsageError } from '../errors.js';
import { exitCodeHelp, flagsOf } from './command-options.js';
import type { ProgramContext } from './program-context.js';
import { addSiteCommands } from './site-commands.js';
import { addStorageCommands } from './storage-commands.js';
import type { Terminal } from './terminal.js';

const examples = `
Examples:
  $ npm run demo                                   try it on a replica of Kodak Pulse
  $ npm start                                      save the album that .env names
  $ npm run export -- --format json --out album.json
  $ npm start -- --storage /media/disk/album --concurrency 4`;

/**
 * The command line: its commands and options, each loading what it runs only when it runs.
 *
 * @param context what the commands run with
 * @param ended receives how the command ended
 */
function createProgram(context: ProgramContext, ended: (ending: Ending) => void): Command {
  const { terminal, environment } = context;
  const program = new Command('photo-escape')
    .description('Saves every original from a web photo album that has no "download all".')
    .configureOutput({
      writeOut: (text) => terminal.out.write(text),
      writeErr: (text) => terminal.err.write(text),
    })
    .exitOverride()
    .addHelpText('after', `${examples}\n${exitCodeHelp}`);
  const commands = {
    ...context,
    ended,
    sources: (options: Record<string, unknown>) => ({
      flags: flagsOf(options),
      environment,
      dotenvFile: '.env',
    }),
  };
  addSiteCommands(program, commands);
  addStorageCommands(program, commands);
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
