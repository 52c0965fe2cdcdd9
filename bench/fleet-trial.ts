// Lets a fleet work while its workers are killed and stopped, Redis is restarted, and the store fails:
// npm run test:fleet -- [--seed S] [--albums N] [--photos N] [--workers N]
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { createBucket, withEnvironment } from '../test/fleet/store/swift-store.js';
import { fleetTrial } from '../test/helpers/fleet/fleet-trial.js';
import { withSwift } from '../test/helpers/swift.js';
import { shown, table } from './table.js';

const { values } = parseArgs({
  options: {
    seed: { type: 'string' },
    albums: { type: 'string', default: '30' },
    photos: { type: 'string', default: '60' },
    workers: { type: 'string', default: '4' },
  },
});
const seed = Number(values.seed ?? Date.now() % 1_000_000);
process.stdout.write(`seed ${seed}\n`);
const folder = mkdtempSync(join(tmpdir(), 'photo-escape-fleet-'));
try {
  await withSwift((swift) =>
    withEnvironment(swift.environment, async () => {
      await createBucket('albums');
      const report = await fleetTrial({
        ...{ seed, folder, perHost: 4, lock: 8, latency: 60, pause: 2500 },
        albums: Number(values.albums),
        photos: Number(values.photos),
        workers: Number(values.workers),
        events: { kill: 10, stop: 4, redis: 1, store: 2, cut: 2 },
        store: 's3://albums/fleet',
        environment: swift.environment,
        async interruptStore(milliseconds) {
          await swift.kill('object');
          await delay(milliseconds);
          await swift.start('object');
        },
        tell: (line) => process.stderr.write(`${line}\n`),
      });
      const { happened, broken, ...figures } = report;
      process.stdout.write(
        table([
          ...Object.entries(happened).map(([event, times]) => [`times: ${event}`, shown(times)]),
          ['attempts at albums beyond one each', shown(figures.furtherAttempts)],
          [
            'originals asked for again',
            shown(figures.askedAgain),
            `≤ ${shown(figures.mayAskAgain)} (further attempts × concurrency)`,
          ],
          ['albums of the host at once', shown(figures.mostAtOnce), '≤ 4'],
          ['albums left to another worker', shown(figures.left)],
          ['outcomes refused, the lock being lost', shown(figures.refused)],
          ['seconds in all', shown(figures.seconds, 1)],
          ['seconds to stop', shown(figures.stopSeconds, 1), '≤ 10'],
          ['promises broken', shown(broken.length), '0'],
        ]),
      );
      for (const sentence of broken) process.stdout.write(`${sentence}\n`);
      if (broken.length > 0) process.exitCode = 1;
    }),
  );
} finally {
  rmSync(folder, { recursive: true, force: true });
}
