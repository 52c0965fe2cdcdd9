import { hostname } from 'node:os';
import type { OptionValues } from 'commander';
import { Redis } from 'ioredis';
import { type Ending, UsageError } from '../errors.js';
import { FleetWorker } from '../fleet/fleet-worker.js';
import { closeConnection, connectToRedis, patientConnection } from '../fleet/redis-connection.js';
import { readSecrets } from '../fleet/secrets-file.js';
import type { ObjectStore } from '../fleet/store/object-store.js';
import { checkStore, openStore } from '../fleet/store/open-store.js';
import { workAlbum } from '../fleet/work-album.js';
import { readProxySettings } from '../settings/proxy-settings.js';
import { missing, resolveSettings } from '../settings/settings.js';
import { fleetStorage, settingsOf } from '../settings/settings-table.js';
import type { CommandCall } from './command-call.js';
import { say, type Terminal } from './terminal.js';

/** Milliseconds for which a store that fails is asked again before the work begins. */
const patienceAtStart = 5000;

/**
 * Takes albums from the queue and saves them, until it is stopped.
 *
 * @throws UsageError, UnreachableError: what is missing or wrong, before an album is taken; DiskError
 *   and others when this machine can work on no album any more
 */
export async function workForFleet(
  call: CommandCall,
  { untilEmpty, lock }: OptionValues,
): Promise<Ending> {
  const { terminal, control } = call;
  const { settings, location, secretsFile, proxies } = workSettings(call);
  const { store: _, storage = fleetStorage, redis: url, albums, timeout, ...how } = settings;
  const options = { ...how, proxies, timing: { idleTimeout: timeout * 1000 } };
  const passwordOf = (id: string) =>
    secretsFile === undefined ? undefined : readSecrets(secretsFile).get(id);

  const store = await usableStore(location);
  // The checks have a connection of their own: a worker's would wait for a server that is away.
  (await connectToRedis(url)).redis.disconnect();
  const redis = new Redis(url, patientConnection);
  sayWhenAway(redis, terminal);
  const name = `${hostname()}:${process.pid}`;
  const worker = new FleetWorker(
    {
      redis,
      lockDuration: lock * 1000,
      workAlbum: (job, password, attempt) =>
        workAlbum(job, password, store, storage, attempt, options),
      passwordOf,
      log: (line) => say(terminal, line),
    },
    { name, albums, untilEmpty: untilEmpty === true },
  );
  control.onStop(() => worker.stop('this worker is being stopped'));
  try {
    say(terminal, `Worker ${name}: up to ${albums} albums at once, saved to ${store.name}`);
    await worker.run();
    return control.cause?.ending ?? 'complete';
  } finally {
    await worker.close();
    await closeConnection(redis);
    store.close();
  }
}

/** @throws UsageError naming all that is missing or wrong */
function workSettings({ sources }: CommandCall) {
  const { settings, problems } = resolveSettings(sources, settingsOf.fleetWork);
  const { store, secrets } = settings;
  if (store === undefined && problems.length === 0) problems.push(missing('store'));
  if (secrets !== undefined) problems.push(...problemsOfSecrets(secrets));
  const proxies = readProxySettings(sources.environment, problems);
  if (problems.length > 0 || store === undefined) throw new UsageError(problems);
  return { settings, location: store, secretsFile: secrets, proxies };
}

function problemsOfSecrets(file: string): readonly string[] {
  try {
    readSecrets(file);
    return [];
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    return error.problems;
  }
}

/** @throws EscapeError where the store cannot be used */
async function usableStore(location: string): Promise<ObjectStore> {
  const impatient = await openStore(location, patienceAtStart);
  try {
    await checkStore(impatient);
  } finally {
    impatient.close();
  }
  return openStore(location);
}

/** Says once that Redis is away, and once that it is back. */
function sayWhenAway(redis: Redis, terminal: Terminal): void {
  let isAway = false;
  redis.on('error', (error) => {
    if (!isAway) say(terminal, `Redis is away (${error.message}); waiting for it to come back.`);
    isAway = true;
  });
  redis.on('ready', () => {
    if (isAway) say(terminal, 'Redis is back.');
    isAway = false;
  });
}
