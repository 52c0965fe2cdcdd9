import { PassThrough } from 'node:stream';
import { text } from 'node:stream/consumers';
import { runProgram as runInThisProcess } from '../../src/cli/program.js';
import { RunControl } from '../../src/crawl/run-control.js';
import { exitCodes } from '../../src/errors.js';
import type { ProgramEnd, StartOptions } from './program.js';

/**
 * Runs the program from its command line to its exit code, in the test's own process: what a process
 * of its own would load for each run is loaded once. One run at a time, since a process has one
 * working folder.
 */
export async function runProgram(
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
