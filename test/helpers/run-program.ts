import { PassThrough } from 'node:stream';
import { text } from 'node:stream/consumers';
import { Mutex } from 'async-mutex';
import { runProgram as runInThisProcess } from '../../src/cli/program.js';
import { RunControl } from '../../src/crawl/run-control.js';
import { exitCodes } from '../../src/errors.js';
import type { ProgramEnd, StartOptions } from './program.js';

const oneAtATime = new Mutex();

/**
 * Runs the program from its command line to its exit code, in the test's own process: what a process
 * of its own would load for each run is loaded once. A process has one working folder, so a run waits
 * for the end of the one before it, which may go on where its test was stopped.
 */
export function runProgram(words: readonly string[], options: StartOptions): Promise<ProgramEnd> {
  return oneAtATime.runExclusive(() => runInFolder(words, options));
}

async function runInFolder(
  words: readonly string[],
  { cwd, env = {}, input = '' }: StartOptions,
): Promise<ProgramEnd> {
  const terminal = {
    in: new PassThrough().end(input),
    out: new PassThrough(),
    err: new PassThrough(),
  };
  const printed = Promise.all([text(terminal.out), text(terminal.err)]);
  const before = process.cwd();
  process.chdir(cwd);
  try {
    const control = new RunControl();
    const ending = await runInThisProcess(words, { terminal, environment: env, control });
    terminal.out.end();
    terminal.err.end();
    const [out, err] = await printed;
    return { code: exitCodes[ending].code, out, err };
  } finally {
    process.chdir(before);
  }
}
