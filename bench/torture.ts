// Kills crawls at random moments and shows what is left:
// npm run torture -- [--kills N] [--seed S] [--moving-host]
import { parseArgs } from 'node:util';
import { torture } from '../test/helpers/torture.js';
import { shown, table } from './table.js';

const { values } = parseArgs({
  options: {
    kills: { type: 'string', default: '100' },
    seed: { type: 'string' },
    'moving-host': { type: 'boolean', default: false },
  },
});
const kills = Number(values.kills);
const seed = Number(values.seed ?? Date.now() % 1_000_000);
if (!Number.isInteger(kills) || kills < 1 || !Number.isInteger(seed)) {
  throw new RangeError('--kills has to be a whole number of at least 1, --seed a whole number.');
}

const begun = performance.now();
process.stdout.write(`seed ${seed}\n`);
const report = await torture({ kills, seed, movingHost: values['moving-host'] }, (done) => {
  if (done % 10 === 0) process.stderr.write(`${done} kills\n`);
});
const restarts = report.restarts.toSorted((a, b) => a - b);
const seconds = (milliseconds: number | undefined) => shown((milliseconds ?? Number.NaN) / 1000);

process.stdout.write(
  table([
    ['kills', shown(kills), 'wanted'],
    ...Object.entries(report.kills).map(([part, count]) => [`  while ${part}`, shown(count)]),
    ['runs that ended before their kill', shown(report.unharmed)],
    ['photos, each saved once and byte-exact', shown(report.photos)],
    [
      'originals asked for again',
      shown(report.askedAgain),
      `≤ ${shown(report.mayAskAgain)} (kills × concurrency)`,
    ],
    ['  most in one run', shown(report.mostAskedAgain)],
    [
      'originals asked for on hosts that the images had left',
      shown(report.askedOfFormerHosts),
      '0',
    ],
    ['start to first original, s: median', seconds(restarts[Math.floor(restarts.length / 2)])],
    ['  longest', seconds(restarts.at(-1)), '≤ 2'],
    ['  runs that came so far', shown(restarts.length)],
    ['promises broken', shown(report.broken.length), '0'],
    ['minutes in all', shown((performance.now() - begun) / 60_000, 1)],
  ]),
);
for (const sentence of report.broken) process.stdout.write(`${sentence}\n`);
if (report.broken.length > 0) process.exitCode = 1;
