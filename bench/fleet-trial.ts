// Lets a fleet work while its workers are killed and stopped, Redis is restarted, and the store fails:
// npm run test:fleet -- [--seed S] [--albums N] [--photos N] [--workers N]
// npm run test:fleet -- --throughput: how long one, two and four workers take, with nothing in their way
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { createBucket, withEnvironment } from '../test/fleet/store/swift-store.js';
import { fleetEnds } from '../test/helpers/fleet/fleet-ends.js';
import type { TrialReport } from '../test/helpers/fleet/fleet-promises.js';
import { concurrency, fleetTrial } from '../test/helpers/fleet/fleet-trial.js';
import { withSwift } from '../test/helpers/swift.js';
import { shown, table } from './table.js';

const { values } = parseArgs({
  options: {
    seed: { type: 'string' },
    albums: { type: 'string', default: '30' },
    photos: { type: 'string', default: '60' },
    workers: { type: 'string', default: '4' },
    throughput: { type: 'boolean', default: false },
  },
});
const [albums, photos, workers] = [values.albums, values.photos, values.workers].map(Number) as [
  number,
  number,
  number,
];
const seed = Number(values.seed ?? Date.now() % 1_000_000);

/** What happens while the fleet works, and how often. */
const events = { kill: 10, stop: 4, term: 2, redis: 1, store: 2, cut: 2 } as const;

function withFolder<Result>(work: (folder: string) => Promise<Result>): Promise<Result> {
  const folder = mkdtempSync(join(tmpdir(), 'photo-escape-fleet-'));
  return work(folder).finally(() => rmSync(folder, { recursive: true, force: true }));
}

/** Lets a fleet with a store in Swift work while all that can fail does. */
function trial(folder: string): Promise<TrialReport> {
  let report: Promise<TrialReport> | undefined;
  return withSwift((swift) =>
    withEnvironment(swift.environment, async () => {
      await createBucket('albums');
      report = fleetTrial({
        ...{ seed, folder, albums, photos, workers },
        ...{ perHost: 4, lock: 8, latency: 60, events },
        store: 's3://albums/fleet',
        environment: swift.environment,
        async interruptStore(milliseconds) {
          await swift.kill('object');
          await delay(milliseconds);
          await swift.start('object');
        },
        tell: (line) => process.stderr.write(`${line}\n`),
      });
      await report;
    }),
  ).then(() => report as Promise<TrialReport>);
}

function reportInWords({ lost, broken, ...figures }: TrialReport): string {
  const by = (event: string) => shown(lost.filter((attempt) => attempt.by === event).length);
  return table([
    ['workers killed (SIGKILL)', shown(events.kill), `${by('kill')} albums lost`],
    ['workers stopped beyond the lock', shown(events.stop), `${by('stop')} albums lost`],
    ['connections to Redis cut in silence', shown(events.cut), `${by('cut')} albums lost`],
    ['workers told to end (SIGTERM)', shown(events.term)],
    ['restarts of Redis', shown(events.redis)],
    ['outages of the store', shown(events.store)],
    ['albums lost by their workers', shown(lost.length), 'each lost attempt counts as a kill'],
    ['attempts at albums beyond one each', shown(figures.furtherAttempts)],
    [
      'originals asked for again',
      shown(figures.askedAgain),
      `≤ ${shown(figures.mayAskAgain)} (kills × ${concurrency} downloads at once; also held album by album)`,
    ],
    ['albums of the host at once', shown(figures.mostAtOnce), '≤ 4'],
    ['albums left to another worker', shown(figures.left)],
    ['outcomes refused, the lock being lost', shown(figures.refused)],
    ['seconds in all', shown(figures.seconds, 1)],
    ['seconds from SIGTERM to the end, at most', shown(figures.stopSeconds, 1), '≤ 10'],
    ['promises broken', shown(broken.length), '0'],
  ]);
}

/** How long so many workers take, with two albums each at once and a store in a folder. */
async function throughput(count: number): Promise<string[]> {
  const { seconds, broken } = await withFolder((folder) =>
    fleetTrial({
      ...{ seed, folder, albums, photos, workers: count },
      ...{ perHost: 2 * count, lock: 30, latency: 80, events: {} },
      ...{ store: join(folder, 'store'), environment: {}, tell: () => undefined },
    }),
  );
  if (broken.length > 0) throw new Error(broken.join('\n'));
  return [`${count}`, shown(seconds, 1), shown((albums * photos) / seconds, 1)];
}

if (values.throughput) {
  const rows = [['workers', 'seconds', 'photos/s']];
  for (const count of [1, 2, 4]) rows.push(await throughput(count));
  process.stdout.write(table(rows));
} else {
  process.stdout.write(`seed ${seed}\n`);
  const report = await withFolder(trial);
  process.stdout.write(reportInWords(report));
  for (const sentence of report.broken) process.stdout.write(`${sentence}\n`);
  const ends = await withFolder(fleetEnds);
  process.stdout.write('\nalbums that cannot be saved\n');
  for (const { id, state, attempts, reason } of ends.albums) {
    process.stdout.write(`${id}: ${state} (attempts: ${attempts}): ${reason ?? 'all saved'}\n`);
  }
  for (const sentence of ends.broken) process.stdout.write(`${sentence}\n`);
  if (report.broken.length + ends.broken.length > 0) process.exitCode = 1;
}
