import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll } from '@jest/globals';
import { runProgram } from './run-program.js';
import { withTemporaryFolder } from './temporary-folder.js';

/**
 * Saves the demo's album once for all tests of a file.
 *
 * @param photos how many photos it has
 * @param place where the album is in `storage/`; the demo's own folder is `demo`
 * @returns runs the work in a folder whose `storage/` is a copy of the album
 */
export function savedDemo(
  photos: number,
  place = '',
): (work: (cwd: string) => Promise<void>) => Promise<void> {
  const saved = mkdtempSync(join(tmpdir(), 'photo-escape-'));
  beforeAll(async () => {
    const words = ['demo', '--photos', `${photos}`, '--storage', join(saved, 'storage', place)];
    const { code, err } = await runProgram(words, { cwd: saved });
    if (code !== 0) throw new Error(`The demo ended with code ${code}: ${err}`);
  });
  afterAll(() => rmSync(saved, { recursive: true, force: true }));
  return (work) =>
    withTemporaryFolder(async (cwd) => {
      cpSync(saved, cwd, { recursive: true });
      await work(cwd);
    });
}
