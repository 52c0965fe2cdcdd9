import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { hasProcFiles } from '../../bench/process-tree.js';
import { timedProcess } from '../../bench/timed-process.js';
import { withTemporaryFolder } from '../helpers/temporary-folder.js';

/** Runs JavaScript in a process of its own and measures it. */
function timedScript(script: string, signal = new AbortController().signal) {
  return withTemporaryFolder((cwd) =>
    timedProcess(
      { file: process.execPath, words: ['--eval', script], env: { WORD: 'told' } },
      { cwd, env: {}, logFile: join(cwd, 'log'), signal },
    ),
  );
}

const onLinux = hasProcFiles ? test : test.skip;

describe('timedProcess', () => {
  onLinux('counts the memory and the CPU time of the processes that it starts, too', async () => {
    const busy = 'Buffer.alloc(3e8, 1); while (process.cpuUsage().user < 400_000);';
    const spawning = `require('node:child_process').spawnSync(process.execPath, ['--eval', ${JSON.stringify(busy)}]);`;
    const asynchronous = spawning.replace('spawnSync', 'spawn');
    for (const script of [spawning, asynchronous]) {
      const { peakMegabytes, cpuSeconds } = await timedScript(script);
      expect(peakMegabytes).toBeGreaterThan(300);
      // /proc counts in hundredths of a second.
      expect(cpuSeconds).toBeGreaterThan(0.38);
    }
  });

  test('rejects with the end of the output of a process that fails', async () => {
    const script = "console.error('no ' + process.env.WORD + ' reason'); process.exitCode = 9;";
    await expect(timedScript(script)).rejects.toThrow(/ ended with 9: no told reason$/);
  });

  test('kills a process when it is told to', async () => {
    const stop = new AbortController();
    const endless = timedScript('setInterval(() => undefined, 1000)', stop.signal);
    stop.abort(new Error('enough'));
    await expect(endless).rejects.toThrow('enough');
  });

  test('rejects where there is no such program', async () => {
    await withTemporaryFolder(async (cwd) => {
      const surroundings = { cwd, env: {}, logFile: join(cwd, 'log') };
      const { signal } = new AbortController();
      await expect(
        timedProcess({ file: 'no-such-program', words: [] }, { ...surroundings, signal }),
      ).rejects.toThrow('ENOENT');
    });
  });
});
