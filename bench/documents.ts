import { readFileSync, writeFileSync } from 'node:fs';
import { seconds } from './case-table.js';
import { lineFloor } from './cases.js';
import { type ContenderName, contenders } from './contenders/contenders.js';
import { lineCheckTable } from './line/line-check-table.js';
import { machineLine } from './machine.js';
import { markdownRows } from './markdown.js';
import { markdownTable } from './markdown-table.js';
import { reachRows } from './reach.js';
import { longRun } from './readme-plan.js';
import { type BenchReport, type CaseReport, summaryOf } from './report.js';
import { shown } from './table.js';

/** The columns of the README's table. */
const shownPeers: readonly ContenderName[] = [
  ...(['photo-escape', 'scrapy', 'gallery-dl', 'aria2c', 'wget'] as const),
];

/** The texts that the documents hold between their marks, by the document's path. */
export function documentTexts(report: BenchReport): Readonly<Record<string, string>> {
  return { 'README.md': readmeTable(report), 'docs/measurements.md': measurements(report) };
}

/**
 * Writes each text between the marks `<!-- bench -->` and `<!-- /bench -->` of its document.
 *
 * @throws Error if a document has no such marks
 */
export function writeDocuments(texts: Readonly<Record<string, string>>): void {
  for (const [path, text] of Object.entries(texts)) {
    writeFileSync(path, betweenMarks(path, readFileSync(path, 'utf8'), text));
  }
}

/** A document with another text between its marks. */
export function betweenMarks(path: string, document: string, text: string): string {
  const [before, rest] = document.split('<!-- bench -->');
  const after = rest?.split('<!-- /bench -->')[1];
  if (after === undefined) {
    throw new Error(`${path} needs the lines <!-- bench --> and <!-- /bench --> for its table.`);
  }
  return `${before}<!-- bench -->\n\n${text.trim()}\n\n<!-- /bench -->${after}`;
}

function readmeTable(report: BenchReport): string {
  const peers = shownPeers.filter((name) => report.present.includes(name));
  const rows = report.cases
    .filter(({ job }) => job !== 'help')
    .map((measured) => [measured.title, ...peers.map((name) => readmeCell(measured, name))]);
  return [
    markdownRows([['', ...peers.map((name) => contenders[name].title)], ...rows]),
    `Seconds from start to exit (medians), and processor time in brackets. ${lineSentence(report)}`,
    `Made by \`npm run bench -- --readme\` on ${machineLine(report.machine)}.`,
  ].join('\n');
}

function readmeCell(measured: CaseReport, name: ContenderName): string {
  const own = summaryOf(measured, name);
  if (own === undefined) return '';
  const { median, cpuSeconds } = own;
  const processor = cpuSeconds === undefined ? '' : ` (${shown(cpuSeconds, 1)})`;
  return `${seconds(median)}${processor}`;
}

function lineSentence({ cases }: BenchReport): string {
  return cases
    .flatMap((measured) => {
      const alone = measured.album && lineFloor(measured.album);
      const ours = summaryOf(measured, 'photo-escape');
      if (alone === undefined || ours === undefined) return [];
      const share = shown(alone / ours.median);
      return [
        `The line needs ${seconds(alone)} s for the originals alone: photo-escape carries ${share} of what it could.`,
      ];
    })
    .join(' ');
}

function measurements(report: BenchReport): string {
  const { before, lineCheck, cases } = report;
  const command = `npm run bench -- --readme --runs ${report.rounds}${before ? ' --before DIR' : ''}`;
  const earlier = before ? `, with commit ${before} as the version before` : '';
  const rows = reachRows(cases);
  return [
    `\`${command}\`${earlier}:\n`,
    markdownTable(report),
    `Who takes more than ${longRun} s was measured once.\n`,
    ...(rows === undefined ? [] : ['What was to be reached:\n', markdownRows(rows)]),
    ...(lineCheck === undefined
      ? []
      : [
          'The relay that stands for the line, measured before:\n',
          code(lineCheckTable(lineCheck)),
        ]),
  ].join('\n');
}

function code(text: string): string {
  return `\`\`\`\n${text}\`\`\`\n`;
}
