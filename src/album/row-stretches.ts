/** Rows that nobody asked for, which are read along rather than asked around. */
const rowsBetween = 50;

/** Rows that are read together, with what lies between them. */
interface Stretch {
  offset: number;
  limit: number;
  /** Those that were asked for. */
  rows: number[];
}

/**
 * Divides rows into stretches.
 *
 * @param rows in ascending order
 * @param longest rows of a stretch at the most
 */
export function stretchesOf(rows: readonly number[], longest: number): Stretch[] {
  const stretches: Stretch[] = [];
  for (const row of rows) {
    const last = stretches.at(-1);
    const isNear =
      last !== undefined &&
      row <= last.offset + last.limit + rowsBetween &&
      row < last.offset + longest;
    if (isNear) {
      last.limit = row - last.offset + 1;
      last.rows.push(row);
    } else stretches.push({ offset: row, limit: 1, rows: [row] });
  }
  return stretches;
}
