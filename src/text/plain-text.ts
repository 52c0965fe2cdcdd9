/**
 * Text that came from outside, made fit for a terminal: one line, without control and formatting
 * characters (Unicode categories Cc and Cf), not too long.
 *
 * @param most characters at the most; what is longer ends in an ellipsis
 */
export function plainText(text: string, most = 300): string {
  const line = text.replace(/[\p{Cc}\p{Cf}\s]+/gu, ' ').trim();
  if (line.length <= most) return line;
  return `${line.slice(0, most - 1).replace(/[\uD800-\uDBFF]$/, '')}…`;
}
