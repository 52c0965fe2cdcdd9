import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'dotenv';
import type { AlbumSize, BenchCase } from './cases.js';
import type { Contender } from './contenders/contender.js';
import { type ContenderName, contenders } from './contenders/contenders.js';
import { emptyFiles } from './empty-files.js';
import { withSeparateRelay } from './line/separate-relay.js';
import { checkSavedOriginals } from './saved-originals.js';
import { type SeparateReplica, withSeparateReplica } from './separate-replica.js';
import { type ProcessFigures, timedProcess } from './timed-process.js';

/** Milliseconds after which a run is killed: several times what the slowest needs. */
const longestRun = 900_000;
/** Bytes that are read of a new replica, and originals at the most. */
const warmUpBytes = 20_000_000;
const mostWarmUpOriginals = 100;

/** The cost of one run. */
export interface Run extends ProcessFigures {
  /** Requests that the replica counted; missing without a replica. */
  requests?: number;
}

/** All runs of one contender. */
export interface ContenderRuns {
  contender: ContenderName;
  /** In the order of the rounds, without the warm-up. */
  runs: Run[];
  /** Why it was left out of further rounds, if it failed. */
  failure?: string;
}

/** How to measure a case. */
export interface Order {
  /** A folder of this measurement, which is deleted after all of its cases. */
  folder: string;
  /** The contenders, in the order in which they run. */
  names: readonly ContenderName[];
  /** Measured rounds of a contender. */
  rounds(contender: ContenderName): number;
  /** A small case of the same kind, which every contender does once before its measured runs. */
  warmUp: BenchCase;
  /** The folder of the version before, where it takes part. */
  before: string | undefined;
  /** Ends the measurement and kills the running process. */
  stop: AbortSignal;
  /** Called after every run; round 0 is the warm-up. */
  onRun(contender: ContenderName, round: number, result: Run | Error): void;
}

/** The replica that contenders work on, or nothing where the job needs none. */
interface Course {
  benchCase: BenchCase;
  folder: string;
  /** Settings with the album's address and account. */
  env: Readonly<Record<string, string>>;
  replica?: SeparateReplica;
  before: string | undefined;
}

/**
 * Measures a case. In each round every contender runs once, one after the other, each as a process
 * of its own; every second round goes in reverse order. It saves into a new folder (or, to save again,
 * into its folder of the round before), and its files are counted. Before the first round each
 * saves a small album, or, to save again, the album. A contender that fails is left out of further
 * rounds.
 *
 * @throws the reason of `stop`
 */
export async function sideBySide(benchCase: BenchCase, order: Order): Promise<ContenderRuns[]> {
  const results = order.names.map((contender): ContenderRuns => ({ contender, runs: [] }));
  const isFilledFirst = benchCase.job === 'save again';
  if (!isFilledFirst) {
    await withCourse(order.warmUp, 'warm-up', order, (course) =>
      runRound(0, results, course, order),
    );
  }
  const mostRounds = Math.max(...order.names.map(order.rounds));
  await withCourse(benchCase, 'measured', order, async (course) => {
    for (let round = isFilledFirst ? 0 : 1; round <= mostRounds; round++) {
      await runRound(round, results, course, order);
    }
  });
  return results;
}

/** Starts what a case is measured on. */
function withCourse(
  benchCase: BenchCase,
  name: string,
  { names, before, ...order }: Order,
  work: (course: Course) => Promise<void>,
): Promise<void> {
  const folder = join(order.folder, name);
  mkdirSync(folder, { recursive: true });
  const { album } = benchCase;
  if (album === undefined) return work({ benchCase, folder, env: {}, before });
  return withAlbum(album, async (replica) => {
    const addresses = await replica.addresses();
    for (const contender of names) {
      const { list }: Contender = contenders[contender];
      if (list !== undefined) writeFileSync(listFile(folder, contender), list(addresses));
    }
    await readSome(addresses, album);
    return work({ benchCase, folder, env: parse(replica.envLines), replica, before });
  });
}

/** Starts a replica of an album, over a line where it has one. */
function withAlbum<Result>(
  { photos, photoBytes, latency, line }: AlbumSize,
  work: (replica: SeparateReplica) => Promise<Result>,
): Promise<Result> {
  const options = { photos, photoBytes, latency };
  if (line === undefined) return withSeparateReplica(options, work);
  return withSeparateRelay(line, ({ port: publicPort, forwardTo }) =>
    withSeparateReplica({ ...options, publicPort }, async (replica) => {
      await forwardTo(replica.port);
      return work(replica);
    }),
  );
}

/** Reads some originals, so that the first contender does not find a slower replica than the others. */
async function readSome(addresses: readonly string[], { photoBytes }: AlbumSize): Promise<void> {
  const enough = Math.ceil(warmUpBytes / photoBytes);
  for (const address of addresses.slice(0, Math.min(enough, mostWarmUpOriginals))) {
    await (await fetch(address)).arrayBuffer();
  }
}

async function runRound(
  round: number,
  results: readonly ContenderRuns[],
  course: Course,
  { rounds, stop, onRun }: Order,
): Promise<void> {
  // Whatever changes while a case is measured then meets all contenders alike.
  const inTurn = round % 2 === 1 ? results : results.toReversed();
  for (const result of inTurn) {
    if (result.failure !== undefined || round > rounds(result.contender)) continue;
    try {
      const run = await runOnce(result.contender, round, course, stop);
      if (round > 0) result.runs.push(run);
      onRun(result.contender, round, run);
    } catch (error) {
      stop.throwIfAborted();
      if (!(error instanceof Error)) throw error;
      result.failure = error.message;
      onRun(result.contender, round, error);
    }
  }
}

async function runOnce(
  name: ContenderName,
  round: number,
  { benchCase: { job, album }, folder, env, replica, before }: Course,
  stop: AbortSignal,
): Promise<Run> {
  const contender: Contender = contenders[name];
  const own = join(folder, job === 'save again' ? name : `${name}-${round}`);
  mkdirSync(own, { recursive: true });
  // Otherwise a program that syncs its photos would wait for data that others left in memory.
  if (process.platform !== 'win32') execFileSync('sync');
  // Requests of a failed run before it are not counted for this run.
  await replica?.figures();
  const command = contender.command({
    job,
    folder: own,
    listFile: listFile(folder, name),
    atOnce: album?.atOnce ?? 1,
    ...(before !== undefined && { before }),
  });
  const figures = await timedProcess(command, {
    cwd: own,
    env: { ...env, PATH: process.env.PATH ?? '', HOME: own, LANG: 'C.UTF-8' },
    logFile: join(folder, `${name}.log`),
    signal: AbortSignal.any([stop, AbortSignal.timeout(longestRun)]),
  });
  if (album === undefined) return figures;
  checkSavedOriginals(own, album);
  if (job !== 'save again') emptyFiles(own);
  const seen = await replica?.figures();
  return seen === undefined ? figures : { ...figures, requests: seen.requests };
}

function listFile(folder: string, name: ContenderName): string {
  return join(folder, `${name}.list`);
}
