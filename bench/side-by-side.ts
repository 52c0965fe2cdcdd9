import { execFileSync } from 'node:child_process';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'dotenv';
import { withTemporaryFolder } from '../test/helpers/temporary-folder.js';
import type { BenchCase } from './cases.js';
import type { Contender } from './contenders/contender.js';
import { type ContenderName, contenders } from './contenders/contenders.js';
import { checkSavedOriginals } from './saved-originals.js';
import { type SeparateReplica, withSeparateReplica } from './separate-replica.js';
import { type ProcessFigures, timedProcess } from './timed-process.js';

/** Milliseconds after which a run is killed: several times what the slowest needs. */
const longestRun = 900_000;

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
  /** The contenders, in the order in which they run. */
  names: readonly ContenderName[];
  /** Measured rounds. */
  rounds: number;
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
}

/**
 * Measures a case. In each round every contender runs once, one after the other, each as a process
 * of its own. It saves into an empty folder (or, to save again, into its folder of the round
 * before), and its files are counted. A warm-up round goes first. A contender that fails is left
 * out of further rounds.
 *
 * @throws the reason of `stop`
 */
export function sideBySide(benchCase: BenchCase, order: Order): Promise<ContenderRuns[]> {
  return withTemporaryFolder((folder) => {
    const { album } = benchCase;
    if (album === undefined) return allRounds({ benchCase, folder, env: {} }, order);
    const { photos, photoBytes, latency } = album;
    return withSeparateReplica({ photos, photoBytes, latency }, async (replica) => {
      const addresses = await replica.addresses();
      for (const name of order.names) {
        const { list }: Contender = contenders[name];
        if (list !== undefined) writeFileSync(listFile(folder, name), list(addresses));
      }
      return allRounds({ benchCase, folder, env: parse(replica.envLines), replica }, order);
    });
  });
}

async function allRounds(
  course: Course,
  { names, rounds, stop, onRun }: Order,
): Promise<ContenderRuns[]> {
  const results = names.map((contender): ContenderRuns => ({ contender, runs: [] }));
  for (let round = 0; round <= rounds; round++) {
    for (const result of results.filter(({ failure }) => failure === undefined)) {
      try {
        const run = await runOnce(result.contender, course, stop);
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
  return results;
}

async function runOnce(
  name: ContenderName,
  { benchCase: { job, album }, folder, env, replica }: Course,
  stop: AbortSignal,
): Promise<Run> {
  const contender: Contender = contenders[name];
  const own = join(folder, name);
  if (job !== 'save again') rmSync(own, { recursive: true, force: true });
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
  });
  const figures = await timedProcess(command, {
    cwd: own,
    env: { ...env, PATH: process.env.PATH ?? '', HOME: own, LANG: 'C.UTF-8' },
    logFile: join(folder, `${name}.log`),
    signal: AbortSignal.any([stop, AbortSignal.timeout(longestRun)]),
  });
  if (album === undefined) return figures;
  checkSavedOriginals(own, album);
  if (job !== 'save again') rmSync(own, { recursive: true });
  const seen = await replica?.figures();
  return seen === undefined ? figures : { ...figures, requests: seen.requests };
}

function listFile(folder: string, name: ContenderName): string {
  return join(folder, `${name}.list`);
}
