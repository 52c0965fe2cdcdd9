// The program itself, from its command line to its exit code.
import { runProgram } from './cli/program.js';
import { RunControl } from './crawl/run-control.js';
import { EscapeError, exitCodes } from './errors.js';

/** Milliseconds for downloads under way to finish after a signal. The program promises to end within 5 s. */
const grace = 4000;

const control = new RunControl();
const endings = { SIGINT: 'interrupted', SIGTERM: 'terminated' } as const;
let signals = 0;
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.on(signal, () => {
    signals += 1;
    const ending = endings[signal];
    if (signals > 1) process.exit(exitCodes[ending].code);
    process.stderr.write(
      '\nStopping: downloads under way may finish. Press Ctrl-C again to stop at once.\n',
    );
    control.stop(
      new EscapeError(ending, 'Stopped. The state is saved: run the same command again to resume.'),
      grace,
    );
  });
}
// Beyond a limit on the size of files (ulimit -f) writing fails, instead of the whole program.
process.on('SIGXFSZ', () => undefined);
// The reader of the output may stop reading (| head). That is no error.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
});

void runProgram(process.argv.slice(2), {
  terminal: { in: process.stdin, out: process.stdout, err: process.stderr },
  environment: process.env,
  control,
}).then((ending) => {
  process.exitCode = exitCodes[ending].code;
});
