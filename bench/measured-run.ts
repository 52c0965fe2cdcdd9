import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { startProgram } from '../test/helpers/program.js';

const peakMemory = new URL('peak-memory.js', import.meta.url).href;

/** The time and memory that a run of the program took. */
export interface MeasuredRun {
  /** From start to end, in seconds. */
  seconds: number;
  /** Peak resident set size, in MB of 1,000,000 bytes. */
  peakMegabytes: number;
  /** When it started, in milliseconds since 1970. */
  startedAt: number;
}

/**
 * Runs the program to its end in a folder with a `.env` file, and measures it.
 *
 * @throws Error with its output, if it does not end with exit code 0
 */
export async function measuredRun(words: readonly string[], cwd: string): Promise<MeasuredRun> {
  const file = join(cwd, 'peak-memory');
  const startedAt = Date.now();
  const begun = performance.now();
  const env = { NODE_OPTIONS: `--import ${peakMemory}`, PEAK_MEMORY_FILE: file };
  const { code, err } = await startProgram(words, { cwd, env }).ended;
  const seconds = (performance.now() - begun) / 1000;
  if (code !== 0) throw new Error(`photo-escape ${words.join(' ')} ended with ${code}:\n${err}`);
  return { seconds, peakMegabytes: (Number(readFileSync(file, 'utf8')) * 1024) / 1e6, startedAt };
}
