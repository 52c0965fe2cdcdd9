const ticksPerMillisecond = 10_000n;
const unixEpochTicks = 621_355_968_000_000_000n;

/**
 * Converts a time to .NET ticks (100 ns since 0001-01-01 UTC), which the site writes into a
 * picture's address. `unixMilliseconds` is a whole number.
 */
export function ticksFromMilliseconds(unixMilliseconds: number): bigint {
  return BigInt(unixMilliseconds) * ticksPerMillisecond + unixEpochTicks;
}

/** Converts .NET ticks to ms since 1970 UTC, rounded down. */
export function millisecondsFromTicks(ticks: bigint): number {
  return Number((ticks - unixEpochTicks) / ticksPerMillisecond);
}
