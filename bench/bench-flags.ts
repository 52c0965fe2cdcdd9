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
  /** Measure what the documents' tables need, and write these. */
  readme: boolean;
  /** A built folder of an earlier version, which takes part. */
  before?: string;
  /** A file of figures to print or write again instead of measuring. */
  from?: string;
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
  const contenderNames = (Object.keys(contenders) as ContenderName[]).filter(
    (name) => name !== 'before',
  );
  const options = new Command('npm run bench --')
    .description('Measures photo-escape side by side with its peers, each as a whole process.')
    .addOption(new Option('--case <NAME...>', 'what to measure; all without it').choices(caseNames))
    .addOption(
      new Option('--contender <NAME...>', 'who takes part; all without it').choices(contenderNames),
    )
    .option('--runs <N>', 'rounds that count, after one that warms up', wholeNumber, 5)
    .option('--quick', 'with tiny albums, only to see that all works', false)
    .option('--before <DIR>', 'an earlier version takes part: the folder of a built clone')
    .option('--markdown', 'print one table as docs/measurements.md has it', false)
    .addOption(
      new Option(
        '--readme',
        'measure what the tables of README.md and docs/measurements.md hold, and write these; print them with --quick',
      )
        .default(false)
        .conflicts(['case', 'contender', 'markdown']),
    )
    .addOption(
      new Option('--from <FILE>', 'measure nothing: show the figures of that file again').conflicts(
        ['case', 'contender', 'before', 'out'],
      ),
    )
    .option('--out <FILE>', 'where the figures go as JSON; bench/results/TIME.json without it')
    .parse(argv)
    .opts<Options>();
  const { case: wanted = caseNames, contender: invited = contenderNames, runs, ...rest } = options;
  return {
    ...rest,
    cases: caseNames.filter((name) => wanted.includes(name)),
    contenders: (Object.keys(contenders) as ContenderName[]).filter((name) =>
      name === 'before' ? rest.before !== undefined : invited.includes(name),
    ),
    rounds: runs,
  };
}
