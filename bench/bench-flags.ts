import { Command, InvalidArgumentError, Option } from 'commander';
import { type CaseName, cases } from './cases.js';
import { type ContenderName, contenders } from './contenders/contenders.js';

/** What to measure, and how. */
export interface BenchFlags {
  cases: CaseName[];
  contenders: ContenderName[];
  /** Measured rounds. */
  rounds: number;
  /** Use tiny albums, to see whether the benchmark works. */
  quick: boolean;
  /** Print one Markdown table instead of a table for each case. */
  markdown: boolean;
  /** The file for the figures; without it, one in the folder for results. */
  out?: string;
}

/** The options as commander returns them. */
interface Options extends Omit<BenchFlags, 'cases' | 'contenders' | 'rounds'> {
  case?: CaseName[];
  contender?: ContenderName[];
  runs: number;
}

function wholeNumber(text: string): number {
  if (!/^[1-9]\d*$/.test(text)) throw new InvalidArgumentError('It takes a whole number from 1.');
  return Number(text);
}

/**
 * Reads the command line. Ends the process after the help text, or with 1 where a flag is wrong.
 * Cases and contenders are in the order of their tables.
 */
export function benchFlags(argv: readonly string[]): BenchFlags {
  const caseNames = Object.keys(cases) as CaseName[];
  const contenderNames = Object.keys(contenders) as ContenderName[];
  const options = new Command('npm run bench --')
    .description('Measures photo-escape side by side with its peers, each as a whole process.')
    .addOption(new Option('--case <NAME...>', 'what to measure; all without it').choices(caseNames))
    .addOption(
      new Option('--contender <NAME...>', 'who takes part; all without it').choices(contenderNames),
    )
    .option('--runs <N>', 'rounds that count, after one that warms up', wholeNumber, 5)
    .option('--quick', 'with tiny albums, only to see that all works', false)
    .option('--markdown', 'print one table as the README has it', false)
    .option('--out <FILE>', 'where the figures go as JSON; bench/results/TIME.json without it')
    .parse(argv)
    .opts<Options>();
  const { case: wanted = caseNames, contender: invited = contenderNames, runs, ...rest } = options;
  return {
    ...rest,
    cases: caseNames.filter((name) => wanted.includes(name)),
    contenders: contenderNames.filter((name) => invited.includes(name)),
    rounds: runs,
  };
}
