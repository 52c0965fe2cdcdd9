import type { IncomingHttpHeaders } from 'node:http';

/** The range of a 206 answer (RFC 9110, section 14.4). */
export interface ContentRange {
  first: number;
  last: number;
  /** Bytes of the whole file; undefined where the server does not know. */
  whole: number | undefined;
}

/** The range that a Content-Range header names, in bytes; undefined where it names none. */
export function rangeOf(headers: IncomingHttpHeaders): ContentRange | undefined {
  const [, first, last, whole] =
    /^bytes[ =](\d+)-(\d+)\/(\d+|\*)$/i.exec(headers['content-range']?.trim() ?? '') ?? [];
  if (first === undefined || last === undefined) return undefined;
  return {
    first: Number(first),
    last: Number(last),
    whole: whole === '*' ? undefined : Number(whole),
  };
}

/** Whether a 206 that nobody asked for holds the whole file, and so counts as 200. */
export function isWholeFile(headers: IncomingHttpHeaders): boolean {
  const range = rangeOf(headers);
  return range?.first === 0 && range.whole === range.last + 1;
}
