import { type CaseName, latencyFloor, lineFloor } from './cases.js';
import type { ContenderName } from './contenders/contenders.js';
import { type CaseReport, summaryOf } from './report.js';
import type { Summary } from './summary.js';
import { shown } from './table.js';

/** The version of photo-escape that is compared with a limit. */
type Version = Extract<ContenderName, 'photo-escape' | 'before'>;

/** Finds figures of a case; NaN where they were not measured. */
interface Measured {
  seconds(name: CaseName, contender: ContenderName): number;
  cpuSeconds(name: CaseName, contender: ContenderName): number;
  peakMegabytes(name: CaseName, contender: ContenderName): number;
  /** Seconds that the case takes by its latency or line alone. */
  floor(name: CaseName): number;
}

/** A limit for photo-escape. */
interface Limit {
  what: string;
  /** The most that is wanted, or the least. */
  most?: number;
  least?: number;
  /** The most that is wanted as a share of what the version before takes. */
  ofBefore?: number;
  value(measured: Measured, version: Version): number;
}

const timesIts =
  (figure: 'seconds' | 'cpuSeconds', name: CaseName, contender: ContenderName): Limit['value'] =>
  (measured, version) =>
    measured[figure](name, version) / measured[figure](name, contender);

const savingCases = ['line', 'photos', 'small', 'latency', 'large', 'again', 'one'] as const;

const limits: readonly Limit[] = [
  {
    what: 'line: share of what the line carries',
    least: 0.97,
    value: ({ seconds, floor }, version) => floor('line') / seconds('line', version),
  },
  { what: "photos: time ÷ Scrapy's", most: 0.45, value: timesIts('seconds', 'photos', 'scrapy') },
  {
    what: "photos: processor time ÷ Scrapy's",
    most: 0.8,
    value: timesIts('cpuSeconds', 'photos', 'scrapy'),
  },
  {
    what: "photos: time ÷ gallery-dl's",
    most: 0.9,
    value: timesIts('seconds', 'photos', 'gallery-dl'),
  },
  { what: "small: time ÷ Scrapy's", most: 0.4, value: timesIts('seconds', 'small', 'scrapy') },
  {
    what: 'latency: time ÷ latency alone',
    most: 1.2,
    value: ({ seconds, floor }, version) => seconds('latency', version) / floor('latency'),
  },
  { what: "large: time ÷ bare Node.js's", most: 1.4, value: timesIts('seconds', 'large', 'floor') },
  {
    what: 'again: processor time, s',
    ofBefore: 0.5,
    value: ({ cpuSeconds }, version) => cpuSeconds('again', version),
  },
  {
    what: 'one: processor time, s',
    most: 1.2,
    value: ({ cpuSeconds }, version) => cpuSeconds('one', version),
  },
  {
    what: 'peak memory of all cases, MB',
    most: 220,
    value: ({ peakMegabytes }, version) =>
      Math.max(
        ...savingCases
          .map((name) => peakMegabytes(name, version))
          .filter((peak) => !Number.isNaN(peak)),
      ),
  },
  {
    what: 'help: seconds',
    most: 0.15,
    value: ({ seconds }, version) => seconds('help', version),
  },
];

/**
 * The limits beside the measured values, as rows of a table with its head; undefined if none of them
 * was measured.
 */
export function reachRows(cases: readonly CaseReport[]): string[][] | undefined {
  const measured = figuresOf(cases);
  const rows = limits.flatMap((limit) => {
    const now = limit.value(measured, 'photo-escape');
    if (!Number.isFinite(now)) return [];
    const before = limit.value(measured, 'before');
    const wanted = wantedOf(limit, before);
    return [
      [
        limit.what,
        Number.isFinite(before) ? shown(before) : '',
        shown(now),
        wanted.text,
        wanted.holds(now) ? '' : 'missed',
      ],
    ];
  });
  return rows.length === 0 ? undefined : [['figure', 'before', 'now', 'wanted', ''], ...rows];
}

function wantedOf({ most, least, ofBefore }: Limit, before: number) {
  if (least !== undefined) {
    return { text: `≥ ${shown(least)}`, holds: (value: number) => value >= least };
  }
  const limit = most ?? (ofBefore ?? Number.NaN) * before;
  return Number.isFinite(limit)
    ? { text: `≤ ${shown(limit)}`, holds: (value: number) => value <= limit }
    : { text: `≤ ${shown(ofBefore ?? Number.NaN)} × before`, holds: () => true };
}

function figuresOf(cases: readonly CaseReport[]): Measured {
  const figure = (key: 'median' | 'cpuSeconds' | 'peakMegabytes') => {
    return (name: CaseName, contender: ContenderName): number => {
      const report = cases.find((measured) => measured.name === name);
      const summary: Partial<Summary> = (report && summaryOf(report, contender)) ?? {};
      return summary[key] ?? Number.NaN;
    };
  };
  return {
    seconds: figure('median'),
    cpuSeconds: figure('cpuSeconds'),
    peakMegabytes: figure('peakMegabytes'),
    floor(name) {
      const album = cases.find((measured) => measured.name === name)?.album;
      if (album === undefined) return Number.NaN;
      return lineFloor(album) ?? latencyFloor(album);
    },
  };
}
