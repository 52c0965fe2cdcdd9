// Measures photo-escape beside its peers: npm run bench -- --help
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { withTemporaryFolder } from '../test/helpers/temporary-folder.js';
import { type BenchFlags, benchFlags } from './bench-flags.js';
import { caseTable } from './case-table.js';
import { documentTexts, writeDocuments } from './documents.js';
import { lineCheckTable } from './line/line-check-table.js';
import { markdownTable } from './markdown-table.js';
import { measure } from './measure.js';
import { reachRows } from './reach.js';
import { readingNotes } from './reading-notes.js';
import { type BenchReport, participants } from './report.js';
import { table } from './table.js';

const say = (line: string | undefined) => {
  if (line !== undefined) process.stderr.write(`${line}\n`);
};
const print = (text: string) => {
  process.stdout.write(`${text}\n`);
};

function printEnd(report: BenchReport, { markdown, readme }: BenchFlags): void {
  if (readme) {
    const texts = documentTexts(report);
    if (!report.quick) writeDocuments(texts);
    else for (const text of Object.values(texts)) print(text);
    return;
  }
  if (markdown) {
    print(markdownTable(report));
    return;
  }
  const rows = report.quick ? undefined : reachRows(report.cases);
  if (rows !== undefined) print(table(rows));
  if (report.lineCheck !== undefined) print(lineCheckTable(report.lineCheck));
  print(readingNotes(participants(report)).join('\n'));
}

function again(file: string, { markdown, readme }: BenchFlags): BenchReport {
  const report: BenchReport = JSON.parse(readFileSync(file, 'utf8'));
  if (!markdown && !readme) for (const measured of report.cases) print(caseTable(measured));
  return report;
}

async function measured(flags: BenchFlags, stop: AbortSignal): Promise<BenchReport> {
  const begun = new Date().toISOString().replaceAll(/[:.]/g, '-');
  const { out = join('bench', 'results', `${begun}.json`) } = flags;
  mkdirSync(dirname(out), { recursive: true });
  const report = await withTemporaryFolder((folder) =>
    measure(flags, folder, stop, {
      say,
      onCase: (done, soFar) => {
        // What has been measured is kept, whatever becomes of the rest.
        writeFileSync(out, `${JSON.stringify(soFar, undefined, 2)}\n`);
        if (!flags.markdown && !flags.readme) print(caseTable(done));
      },
    }),
  );
  say(`All figures are in ${out}`);
  return report;
}

const stop = new AbortController();
for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => stop.abort());
const flags = benchFlags(process.argv);
try {
  const { from } = flags;
  const report = from === undefined ? await measured(flags, stop.signal) : again(from, flags);
  printEnd(report, flags);
  const failures = report.cases.flatMap(({ standings }) =>
    standings.filter(({ failure }) => failure !== undefined),
  );
  const isShown = !flags.markdown && !flags.readme;
  for (const { contender, failure } of isShown ? [] : failures)
    say(`${contender} failed: ${failure}`);
  if (failures.length > 0) process.exitCode = 1;
} catch (error) {
  if (!stop.signal.aborted) throw error;
  say('Interrupted.');
  process.exitCode = 130;
}
