import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** The built program; compiled for the measurements, this file is one folder further down. */
const main = ['../../dist/main.js', '../../../dist/main.js']
  .map((path) => fileURLToPath(new URL(path, import.meta.url)))
  .find((path) => existsSync(path));

/** A run of the built program in a process of its own. */
export interface ProgramRun {
  process: ChildProcess;
  /** What it has printed so far. */
  output: { out: string; err: string };
  /** Resolves when it has ended. */
  ended: Promise<ProgramEnd>;
}

/** How a run ended: its exit code, and all that it printed. */
export interface ProgramEnd {
  code: number | null;
  out: string;
  err: string;
}

/** How to start the program. */
export interface StartOptions {
  /** The working folder: where `.env` and `./storage` are. */
  cwd: string;
  /** Settings in the environment; none of the test's own get through. */
  env?: Record<string, string>;
  /** What stands on standard input. */
  input?: string;
  /** A limit of the shell's that the program runs under, such as `ulimit -n 64`. */
  limit?: string;
}

/**
 * Starts the program as a user's shell would. Jest compiles it before any test. Only what needs a
 * process of its own, such as a signal, is worth the second of processor time: see `runProgram`.
 */
export function startProgram(
  words: readonly string[],
  { cwd, env = {}, input = '', limit }: StartOptions,
): ProgramRun {
  if (main === undefined) throw new Error('There is no dist/main.js. Run npm run build first.');
  const program = [process.execPath, main, ...words] as const;
  const [command, ...given] =
    limit === undefined
      ? program
      : (['sh', '-c', `${limit} && exec "$0" "$@"`, ...program] as const);
  const process_ = spawn(command, given, {
    cwd,
    env: { PATH: process.env.PATH, HOME: cwd, ...env },
  });
  const output = { out: '', err: '' };
  process_.stdout.on('data', (chunk) => {
    output.out += chunk;
  });
  process_.stderr.on('data', (chunk) => {
    output.err += chunk;
  });
  process_.stdin.end(input);
  const ended = once(process_, 'close').then(([code]) => ({ code, ...output }));
  return { process: process_, output, ended };
}
