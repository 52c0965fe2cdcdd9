import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe } from '@jest/globals';
import { type Swift, startSwift, swiftIsWanted } from './swift.js';

/**
 * Tests that need Swift, which all have the same one; skipped by name where it is not wanted.
 *
 * @param tests is given the way to it, which is there once a test runs
 */
export function describeSwift(name: string, tests: (swift: () => Swift) => void): void {
  const describeTests = swiftIsWanted ? describe : describe.skip;
  describeTests(name, () => {
    const folder = mkdtempSync(join(tmpdir(), 'photo-escape-swift-'));
    let swift: Swift;
    beforeAll(async () => {
      swift = await startSwift(folder);
    });
    afterAll(async () => {
      await swift?.stop();
      rmSync(folder, { recursive: true, force: true });
    });
    tests(() => swift);
  });
}
