import { latencyFloor } from './cases.js';
import { contenders } from './contenders/contenders.js';
import { type CaseReport, type Standing, summaryOf } from './report.js';
import type { Summary } from './summary.js';
import { shown, table } from './table.js';

const unknown = '–';

const columns: Readonly<Record<string, (own: Summary, ours: Summary | undefined) => string>> = {
  'median s': ({ median }) => seconds(median),
  'min–max': ({ least, most }) => `${seconds(least)}–${seconds(most)}`,
  'peak MB': ({ peakMegabytes }) => number(peakMegabytes, 0),
  'CPU s': ({ cpuSeconds }) => number(cpuSeconds, 2),
  requests: ({ requests }) => number(requests, 0),
  'its ÷ ours': ({ median }, ours) => number(ours && median / ours.median, 2),
  'ours ÷ its': ({ median }, ours) => number(ours && ours.median / median, 2),
};

/** A measured case as a table for a terminal, with its notes below. */
export function caseTable(report: CaseReport): string {
  const ours = summaryOf(report, 'photo-escape');
  const rows = report.standings.map(({ contender, summary }) => [
    contenders[contender].title,
    ...Object.values(columns).map((cell) => (summary ? cell(summary, ours) : unknown)),
  ]);
  const notes = [...latencyNote(report, ours), ...report.standings.flatMap(failureNote)];
  const lines = notes.map((note) => `${note}\n`).join('');
  return `${table([[report.title, ...Object.keys(columns)], ...rows])}${lines}`;
}

/** Seconds in words, with milliseconds where there are few seconds. */
export function seconds(value: number): string {
  return shown(value, value < 1 ? 3 : 2);
}

function number(value: number | undefined, decimals: number): string {
  return value === undefined ? unknown : shown(value, decimals);
}

function latencyNote({ album }: CaseReport, ours: Summary | undefined): string[] {
  if (album === undefined || album.latency === 0) return [];
  const { photos, atOnce, latency } = album;
  const alone = latencyFloor(album);
  const sum = `${shown(photos)} ÷ ${atOnce} at once × ${latency} ms`;
  const share = ours ? `; photo-escape takes ${shown(ours.median / alone)} times that` : '';
  return [`Latency alone takes ${seconds(alone)} s (${sum})${share}.`];
}

function failureNote({ contender, failure }: Standing): string[] {
  return failure === undefined ? [] : [`${contender} failed: ${failure}`];
}
