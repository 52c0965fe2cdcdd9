import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { searchPath } from './software.js';

/** The environment of the sites' own programs: the same on every machine. */
export const plainEnvironment = { PATH: searchPath(), LANG: 'C.UTF-8', TZ: 'UTC' };

/** How to run a program. */
interface CommandOptions {
  cwd: string;
  /** Kills it. */
  signal: AbortSignal;
  /** The environment, in place of {@link plainEnvironment}. */
  env?: NodeJS.ProcessEnv;
}

/**
 * Runs a program to its end.
 *
 * @throws Error with its output, if it cannot be started or its exit code is not 0
 * @throws the signal's reason, if the signal killed it
 */
export async function runCommand(
  program: string,
  words: readonly string[],
  { cwd, signal, env = plainEnvironment }: CommandOptions,
): Promise<void> {
  try {
    await promisify(execFile)(program, words, { cwd, signal, env, maxBuffer: 2 ** 26 });
  } catch (error) {
    signal.throwIfAborted();
    const { stdout = '', stderr = '' } = error as { stdout?: string; stderr?: string };
    throw new Error(`${program} ${words.join(' ')}\n${stdout}${stderr}`, { cause: error });
  }
}
