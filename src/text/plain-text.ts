/**
 * Makes text from outside safe to print on a terminal: one line, without control and formatting
 * characters (Unicode categories Cc and Cf).
 *
 * @param most UTF-16 units at the most; a longer text is cut and ends with an ellipsis
 */
export function plainText(text: string, most = 300): string {
  const line = text.replace(/[\p{Cc}\p{Cf}\s]+/gu, ' ').trim();
  if (line.length <= most) return line;
  return `${line.slice(0, most - 1).replace(/[\uD800-\uDBFF]$/, '')}…`;
}
