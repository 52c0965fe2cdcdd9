import type { DatasetClient } from '@crawlee/types';
import { stretchesOf } from './row-stretches.js';

/** Rows in memory at once: few enough to die young, which costs least. */
const rowsAtOnce = 200;

/** Every row of a dataset, the oldest first. */
export async function* allRows<Row extends object>(
  dataset: DatasetClient<Row>,
): AsyncGenerator<Row> {
  for (let offset = 0; ; offset += rowsAtOnce) {
    const { items } = await dataset.listItems({ offset, limit: rowsAtOnce });
    yield* items;
    if (items.length < rowsAtOnce) return;
  }
}

/**
 * Some rows by their numbers, counted from 0 in the order of {@link allRows}.
 *
 * @throws Error for a number that no row has
 */
export async function rowsAt<Row extends object>(
  dataset: DatasetClient<Row>,
  numbers: readonly number[],
): Promise<Map<number, Row>> {
  const ascending = [...numbers].sort((one, two) => one - two);
  const found = new Map<number, Row>();
  for (const { offset, rows, limit } of stretchesOf(ascending, rowsAtOnce)) {
    const { items } = await dataset.listItems({ offset, limit });
    for (const number of rows) {
      const row = items[number - offset];
      if (row === undefined) throw new Error(`the dataset has no row ${number}`);
      found.set(number, row);
    }
  }
  return found;
}
