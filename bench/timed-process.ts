import { spawn } from 'node:child_process';
import { closeSync, openSync, readFileSync } from 'node:fs';
import type { Command } from './contenders/contender.js';
import { endedChildrenCpuSeconds, hasProcFiles, treePeakBytes } from './process-tree.js';

/** Milliseconds between two readings of a process's memory. */
const pollInterval = 10;
/** Characters of a failed process's output that are shown. */
const shownOutput = 2000;

/** The cost of a process, from start to exit. */
export interface ProcessFigures {
  seconds: number;
  /**
   * Peak resident set size of any process of the tree, in MB of 1,000,000 bytes, as last read
   * before its end. Linux only, and not for a process that ends within milliseconds.
   */
  peakMegabytes?: number;
  /** User and system time of the process and the children that it waited for; Linux only. */
  cpuSeconds?: number;
}

/** Where a process runs. */
export interface Surroundings {
  /** The working folder. */
  cwd: string;
  /** Its whole environment, except what the command adds. */
  env: Readonly<Record<string, string>>;
  /** The file for its output. */
  logFile: string;
  /** Kills it. */
  signal: AbortSignal;
}

/**
 * Runs a command to its end, with empty input and its output in a file, and measures it.
 *
 * @throws the system's error if it cannot be started; the signal's reason if the signal killed it;
 *   Error with the end of its output if its exit code is not 0
 */
export async function timedProcess(
  { file, words, env: ownEnv }: Command,
  { cwd, env, logFile, signal }: Surroundings,
): Promise<ProcessFigures> {
  signal.throwIfAborted();
  const log = openSync(logFile, 'w');
  const cpuBefore = hasProcFiles ? endedChildrenCpuSeconds() : 0;
  const begun = performance.now();
  const child = spawn(file, words, {
    cwd,
    env: { ...env, ...ownEnv },
    stdio: ['ignore', log, log],
  });
  closeSync(log);
  const kill = () => child.kill('SIGKILL');
  signal.addEventListener('abort', kill);
  let peak = 0;
  const look = () => {
    if (child.pid !== undefined) peak = Math.max(peak, treePeakBytes(child.pid));
  };
  const polling = hasProcFiles ? setInterval(look, pollInterval) : undefined;
  try {
    const ending = await new Promise<number | string | null>((resolve, reject) => {
      child.once('error', reject).once('exit', (code, killedBy) => resolve(code ?? killedBy));
    });
    const seconds = (performance.now() - begun) / 1000;
    signal.throwIfAborted();
    if (ending !== 0) {
      const output = readFileSync(logFile, 'utf8').slice(-shownOutput).trim();
      throw new Error(`${file} ended with ${ending}: ${output}`);
    }
    if (!hasProcFiles) return { seconds };
    const cpuSeconds = endedChildrenCpuSeconds() - cpuBefore;
    return { seconds, cpuSeconds, ...(peak > 0 && { peakMegabytes: peak / 1e6 }) };
  } finally {
    clearInterval(polling);
    signal.removeEventListener('abort', kill);
  }
}
