import { followJsonPath, type JsonNode } from './json-path.js';

/**
 * Makes rows of columns: `{ ids: [1, 2], urls: ['/a', '/b'] }` has two. Each row is an object with the
 * columns' names.
 *
 * @param columns the paths of the lists, by name
 * @returns the rows, or why there are none
 */
export function rowsOfColumns(
  columns: Readonly<Record<string, string>>,
  whole: JsonNode,
): JsonNode[] | string {
  const lists = Object.entries(columns).map(([name, path]) => ({
    name,
    path,
    values: followJsonPath(`${path}[*]`, whole).map(({ value }) => value),
  }));
  const [{ values: first } = { values: [] }] = lists;
  if (lists.some(({ values }) => values.length !== first.length)) {
    const lengths = lists.map(({ path, values }) => `${path} has ${values.length}`).join(', ');
    return `the columns have different numbers of values: ${lengths}`;
  }
  return first.map((_, index) => ({
    value: Object.fromEntries(lists.map(({ name, values }) => [name, values[index]])),
    name: String(index),
    parent: whole,
  }));
}
