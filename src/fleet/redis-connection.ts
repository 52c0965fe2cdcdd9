import { setTimeout as delay } from 'node:timers/promises';
import { Redis, type RedisOptions } from 'ioredis';
import { EscapeError, UnreachableError, UsageError } from '../errors.js';

/** The oldest Redis whose scripts and commands BullMQ's maintainers advise. */
const oldest = [6, 2] as const;
/** Milliseconds until a server that does not answer counts as absent. */
const connectTimeout = 5000;
/**
 * Milliseconds without an answer after which a connection counts as cut, and is made anew. A cut that
 * nobody reports would otherwise last as long as the system's TCP retries: a quarter of an hour.
 */
const socketTimeout = 5000;
/** Milliseconds until a server that is asked whether it is there counts as away. */
const answerTimeout = 500;

/** What a server says of itself that matters to a fleet. */
export interface RedisFacts {
  /** Whether it writes every change to an append-only file, and so forgets nothing when it is restarted. */
  keepsFile: boolean;
}

/**
 * Connects for a command that ends soon: a server that is away is an error, not something to wait for.
 *
 * @throws UnreachableError, UsageError: no server, a wrong password, a server that is too old or that
 *   throws keys away when its memory is full
 */
export async function connectToRedis(url: string): Promise<{ redis: Redis; facts: RedisFacts }> {
  const redis = new Redis(url, {
    lazyConnect: true,
    connectTimeout,
    socketTimeout,
    maxRetriesPerRequest: 1,
    retryStrategy: () => null,
  });
  let reason: unknown;
  // It is thrown with the connection's own error below; unheard, it would be printed.
  redis.on('error', (error) => {
    reason = error;
  });
  try {
    await redis.connect();
    return { redis, facts: await factsOf(redis, url) };
  } catch (error) {
    redis.disconnect();
    throw asEscapeError(error instanceof EscapeError ? error : (reason ?? error), url);
  }
}

/**
 * Options of a connection that outlives restarts of the server: it waits for its return. ioredis's own
 * pauses would grow to 20 s, more than the lock of an album lasts.
 */
export const patientConnection = {
  connectTimeout,
  socketTimeout,
  maxRetriesPerRequest: null,
  retryStrategy: (times) => Math.min(times * 200, 1000),
} as const satisfies RedisOptions;

/** Whether the server answers, within half a second. */
export async function answers(redis: Redis): Promise<boolean> {
  const isThere = redis.ping().then(
    () => true,
    () => false,
  );
  return Promise.race([isThere, delay(answerTimeout, false, { ref: false })]);
}

/** Closes a connection once what was sent is answered or, if Redis is away, after half a second. */
export async function closeConnection(redis: Redis): Promise<void> {
  await answers(redis);
  redis.disconnect();
}

async function factsOf(redis: Redis, url: string): Promise<RedisFacts> {
  const info = await redis.info();
  const fact = (name: string) => new RegExp(`^${name}:(.*?)\\r?$`, 'm').exec(info)?.[1] ?? '';
  const version = fact('redis_version');
  const [major = 0, minor = 0] = version.split('.').map(Number);
  const problems: string[] = [];
  if (major < oldest[0] || (major === oldest[0] && minor < oldest[1])) {
    problems.push(
      `Redis at ${shownUrl(url)} has the version ${version}; a fleet needs ${oldest.join('.')} or newer. Update it, or name another with FLEET_REDIS_URL or --redis`,
    );
  }
  const policy = fact('maxmemory_policy');
  if (policy !== '' && policy !== 'noeviction') {
    problems.push(
      `Redis at ${shownUrl(url)} throws keys away when its memory is full (maxmemory-policy ${policy}), and albums with them. Set it: redis-cli config set maxmemory-policy noeviction, and in redis.conf`,
    );
  }
  if (problems.length > 0) throw new UsageError(problems);
  return { keepsFile: fact('aof_enabled') === '1' };
}

function asEscapeError(error: unknown, url: string): unknown {
  if (error instanceof EscapeError) return error;
  const { message = '', code } = error as NodeJS.ErrnoException;
  if (/^(?:WRONGPASS|NOAUTH|NOPERM)\b/.test(message)) {
    return new UsageError([
      `Redis at ${shownUrl(url)} refuses the user or the password of FLEET_REDIS_URL (${message.split(' ')[0]}). It takes redis://USER:PASSWORD@HOST, or redis://:PASSWORD@HOST where there is one password for all`,
    ]);
  }
  return new UnreachableError(
    `There is no Redis at ${shownUrl(url)} (${code ?? message}). Start one (redis-server --appendonly yes), or name yours with FLEET_REDIS_URL or --redis.`,
    { cause: error },
  );
}

/** An address of a server without the user and password in it. */
function shownUrl(url: string): string {
  const { protocol, host, pathname } = new URL(url);
  return `${protocol}//${host}${pathname === '/' ? '' : pathname}`;
}
