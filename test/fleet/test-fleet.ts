import { Redis } from 'ioredis';
import { addAlbums } from '../../src/fleet/add-albums.js';
import type { RunTools } from '../../src/fleet/album-run.js';
import { FleetQueues } from '../../src/fleet/fleet-queues.js';
import { fleetStatus } from '../../src/fleet/fleet-status.js';
import { FleetWorker, type WorkerOptions } from '../../src/fleet/fleet-worker.js';
import { closeConnection, patientConnection } from '../../src/fleet/redis-connection.js';
import type { AlbumEnd, AlbumJob } from '../../src/fleet/work-album.js';
import { type RedisServer, withRedis } from '../helpers/redis-server.js';

/** Milliseconds that locks last in these tests. */
export const lockDuration = 1000;

/** How a stand-in for the crawl ends an album. */
export function endOf(ending: AlbumEnd['ending'], change: Partial<AlbumEnd> = {}): AlbumEnd {
  const counts = { listed: 2, saved: ending === 'complete' ? 2 : 1, failed: 0 };
  return {
    ending,
    counts,
    doubts: [],
    failures: [],
    cause: undefined,
    pause: undefined,
    ...change,
  };
}

/** A worker with a stand-in for the crawl, and what it says. */
interface TestWorker {
  worker: FleetWorker;
  lines: string[];
  /** Resolves when it has ended. */
  ended: Promise<void>;
}

/** A fleet with a Redis of its own. */
export interface TestFleet {
  server: RedisServer;
  redis: Redis;
  queues: FleetQueues;
  add(albums: readonly AlbumJob[], perHost?: number): ReturnType<typeof addAlbums>;
  /** Starts a worker; it is stopped at the end of the test. */
  work(
    workAlbum: RunTools['workAlbum'],
    options?: Partial<WorkerOptions & RunTools & { url: string }>,
  ): TestWorker;
  /** State and reason of each album. */
  states(): Promise<Record<string, [state: string, reason: string | null]>>;
}

/** Albums of one host, with these ids. */
export function albums(ids: readonly string[], host = 'site.example'): AlbumJob[] {
  return ids.map((id) => ({
    ...{ id, profile: 'kodak-pulse', username: `${id}@example.com` },
    url: `https://${host}/`,
  }));
}

/** Runs the work with a fleet. */
export function withFleet(work: (fleet: TestFleet) => Promise<void>): Promise<void> {
  return withRedis(async (server) => {
    const redis = new Redis(server.url, patientConnection);
    redis.on('error', () => undefined);
    const queues = new FleetQueues(redis);
    const open: { worker: FleetWorker; ended: Promise<void>; connection: Redis }[] = [];
    try {
      await work({
        ...{ server, redis, queues },
        add: (list, perHost) =>
          addAlbums(
            queues,
            'albums.csv',
            list.map((album, index) => ({ line: index + 2, album, mostAtOnce: undefined })),
            perHost,
          ),
        work(workAlbum, { url = server.url, ...options } = {}) {
          const connection = new Redis(url, patientConnection);
          connection.on('error', () => undefined);
          const lines: string[] = [];
          const tools = {
            ...{ redis: connection, lockDuration, workAlbum },
            passwordOf: () => 'a-word',
            log: (line: string) => lines.push(line),
            ...options,
          };
          const standard = { name: `worker-${open.length}`, albums: 2, untilEmpty: false };
          const worker = new FleetWorker(tools, { ...standard, ...options });
          const ended = worker.run();
          ended.catch(() => undefined);
          open.push({ worker, ended, connection });
          return { worker, lines, ended };
        },
        async states() {
          const { status } = await fleetStatus(queues);
          return Object.fromEntries(
            status.albums.map(({ id, state, reason }) => [id, [state, reason]]),
          );
        },
      });
    } finally {
      for (const { worker, ended, connection } of open) {
        worker.stop('the test is over');
        await ended.catch(() => undefined);
        await worker.close();
        await closeConnection(connection);
      }
      await queues.close();
      redis.disconnect();
    }
  });
}
