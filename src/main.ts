#!/usr/bin/env node
import './set-v8-flags.js';
import { runProgram } from './cli/program.js';
import { RunControl } from './crawl/run-control.js';
import { EscapeError, exitCodes } from './errors.js';

/** Milliseconds that downloads under way have to finish after a signal. The program ends within five seconds. */
const grace = 4000;

const control = new RunControl();
const endings = { SIGINT: 'interrupted', SIGTERM: 'terminated' } as const;
let signals = 0;
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.on(signal, () => {
    signals += 1;
    const ending = endings[signal];
    if (signals > 1) process.exit(exitCodes[ending].code);
    process.stderr.write('\nStopping: downloads under way may finish. Again to stop at once.\n');
    control.stop(
      new EscapeError(ending, 'Stopped. The state is saved: run the same command again to resume.'),
      grace,
    );
  });
}
// A reader of the output may stop reading (| head), which is not an error.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
});

const ending = await runProgram(process.argv.slice(2), {
  terminal: { in: process.stdin, out: process.stdout, err: process.stderr },
  environment: process.env,
  control,
});
process.exitCode = exitCodes[ending].code;
