import { Command, InvalidArgumentError, Option } from 'commander';
import { type CaseName, cases } from './cases.js';
import { type ContenderName, contenders } from './contenders/contenders.js';

/** What is to be measured, and how. */
export interface BenchFlags {
  cases: CaseName[];
  contenders: ContenderName[];
  /** Rounds that count. */
  rounds: number;
  /** Tiny albums, only to see that all works. */
  quick: boolean;
  /** One table for the README, in place of those for a terminal. */
  markdown: boolean;
  /** The file for the figures, if it is not to be one of the usual ones. */
  out?: string;
}

/** What commander makes of the command line. */
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
 * Reads the command line; ends the process after the help text, or with 1 for flags that make no
 * sense. Cases and contenders come in the order of their tables.
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
