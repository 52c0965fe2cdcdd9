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

/** Milliseconds after which a run is given up: several times what the slowest takes. */
const longestRun = 900_000;

/** What one run took. */
export interface Run extends ProcessFigures {
  /** Requests that the replica saw; absent where there was none. */
  requests?: number;
}

/** What all runs of one contender took. */
export interface ContenderRuns {
  contender: ContenderName;
  /** In the order of the rounds; without the one that warms up. */
  runs: Run[];
  /** Why it was left out of further rounds, if it was. */
  failure?: string;
}

/** How a case is to be measured. */
export interface Order {
  /** Who runs, in the order of their turns. */
  names: readonly ContenderName[];
  /** Rounds that count. */
  rounds: number;
  /** Ends the measurement, and the process under way. */
  stop: AbortSignal;
  /** Is told of every run; round 0 is the one that warms up. */
  onRun(contender: ContenderName, round: number, result: Run | Error): void;
}

/** What contenders work on: the replica, or nothing where the job needs none. */
interface Course {
  benchCase: BenchCase;
  folder: string;
  /** Settings that say where the album is. */
  env: Readonly<Record<string, string>>;
  replica?: SeparateReplica;
}

/**
 * Measures a case: in each round every contender runs once as a process of its own, one after the
 * other, into an empty folder (or its own of before, if it is to save again); what it saved is
 * counted. A round that does not count goes before. Who fails is left out from then on.
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
  // Else a program that puts its photos on the disk would wait for what others have left in memory.
  if (process.platform !== 'win32') execFileSync('sync');
  // What a failed run before has asked for is not counted as this one's.
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
