import type { PagePart } from '../profile/page-part.js';
import type { Column } from './column.js';
import { htmlColumns } from './html-columns.js';
import { jsonColumns } from './json-columns.js';

/** Everything that stands in the rows of a page or around them, the plainest place first. */
export function columnsOf(rows: readonly PagePart[]): Column[] {
  const [first] = rows;
  if (first === undefined) return [];
  const isHtml = first.node !== undefined && 'attribs' in first.node;
  return isHtml ? htmlColumns(rows) : jsonColumns(rows);
}
