import type { Run } from './side-by-side.js';

/** The figures of several runs of one contender. */
export interface Summary {
  /** Seconds from start to exit. */
  median: number;
  least: number;
  most: number;
  /** The largest of all runs, in MB; missing where it is unknown. */
  peakMegabytes?: number;
  /** The median, in seconds; missing where it is unknown. */
  cpuSeconds?: number;
  /** The most of all runs; missing without a replica. */
  requests?: number;
}

/** Summarises runs; undefined without runs. */
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

/** The middle value, or halfway between the two middle ones. */
function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const upper = sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
  const lower = sorted[Math.ceil(sorted.length / 2) - 1] ?? Number.NaN;
  return (lower + upper) / 2;
}
