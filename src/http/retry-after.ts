/**
 * Milliseconds that a server asks to wait (RFC 9110, section 10.2.3: seconds, or a date).
 *
 * @param header the value of Retry-After
 * @param now milliseconds since 1970
 * @returns undefined where the header is missing or says nothing that can be understood
 */
export function retryAfter(header: string | undefined, now: number): number | undefined {
  const text = header?.trim() ?? '';
  if (/^\d+$/.test(text)) return Number(text) * 1000;
  const date = /[a-z]/i.test(text) ? Date.parse(text) : Number.NaN;
  return Number.isNaN(date) ? undefined : Math.max(0, date - now);
}
