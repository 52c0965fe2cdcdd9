import { execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { quickBench, runBench } from './helpers/quick-bench.js';
import { withTemporaryFolder } from './helpers/temporary-folder.js';

/** A clone of an earlier version whose program only ends; returns its commit. */
function fakeEarlierVersion(folder: string): string {
  mkdirSync(join(folder, 'dist'), { recursive: true });
  writeFileSync(join(folder, 'dist', 'main.js'), '');
  const git = (...words: string[]) =>
    execFileSync('git', ['-C', folder, ...words], { encoding: 'utf8' }).trim();
  git('init', '--quiet');
  const identity = ['-c', 'user.name=N', '-c', 'user.email=n@example.org'];
  git(...identity, 'commit', '--quiet', '--allow-empty', '--message', 'Earlier');
  return git('rev-parse', '--short', 'HEAD');
}

/** A program of that name that does what the shell script says. */
function fakeProgram(folder: string, name: string, script: string): void {
  writeFileSync(join(folder, name), `#!/bin/sh\n${script}\n`);
  chmodSync(join(folder, name), 0o755);
}

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
  }, 300_000);

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

  test('says who is absent, how Debian installs it, and who failed at what', () =>
    withTemporaryFolder(async (cwd) => {
      symlinkSync('/bin/sync', join(cwd, 'sync'));
      fakeProgram(
        cwd,
        'wget',
        `echo wget 1.2.3
        test "$1" = --version && exit
        for tens in 0 1 2 3 4 5; do for ones in 0 1 2 3 4 5 6 7 8 9; do
          : > "$tens$ones.jpg"
        done; done`,
      );
      fakeProgram(cwd, 'curl', 'echo curl 4.5.6; test "$1" = --version || exit 7');
      const { code, printed, said, report } = await quickBench(
        ['--case', 'photos', '--contender', 'scrapy', 'wget', 'curl'],
        cwd,
        cwd,
      );
      expect(code).toBe(1);
      expect(said).toContain('not measured: scrapy. Debian');
      expect(said).toContain('apt-get install python3-scrapy\n');
      expect(report).toMatchObject({ present: ['wget', 'curl'], versions: { wget: '1.2.3' } });
      expect(printed).toContain(
        'wget failed: saved 60 originals with 0 bytes, where the album has 60 with 480,000\n',
      );
      expect(printed).toContain('curl failed: curl ended with 7: curl 4.5.6\n');
    }));

  test('prints one table for the README', () =>
    withTemporaryFolder(async (cwd) => {
      const { printed } = await quickBench(
        ['--markdown', '--case', 'small', 'large', '--contender', 'floor'],
        cwd,
      );
      expect(printed).toMatch(/^\| {2}\| 60 photos of 2 KB \| 3 photos of 2 MB \|$/m);
      expect(printed).toMatch(/^\| bare Node\.js \| [\d.]+ s[^|]* \| [\d.]+ s[^|]* \|$/m);
      expect(printed).toContain(`Node.js ${process.versions.node}`);
    }));

  test('measures an earlier version beside this one, and refuses a folder that holds none', () =>
    withTemporaryFolder(async (cwd) => {
      const before = join(cwd, 'before');
      const commit = fakeEarlierVersion(before);
      const words = ['--case', 'help', '--contender', 'floor', '--before'];
      const { code, printed, report } = await quickBench([...words, before], cwd);
      expect(code).toBe(0);
      expect(printed).toMatch(/^photo-escape, the version before +[\d.]+ /m);
      expect(report.before).toBe(commit);
      const refused = await runBench([...words, cwd], cwd);
      expect(refused.code).toBe(1);
      expect(refused.said).toContain('There is no built version in');
      expect(refused.said).toContain('git worktree add');
    }));

  test('writes the tables of the documents from figures', () =>
    withTemporaryFolder(async (cwd) => {
      const words = ['--case', 'photos', 'help', '--contender', 'floor', 'photo-escape'];
      const { report } = await quickBench(words, cwd);
      writeFileSync(join(cwd, 'full.json'), JSON.stringify({ ...report, quick: false }));
      mkdirSync(join(cwd, 'docs'));
      const paths = ['README.md', 'docs/measurements.md'].map((path) => join(cwd, path));
      for (const path of paths) writeFileSync(path, 'A\n<!-- bench -->\n<!-- /bench -->\nB\n');
      const { code } = await runBench(['--readme', '--from', 'full.json'], cwd);
      expect(code).toBe(0);
      const [readme = '', measurements = ''] = paths.map((path) => readFileSync(path, 'utf8'));
      expect(readme).toMatch(/^A\n<!-- bench -->\n\n\| {2}\| photo-escape \|\n/);
      expect(readme).toMatch(/^\| 60 photos of 8 KB \| [\d.]+ \([\d.]+\) \|$/m);
      expect(readme).toMatch(/\n<!-- \/bench -->\nB\n$/);
      expect(measurements).toContain('`npm run bench -- --readme --runs 1`:\n');
      expect(measurements).toMatch(/^\| help: seconds \| {2}\| [\d.]+ \| ≤ 0\.15 \|/m);
    }));
});
