/** A line to the site, shared by all connections; each direction carries as much. */
export interface Line {
  /** Milliseconds there and back, without a queue. */
  roundTrip: number;
  /** Bits of TCP payload a second, HTTP's headers included, in each direction. */
  bitsPerSecond: number;
}

/** A common home line: 40 ms there and back, 50 Mbit/s for all connections together. */
export const homeLine: Line = { roundTrip: 40, bitsPerSecond: 50_000_000 };

/** Seconds that the line needs for so many bytes and nothing else: no headers, no pages, no latency. */
export function lineSeconds(bytes: number, { bitsPerSecond }: Line): number {
  return (bytes * 8) / bitsPerSecond;
}
