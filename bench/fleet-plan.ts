// What a fleet needs: a measured run, and a simulation that it calibrates:
// npm run fleet:plan -- [--albums 10000] [--photos 1374] [--latency 80] [--hosts 1]
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { Redis } from 'ioredis';
import { addAlbums } from '../src/fleet/add-albums.js';
import { FleetQueues } from '../src/fleet/fleet-queues.js';
import { durationInWords } from '../src/text/in-words.js';
import { startRedis } from '../test/helpers/redis-server.js';
import { type MeasuredAlbum, measureAlbum } from './fleet-plan/measured-album.js';
import { simulate } from './fleet-plan/simulate.js';
import { shown, table } from './table.js';

const { values } = parseArgs({
  options: {
    albums: { type: 'string', default: '10000' },
    photos: { type: 'string', default: '1374' },
    latency: { type: 'string', default: '80' },
    hosts: { type: 'string', default: '1' },
  },
});
const albums = Number(values.albums);
const photos = Number(values.photos);
const hosts = Number(values.hosts);
const folder = mkdtempSync(join(tmpdir(), 'photo-escape-plan-'));

/** Bytes of Redis's memory that an album takes while it waits. */
async function redisBytesAlbum(): Promise<number> {
  const server = await startRedis(folder);
  const redis = new Redis(server.url);
  const queues = new FleetQueues(redis);
  const used = async () => Number(/used_memory:(\d+)/.exec(await redis.info('memory'))?.[1]);
  try {
    const before = await used();
    const list = Array.from({ length: 10_000 }, (_, index) => ({
      line: index,
      mostAtOnce: undefined,
      album: {
        ...{ id: `group-${index}`, profile: 'kodak-pulse', username: `group-${index}@example.com` },
        url: 'https://portal.example/albums',
      },
    }));
    await addAlbums(queues, 'albums.csv', list, undefined);
    return ((await used()) - before) / list.length;
  } finally {
    await queues.close();
    redis.disconnect();
    await server.stop();
  }
}

function measuredTable(measured: MeasuredAlbum, redisBytes: number): string {
  return table([
    ['measured on this machine', ''],
    [`  an album of ${measured.photos} photos, s`, shown(measured.seconds)],
    ['  of these before the first original, s', shown(measured.startSeconds)],
    ['  each further photo, ms', shown(measured.secondsPhoto * 1000)],
    ['  requests to the store for each photo', shown(measured.requestsPhoto)],
    ['  state in a snapshot for each photo, bytes', shown(measured.snapshotBytesPhoto, 0)],
    ['  Redis for each album that waits, bytes', shown(redisBytes, 0)],
  ]);
}

try {
  process.stderr.write('Measuring an album and the queue …\n');
  const measured = await measureAlbum(folder, Number(values.latency));
  const redisBytes = await redisBytesAlbum();
  process.stdout.write(`${measuredTable(measured, redisBytes)}\n`);
  const plans = [1, 2, 4, 8, 16].map((perHost) =>
    simulate({ albums, photos, hosts, perHost }, measured),
  );
  process.stdout.write(
    table([
      [
        `${shown(albums)} albums of ${shown(photos)} photos, hosts: ${shown(hosts)}`,
        ...['time', 'machines', 'photos/s', 'snapshots', 'their GB', 'requests to the store'],
      ],
      ...plans.map((plan) => [
        `  ${plan.perHost} albums of a host at once`,
        durationInWords(plan.seconds),
        shown(plan.machines),
        shown(plan.photosPerSecond, 1),
        shown(plan.snapshots),
        shown(plan.snapshotBytes / 1e9, 1),
        shown(plan.requests, 0),
      ]),
    ]),
  );
  process.stdout.write(
    `\nRedis: ${shown((redisBytes * albums) / 1e6, 1)} MB for all albums. Originals: as many bytes as the albums have, once.\n`,
  );
} finally {
  rmSync(folder, { recursive: true, force: true });
}
