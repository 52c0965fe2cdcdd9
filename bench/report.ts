import type { AlbumSize, CaseName, Job } from './cases.js';
import type { ContenderName } from './contenders/contenders.js';
import type { Machine } from './machine.js';
import type { Presence } from './presence.js';
import type { ContenderRuns } from './side-by-side.js';
import { type Summary, summary } from './summary.js';

/** One contender's part in a case. */
export interface Standing extends ContenderRuns {
  /** Absent if no run counted. */
  summary?: Summary;
}

/** A case, measured. */
export interface CaseReport {
  name: CaseName;
  /** The case in a few words. */
  title: string;
  job: Job;
  album?: AlbumSize;
  standings: Standing[];
}

/** All that a measurement found, as it is written to a file. */
export interface BenchReport extends Presence {
  /** When it ended, ISO 8601. */
  at: string;
  machine: Machine;
  /** Whether the albums were so small that the figures mean nothing. */
  quick: boolean;
  rounds: number;
  cases: CaseReport[];
}

/** Adds to each contender's runs what they come to. */
export function standings(results: readonly ContenderRuns[]): Standing[] {
  return results.map((result) => {
    const sum = summary(result.runs);
    return sum === undefined ? result : { ...result, summary: sum };
  });
}

/** A contender's summary in a case; undefined if it has none. */
export function summaryOf(
  { standings }: CaseReport,
  contender: ContenderName,
): Summary | undefined {
  return standings.find((standing) => standing.contender === contender)?.summary;
}

/** Who took part in any case, in the order of turns. */
export function participants({ present, cases }: BenchReport): ContenderName[] {
  const inCases = cases.flatMap((measured) => measured.standings.map(({ contender }) => contender));
  return present.filter((name) => inCases.includes(name));
}
