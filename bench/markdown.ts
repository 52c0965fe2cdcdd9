/** Rows as a Markdown table: the first row is its head, the first column aligned left. */
export function markdownRows(rows: readonly (readonly string[])[]): string {
  const [head = [], ...rest] = rows;
  const rule = head.map((_, column) => (column === 0 ? '---' : '---:'));
  return [head, rule, ...rest].map((row) => `| ${row.join(' | ')} |\n`).join('');
}
