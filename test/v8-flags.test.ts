import { describe, expect, test } from '@jest/globals';
import { youngGenerationCollector } from '../src/v8-flags.js';

describe('the collector of young objects', () => {
  test('lets go of bytes that nobody holds any more', () => {
    const collect = youngGenerationCollector();
    collect();
    collect();
    const before = process.memoryUsage().arrayBuffers;
    allocateForNobody();
    const piledUp = process.memoryUsage().arrayBuffers - before;

    // The first hands the bytes over to another thread, the second waits for it.
    collect();
    collect();

    expect(piledUp).toBeGreaterThanOrEqual(4_000_000);
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(1_000_000);
  });
});

/** So few that V8 does not clear up by itself. */
function allocateForNobody(): void {
  for (let made = 0; made < 4; made += 1) Buffer.alloc(1_000_000);
}
