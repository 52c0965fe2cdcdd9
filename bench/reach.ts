import { type CaseName, latencyFloor } from './cases.js';
import type { ContenderName } from './contenders/contenders.js';
import { type CaseReport, summaryOf } from './report.js';
import type { Summary } from './summary.js';
import { shown, table } from './table.js';

/** Finds a contender's summary in a case; photo-escape's by default. */
type Find = (name: CaseName, contender?: ContenderName) => Summary | undefined;

/** A limit for photo-escape. */
interface Limit {
  what: string;
  most: number;
  /** The measured value; NaN where it was not measured. */
  value(find: Find): number;
}

const timesIts =
  (name: CaseName, contender: ContenderName) =>
  (find: Find): number =>
    seconds(find(name)) / seconds(find(name, contender));

function seconds(summary: Summary | undefined): number {
  return summary?.median ?? Number.NaN;
}

function peak(summary: Summary | undefined): number {
  return summary?.peakMegabytes ?? Number.NaN;
}

function limits(cases: readonly CaseReport[]): Limit[] {
  const album = cases.find(({ name }) => name === 'latency')?.album;
  const latencyAlone = album === undefined ? Number.NaN : latencyFloor(album);
  return [
    { what: "photos: time ÷ Scrapy's", most: 0.4, value: timesIts('photos', 'scrapy') },
    { what: "photos: time ÷ gallery-dl's", most: 0.55, value: timesIts('photos', 'gallery-dl') },
    { what: "photos: time ÷ bare Node.js's", most: 1.5, value: timesIts('photos', 'floor') },
    { what: 'photos: peak memory, MB', most: 180, value: (find) => peak(find('photos')) },
    { what: "small: time ÷ Scrapy's", most: 0.45, value: timesIts('small', 'scrapy') },
    {
      what: 'latency: time ÷ latency alone',
      most: 1.1,
      value: (find) => seconds(find('latency')) / latencyAlone,
    },
    { what: 'large: peak memory, MB', most: 180, value: (find) => peak(find('large')) },
    {
      what: 'large: peak memory above that of photos, MB',
      most: 60,
      value: (find) => peak(find('large')) - peak(find('photos')),
    },
    { what: 'again: seconds', most: 1.5, value: (find) => seconds(find('again')) },
    { what: 'help: seconds', most: 0.15, value: (find) => seconds(find('help')) },
  ];
}

/** A table of the limits and the measured values; undefined if none of them was measured. */
export function reachTable(cases: readonly CaseReport[]): string | undefined {
  const find: Find = (name, contender = 'photo-escape') => {
    const report = cases.find((measured) => measured.name === name);
    return report && summaryOf(report, contender);
  };
  const rows = limits(cases).flatMap(({ what, most, value }) => {
    const measured = value(find);
    if (Number.isNaN(measured)) return [];
    return [[what, shown(measured), `≤ ${shown(most)}`, measured <= most ? '' : 'missed']];
  });
  return rows.length === 0 ? undefined : table([['photo-escape', 'measured', 'wanted'], ...rows]);
}
