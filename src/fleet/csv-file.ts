import { CsvError, type Info, parse } from 'csv-parse/sync';
import { UsageError } from '../errors.js';
import { EncodingError, utf8Text } from '../text/utf8-text.js';

/** A row of a CSV file, by its columns. */
export interface CsvRow<Column extends string> {
  /** The line of the file on which it ends, from 1. */
  line: number;
  values: Record<Column, string>;
}

/** The rows of a CSV file, and what is wrong with it in sentences that begin with its name. */
export interface CsvTable<Column extends string> {
  rows: CsvRow<Column>[];
  problems: string[];
}

/**
 * Reads a CSV file (RFC 4180, UTF-8) whose first line names its columns.
 *
 * @param name what to call the file in messages
 * @param columns the columns that it must have, in any order; further ones are refused
 * @param whyRefused says more of a further column
 * @throws UsageError where the columns are wrong or the file is no CSV: its rows mean nothing then
 */
export function readCsv<Column extends string>(
  name: string,
  bytes: Uint8Array,
  columns: readonly Column[],
  whyRefused: (column: string) => string = () => '',
): CsvTable<Column> {
  const [head, ...lines] = parsed(name, bytes);
  const header = head?.record ?? [];
  refuseWrongColumns(name, header, columns, whyRefused);
  const problems: string[] = [];
  const rows: CsvRow<Column>[] = [];
  for (const { record, info } of lines) {
    if (record.length === header.length) {
      const entries = header.map((column, place) => [column, record[place] ?? '']);
      rows.push({ line: info.lines, values: Object.fromEntries(entries) });
    } else {
      problems.push(
        `${name}:${info.lines}: it has ${record.length} values in place of ${header.length}. A value with a comma in it takes quotes`,
      );
    }
  }
  return { rows, problems };
}

function parsed(name: string, bytes: Uint8Array): { record: string[]; info: Info }[] {
  try {
    return parse(utf8Text(bytes), {
      bom: true,
      info: true,
      relax_column_count: true,
      skip_empty_lines: true,
    }) as unknown as { record: string[]; info: Info }[];
  } catch (error) {
    if (error instanceof EncodingError) throw new UsageError([`${name} ${error.message}`]);
    if (!(error instanceof CsvError)) throw error;
    // The parser's message would show the value, which may be a password.
    const line = String(error.lines);
    throw new UsageError([
      `${name}:${line}: the quotes are wrong (${error.code}). A value with quotes in it stands in quotes, and each quote in it is doubled`,
    ]);
  }
}

function refuseWrongColumns(
  name: string,
  header: readonly string[],
  columns: readonly string[],
  whyRefused: (column: string) => string,
): void {
  const lacking = columns.filter((column) => !header.includes(column));
  const further = header.filter((column) => !columns.includes(column));
  const doubled = header.filter((column, place) => header.indexOf(column) !== place);
  const problems = [
    ...further.map(
      (column) => `${name}:1: there is no column ${JSON.stringify(column)}.${whyRefused(column)}`,
    ),
    ...doubled.map((column) => `${name}:1: the column ${column} is there twice`),
    ...lacking.map((column) => `${name}:1: the column ${column} is missing`),
  ];
  if (problems.length === 0) return;
  throw new UsageError([...problems, `The first line must be ${columns.join(',')}`]);
}
