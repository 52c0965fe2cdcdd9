import { latencyFloor, lineFloor } from './cases.js';
import { contenders } from './contenders/contenders.js';
import { type CaseReport, type Standing, summaryOf } from './report.js';
import type { Summary } from './summary.js';
import { shown, table } from './table.js';

const unknown = '–';

type Cell = (own: Summary, ours: Summary | undefined) => string;

const columns: Readonly<Record<string, Cell>> = {
  'median s': ({ median }) => seconds(median),
  'min–max': ({ least, most }) => `${seconds(least)}–${seconds(most)}`,
  'peak MB': ({ peakMegabytes }) => number(peakMegabytes, 0),
  'CPU s': ({ cpuSeconds }) => number(cpuSeconds, 2),
  requests: ({ requests }) => number(requests, 0),
  'its ÷ ours': ({ median }, ours) => number(ours && median / ours.median, 2),
  'ours ÷ its': ({ median }, ours) => number(ours && ours.median / median, 2),
  'ours ÷ its CPU': ({ cpuSeconds }, ours) =>
    number(ours?.cpuSeconds && cpuSeconds && ours.cpuSeconds / cpuSeconds, 2),
};

/** The columns of a case. */
function columnsOf({ album }: CaseReport): Readonly<Record<string, Cell>> {
  const alone = album && lineFloor(album);
  if (alone === undefined) return columns;
  return { ...columns, 'of the line': ({ median }) => number(alone / median, 3) };
}

/** A measured case as a table for a terminal, with its notes below. */
export function caseTable(report: CaseReport): string {
  const ours = summaryOf(report, 'photo-escape');
  const cells = columnsOf(report);
  const rows = report.standings.map(({ contender, summary }) => [
    contenders[contender].title,
    ...Object.values(cells).map((cell) => (summary ? cell(summary, ours) : unknown)),
  ]);
  const notes = [
    ...lineNote(report),
    ...latencyNote(report, ours),
    ...report.standings.flatMap(failureNote),
  ];
  const lines = notes.map((note) => `${note}\n`).join('');
  return `${table([[report.title, ...Object.keys(cells)], ...rows])}${lines}`;
}

/** Seconds in words, with milliseconds where there are few seconds. */
export function seconds(value: number): string {
  return shown(value, value < 1 ? 3 : 2);
}

function number(value: number | undefined, decimals: number): string {
  return value === undefined ? unknown : shown(value, decimals);
}

function lineNote({ album }: CaseReport): string[] {
  const alone = album && lineFloor(album);
  return alone === undefined ? [] : [`The line needs ${seconds(alone)} s for the originals alone.`];
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
