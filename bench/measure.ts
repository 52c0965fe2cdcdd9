import { join } from 'node:path';
import type { BenchFlags } from './bench-flags.js';
import { type BenchCase, type CaseName, cases, caseTitle, quickCases } from './cases.js';
import type { Contender } from './contenders/contender.js';
import { type ContenderName, contenders } from './contenders/contenders.js';
import { earlierCommit } from './earlier-version.js';
import { checkLine } from './line/line-check.js';
import { loadWarning, machine, machineLine } from './machine.js';
import { absentSentence, presence } from './presence.js';
import { plannedRounds, plannedSeconds, readmePlan } from './readme-plan.js';
import { type BenchReport, type CaseReport, standings } from './report.js';
import { type Run, sideBySide } from './side-by-side.js';
import { shown } from './table.js';

/** Who hears of the measurement while it runs. */
interface Listener {
  /** A line for a person. */
  say(line: string | undefined): void;
  /** A case has been measured; the figures so far have it as their last. */
  onCase(report: CaseReport, soFar: BenchReport): void;
}

/**
 * Measures cases and contenders as the flags say.
 *
 * @param folder for what the contenders save, to be deleted when all is measured
 * @throws the reason of `stop`; Error if the folder of the version before is not one
 */
export async function measure(
  flags: BenchFlags,
  folder: string,
  stop: AbortSignal,
  { say, onCase }: Listener,
): Promise<BenchReport> {
  const { quick, rounds, readme, before } = flags;
  const commit = before === undefined ? undefined : earlierCommit(before);
  const found = presence(flags.contenders);
  const here = machine();
  say(machineLine(here));
  say(loadWarning(here));
  say(absentSentence(found));
  if (readme && !quick) {
    const minutes = plannedSeconds(found.present, rounds) / 60;
    say(`This takes about ${shown(minutes, 0)} minutes.`);
  }
  const takesPart = (name: CaseName, contender: ContenderName) => {
    const { jobs }: Contender = contenders[contender];
    return jobs.includes(cases[name].job) && (!readme || contender in readmePlan[name]);
  };
  const report: BenchReport = {
    at: new Date().toISOString(),
    machine: here,
    quick,
    rounds,
    ...found,
    ...(commit !== undefined && { before: commit }),
    cases: [],
  };
  for (const name of flags.cases) {
    const benchCase: BenchCase = quick ? quickCases[name] : cases[name];
    const line = benchCase.album?.line;
    if (line !== undefined && !quick) {
      report.lineCheck = await checkLine(line, presence(['curl']).present.length > 0);
    }
    const results = await sideBySide(benchCase, {
      folder: join(folder, name),
      names: found.present.filter((contender) => takesPart(name, contender)),
      rounds: (contender) => (readme ? plannedRounds(name, contender, rounds) : rounds),
      warmUp: quickCases[name],
      before,
      stop,
      onRun: (contender, round, result: Run | Error) => {
        const turn = round === 0 ? 'warm-up' : `round ${round} of ${rounds}`;
        const came = result instanceof Error ? 'failed' : `${shown(result.seconds)} s`;
        say(`${name}, ${turn}: ${contender} ${came}`);
      },
    });
    const measured = {
      name,
      title: caseTitle(benchCase),
      ...benchCase,
      standings: standings(results),
    };
    report.cases.push(measured);
    report.at = new Date().toISOString();
    onCase(measured, report);
  }
  return report;
}
