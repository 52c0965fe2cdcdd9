import type { AlbumSize, CaseName, Job } from './cases.js';
import type { ContenderName } from './contenders/contenders.js';
import type { LineCheck } from './line/line-check.js';
import type { Machine } from './machine.js';
import type { Presence } from './presence.js';
import type { ContenderRuns } from './side-by-side.js';
import { type Summary, summary } from './summary.js';

/** One contender's runs of a case. */
export interface Standing extends ContenderRuns {
  /** Missing if no run succeeded. */
  summary?: Summary;
}

/** A measured case. */
export interface CaseReport {
  name: CaseName;
  /** The case in a few words. */
  title: string;
  job: Job;
  album?: AlbumSize;
  standings: Standing[];
}

/** All figures of a benchmark, as written to a file. */
export interface BenchReport extends Presence {
  /** When the last case ended, ISO 8601. */
  at: string;
  machine: Machine;
  /** Whether the albums were tiny, so that the figures mean nothing. */
  quick: boolean;
  /** Measured rounds; a contender may have taken part in fewer. */
  rounds: number;
  /** The commit of the version before, if it took part. */
  before?: string;
  /** What the relay of the line was measured to do, if a case has one. */
  lineCheck?: LineCheck;
  cases: CaseReport[];
}

/** Adds its summary to each contender's runs. */
export function standings(results: readonly ContenderRuns[]): Standing[] {
  return results.map((result) => {
    const sum = summary(result.runs);
    return sum === undefined ? result : { ...result, summary: sum };
  });
}

/** A contender's summary in a case; undefined without one. */
export function summaryOf(
  { standings }: CaseReport,
  contender: ContenderName,
): Summary | undefined {
  return standings.find((standing) => standing.contender === contender)?.summary;
}

/** All contenders that took part in any case, in the order in which they run. */
export function participants({ present, cases }: BenchReport): ContenderName[] {
  const inCases = cases.flatMap((measured) => measured.standings.map(({ contender }) => contender));
  return present.filter((name) => inCases.includes(name));
}
