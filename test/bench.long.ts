import { describe, expect, test } from '@jest/globals';
import { quickBench } from './helpers/quick-bench.js';
import { withTemporaryFolder } from './helpers/temporary-folder.js';

describe('npm run bench', () => {
  test('measures who is invited, prints a table for each case, and leaves the figures', async () => {
    const words = [
      ...['--case', 'photos', 'again', 'help'],
      ...['--contender', 'floor', 'photo-escape', 'crawlee-memory'],
    ];
    const { code, printed, report } = await withTemporaryFolder((cwd) => quickBench(words, cwd));
    expect(code).toBe(0);
    expect(printed).toMatch(/^60 photos of 8 KB .*its ÷ ours {2}ours ÷ its {2}ours ÷ its CPU$/m);
    expect(printed).toMatch(/^plain CheerioCrawler, queue in memory( +[\d.,–]+){8}$/m);
    expect(report.machine.versions['Node.js']).toBe(process.versions.node);
    const [photos, again, help] = report.cases.map(({ standings }) =>
      Object.fromEntries(
        standings.map(({ contender, runs }) => [contender, runs.map(({ requests }) => requests)]),
      ),
    );
    expect(photos).toEqual({
      'photo-escape': [expect.any(Number)],
      // Sign-in takes two requests; the pages are two and an empty one.
      'crawlee-memory': [60 + 2 + 3],
      floor: [60],
    });
    expect(again).toEqual({ 'photo-escape': [expect.any(Number)] });
    expect(again?.['photo-escape']?.[0]).toBeLessThan(60);
    expect(help).toEqual({ 'photo-escape': [undefined], floor: [undefined] });
    for (const { summary } of report.cases.flatMap(({ standings }) => standings)) {
      expect(summary?.median).toBeGreaterThan(0);
    }
  }, 120_000);

  test('measures over a line, and says how much of it each contender carries', () =>
    withTemporaryFolder(async (cwd) => {
      const words = ['--case', 'line', 'one', '--contender', 'floor'];
      const { code, printed, report } = await quickBench(words, cwd);
      expect(code).toBe(0);
      expect(printed).toMatch(
        /^60 photos of 125 KB over a line of 50 Mbit\/s and 40 ms .* of the line$/m,
      );
      expect(printed).toContain('The line needs 1.2 s for the originals alone.\n');
      expect(printed).toMatch(/^one photo of 8 KB /m);
      const [line] = report.cases;
      const [run] = line?.standings[0]?.runs ?? [];
      expect(run?.requests).toBe(60);
      // Nobody is faster than the line.
      expect(run?.seconds).toBeGreaterThan(1.2);
    }));
});
