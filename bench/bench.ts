// Measures photo-escape beside its peers: npm run bench -- --help
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { type BenchFlags, benchFlags } from './bench-flags.js';
import { caseTable } from './case-table.js';
import { cases, caseTitle, quickCases } from './cases.js';
import type { Contender } from './contenders/contender.js';
import { contenders } from './contenders/contenders.js';
import { loadWarning, machine, machineLine } from './machine.js';
import { markdownTable } from './markdown-table.js';
import { absentSentence, presence } from './presence.js';
import { reachTable } from './reach.js';
import { readingNotes } from './reading-notes.js';
import { type BenchReport, participants, standings } from './report.js';
import { type Run, sideBySide } from './side-by-side.js';
import { shown } from './table.js';

const say = (line: string | undefined) => {
  if (line !== undefined) process.stderr.write(`${line}\n`);
};
const print = (text: string) => {
  process.stdout.write(`${text}\n`);
};

async function measure(flags: BenchFlags, stop: AbortSignal): Promise<BenchReport> {
  const { quick, rounds } = flags;
  const found = presence(flags.contenders);
  const here = machine();
  say(machineLine(here));
  say(loadWarning(here));
  say(absentSentence(found));
  const measured: BenchReport['cases'] = [];
  for (const name of flags.cases) {
    const benchCase = quick ? quickCases[name] : cases[name];
    const names = found.present.filter((contender) => {
      const { jobs }: Contender = contenders[contender];
      return jobs.includes(benchCase.job);
    });
    const onRun = (contender: string, round: number, result: Run | Error) => {
      const turn = round === 0 ? 'warm-up' : `round ${round} of ${rounds}`;
      const came = result instanceof Error ? 'failed' : `${shown(result.seconds)} s`;
      say(`${name}, ${turn}: ${contender} ${came}`);
    };
    const results = await sideBySide(benchCase, { names, rounds, stop, onRun });
    const title = caseTitle(benchCase);
    const report = { name, title, ...benchCase, standings: standings(results) };
    measured.push(report);
    if (!flags.markdown) print(caseTable(report));
  }
  const at = new Date().toISOString();
  return { at, machine: here, quick, rounds, ...found, cases: measured };
}

function printEnd(report: BenchReport, markdown: boolean): void {
  if (markdown) {
    print(markdownTable(report));
    return;
  }
  const reach = report.quick ? undefined : reachTable(report.cases);
  if (reach !== undefined) print(reach);
  print(readingNotes(participants(report)).join('\n'));
}

const stop = new AbortController();
for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => stop.abort());
const flags = benchFlags(process.argv);
try {
  const report = await measure(flags, stop.signal);
  printEnd(report, flags.markdown);
  const { out = join('bench', 'results', `${report.at.replaceAll(/[:.]/g, '-')}.json`) } = flags;
  mkdirSync(dirname(out), { recursive: true });
  writeFileSync(out, `${JSON.stringify(report, undefined, 2)}\n`);
  say(`All figures are in ${out}`);
  const failures = report.cases.flatMap(({ standings }) =>
    standings.filter(({ failure }) => failure !== undefined),
  );
  if (failures.length > 0) process.exitCode = 1;
} catch (error) {
  if (!stop.signal.aborted) throw error;
  say('Interrupted.');
  process.exitCode = 130;
}
