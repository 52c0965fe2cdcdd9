import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { createServer } from 'node:net';
import { Redis } from 'ioredis';
import { withTemporaryFolder } from './temporary-folder.js';

/** Debian's, or another that REDIS_SERVER names. */
const program = process.env.REDIS_SERVER ?? '/usr/bin/redis-server';

/** Whether tests of a fleet's queue are run: where Redis is installed, and in CI, where they fail without. */
export const redisIsWanted = existsSync(program) || process.env.CI === 'true';

/** A Redis of one test's own, on a free port, with an append-only file in a folder of its own. */
export interface RedisServer {
  url: string;
  port: number;
  /** Its process, for signals. */
  readonly process: ChildProcess;
  stop(): Promise<void>;
  /** Starts it again on the same port, with what its file has. */
  start(): Promise<void>;
}

/**
 * Starts a Redis.
 *
 * @param folder where it keeps its file
 * @param options further ones, as in redis.conf, in words of a command line
 */
export async function startRedis(
  folder: string,
  options: readonly string[] = [],
): Promise<RedisServer> {
  const port = await freePort();
  let child: ChildProcess;
  const start = async () => {
    const standard = ['--port', String(port), '--bind', '127.0.0.1', '--dir', folder, '--save', ''];
    child = spawn(program, [...standard, '--appendonly', 'yes', ...options], { stdio: 'ignore' });
    await once(child, 'spawn');
    await answering(port);
  };
  await start();
  return {
    url: `redis://127.0.0.1:${port}`,
    port,
    get process() {
      return child;
    },
    start,
    async stop() {
      if (child.exitCode !== null || child.signalCode !== null) return;
      const exited = once(child, 'exit');
      child.kill('SIGTERM');
      await exited;
    },
  };
}

/** Runs the work with a Redis of its own. */
export function withRedis<Result>(
  work: (redis: RedisServer) => Promise<Result>,
  options: readonly string[] = [],
): Promise<Result> {
  return withTemporaryFolder(async (folder) => {
    const server = await startRedis(folder, options);
    try {
      return await work(server);
    } finally {
      await server.stop();
    }
  });
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as { port: number };
  server.close();
  await once(server, 'close');
  return port;
}

/** Waits until it answers, with an error or not: one with a password does with an error. */
async function answering(port: number): Promise<void> {
  const client = new Redis(port, '127.0.0.1', {
    maxRetriesPerRequest: null,
    enableReadyCheck: false,
    retryStrategy: () => 20,
  });
  client.on('error', () => undefined);
  try {
    for (;;) {
      const answer = await client.ping().catch((error: Error) => error.message);
      if (!answer.startsWith('LOADING')) return;
    }
  } finally {
    client.disconnect();
  }
}
