import type { Run } from './side-by-side.js';

/** What several runs of one contender come to. */
export interface Summary {
  /** Seconds from start to exit. */
  median: number;
  least: number;
  most: number;
  /** The largest of all runs, in MB; absent where it cannot be told. */
  peakMegabytes?: number;
  /** The median; absent where it cannot be told. */
  cpuSeconds?: number;
  /** The most of all runs; absent where there is no replica. */
  requests?: number;
}

/** Sums runs up; undefined if there are none. */
export function summary(runs: readonly Run[]): Summary | undefined {
  if (runs.length === 0) return undefined;
  const seconds = runs.map((run) => run.seconds);
  const peaks = known(runs.map(({ peakMegabytes }) => peakMegabytes));
  const cpu = known(runs.map(({ cpuSeconds }) => cpuSeconds));
  const requests = known(runs.map((run) => run.requests));
  return {
    median: median(seconds),
    least: Math.min(...seconds),
    most: Math.max(...seconds),
    ...(peaks.length > 0 && { peakMegabytes: Math.max(...peaks) }),
    ...(cpu.length > 0 && { cpuSeconds: median(cpu) }),
    ...(requests.length > 0 && { requests: Math.max(...requests) }),
  };
}

function known(values: readonly (number | undefined)[]): number[] {
  return values.filter((value) => value !== undefined);
}

/** The value in the middle, or halfway between the two there. */
function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const upper = sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
  const lower = sorted[Math.ceil(sorted.length / 2) - 1] ?? Number.NaN;
  return (lower + upper) / 2;
}
