import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { searchPath } from './software.js';

/** The surroundings of the sites' own programs: the same on each machine. */
export const plainEnvironment = { PATH: searchPath(), LANG: 'C.UTF-8', TZ: 'UTC' };

/** How to run a program. */
interface CommandOptions {
  cwd: string;
  /** Stops it. */
  signal: AbortSignal;
  /** The environment, in place of {@link plainEnvironment}. */
  env?: NodeJS.ProcessEnv;
}

/**
 * Runs a program to its end.
 *
 * @throws Error with all that it printed, if it cannot be started or ends with another code than 0
 * @throws the signal's reason, if that stopped it
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
