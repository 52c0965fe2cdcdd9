import { seconds } from './case-table.js';
import { lineFloor } from './cases.js';
import { type ContenderName, contenders } from './contenders/contenders.js';
import { machineLine } from './machine.js';
import { markdownRows } from './markdown.js';
import { absentSentence } from './presence.js';
import { readingNotes } from './reading-notes.js';
import { type BenchReport, type CaseReport, participants, summaryOf } from './report.js';
import { shown } from './table.js';

/**
 * All cases in one Markdown table: a row for each contender, a column for each case, and below it
 * the machine and the versions.
 */
export function markdownTable(report: BenchReport): string {
  const { cases, machine, rounds, versions } = report;
  const names = participants(report);
  const rows = [
    ['', ...cases.map(({ title }) => title)],
    ...names.map((name) => [
      contenders[name].title,
      ...cases.map((measured) => cell(measured, name)),
    ]),
  ];
  const all = Object.entries({ ...machine.versions, ...versions });
  const made = [
    `Seconds from start to exit, the median of ${rounds}; how many times photo-escape's; processor time; peak memory.`,
    `Made on ${machineLine(machine)}, with ${all.map((pair) => pair.join(' ')).join(', ')}.`,
    ...readingNotes(names),
    absentSentence(report),
  ];
  return `${markdownRows(rows)}\n${made.filter((line) => line !== undefined).join('\n')}\n`;
}

function cell(report: CaseReport, name: ContenderName): string {
  const own = summaryOf(report, name);
  const ours = summaryOf(report, 'photo-escape');
  if (own === undefined) return '';
  const ratio = name === 'photo-escape' || !ours ? [] : [`× ${shown(own.median / ours.median)}`];
  const { peakMegabytes, cpuSeconds } = own;
  const alone = report.album && lineFloor(report.album);
  const share = alone === undefined ? [] : [`${shown(alone / own.median)} of the line`];
  const processor = cpuSeconds === undefined ? [] : [`CPU ${shown(cpuSeconds)} s`];
  const memory = peakMegabytes === undefined ? [] : [`${shown(peakMegabytes, 0)} MB`];
  return [`${seconds(own.median)} s`, ...ratio, ...share, ...processor, ...memory].join(' · ');
}
