import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { load } from 'cheerio';
import { RunControl } from '../src/crawl/run-control.js';
import { EscapeError } from '../src/errors.js';
import { withRescue } from './helpers/escape-replica.js';
import { runProgram } from './helpers/run-program.js';
import { withTemporaryFolder } from './helpers/temporary-folder.js';

const dataIn = (folder: string) => JSON.parse(readFileSync(join(folder, 'report.json'), 'utf8'));
const pageIn = (folder: string) => load(readFileSync(join(folder, 'report.html'), 'utf8'));

test('a crawl ends with a report, and its last line stays the counts', async () => {
  await withRescue({ photos: 50 }, async ({ run, storage }) => {
    const { ending, lines } = await run();
    expect(ending).toBe('complete');
    expect(lines.at(-1)).toBe('saved 50 · already had 0 · failed 0 · listed 50');
    expect(lines).toContain(`The rescue report: ${join(storage, 'report.html')}`);
    expect(dataIn(storage)).toMatchObject({
      verdict: { rescued: true },
      lastRun: { ending: 'complete', doubts: [] },
      counts: { listed: 50, saved: 50, failed: 0, pending: 0, left: 0, lost: 0 },
      bytes: 200_000,
      pages: [
        { page: 1, saved: 48 },
        { page: 2, saved: 2 },
      ],
    });
    const $ = pageIn(storage);
    expect($('.verdict.rescued').text()).toContain('all 50 photos');
    expect($('details a')).toHaveLength(50);
    for (const link of $('details a').toArray()) {
      expect(existsSync(join(storage, decodeURIComponent($(link).attr('href') ?? '')))).toBe(true);
    }
  });
});

test('what could not be saved is named with its reason', async () => {
  const fault = ({ kind, photoIndex }: { kind: string; photoIndex?: number }) =>
    kind === 'original' && photoIndex === 3
      ? ({ kind: 'status', status: 404 } as const)
      : undefined;
  await withRescue({ photos: 5, fault }, async ({ run, storage }) => {
    expect((await run()).ending).toBe('incomplete');
    expect(dataIn(storage)).toMatchObject({
      verdict: { rescued: false },
      counts: { listed: 5, saved: 4, failed: 1 },
    });
    const $ = pageIn(storage);
    expect($('.verdict.not-yet').text()).toContain('1 of the 5 photos');
    expect($('main').text()).toContain('the server answered 404');
  });
});

test('an album that kept changing is in doubt, in the report too', async () => {
  const changes = [1, 2, 3, 4, 5].map((time) => ({ whenPageServed: { page: 2, time }, add: 1 }));
  await withRescue({ photos: 100, changes }, async ({ run, storage }) => {
    expect((await run()).ending).toBe('incomplete');
    expect(dataIn(storage).verdict.rescued).toBe(false);
    expect(pageIn(storage)('main').text()).toContain('The album kept changing');
  });
});

test('an interrupted run leaves a report that says so', async () => {
  const control = new RunControl();
  const stop = () => control.stop(new EscapeError('interrupted', 'Stopped.'));
  const fault = ({ kind, photoIndex }: { kind: string; photoIndex?: number }) => {
    if (kind === 'original' && photoIndex === 40) stop();
    return undefined;
  };
  await withRescue({ photos: 100, fault }, async ({ run, storage }) => {
    expect((await run({}, control)).ending).toBe('interrupted');
    const { verdict, lastRun, counts } = dataIn(storage);
    expect(lastRun).toMatchObject({ ending: 'interrupted' });
    expect(verdict.rescued).toBe(false);
    expect(counts.saved).toBeLessThan(100);
  });
});

test('a report that cannot be written is said, and the album is complete all the same', async () => {
  await withRescue({ photos: 2 }, async ({ run, storage }) => {
    mkdirSync(join(storage, 'report.json'), { recursive: true });
    const { ending, lines } = await run();
    expect(ending).toBe('complete');
    expect(lines.join('\n')).toContain('There is no new rescue report: Cannot use');
    expect(lines.at(-1)).toBe('saved 2 · already had 0 · failed 0 · listed 2');
  });
});

test('report writes it anew, elsewhere if told to, with links that lead to the files', async () => {
  await withTemporaryFolder(async (cwd) => {
    await runProgram(['demo', '--photos', '3', '--storage', 'my album'], { cwd });
    const storage = ['--storage', 'my album'];
    const { code, out, err } = await runProgram(
      ['report', '--out', 'for mother/reports', ...storage],
      { cwd },
    );
    expect([code, out]).toEqual([0, '']);
    expect(err).toContain('This album can be considered rescued');
    const folder = join(cwd, 'for mother', 'reports');
    expect(dataIn(folder).counts.saved).toBe(3);
    const links = pageIn(folder)('details a').toArray();
    expect(links).toHaveLength(3);
    for (const { attribs } of links) {
      expect(existsSync(new URL(attribs.href ?? '', `file://${folder}/`))).toBe(true);
    }

    writeFileSync(join(cwd, 'file'), '');
    const inTheWay = await runProgram(['report', '--out', 'file', ...storage], { cwd });
    expect(inTheWay.code).toBe(6);
    expect(inTheWay.err).toContain('choose another folder');
  });
});

test('where nothing was saved it says what to do', async () => {
  await withTemporaryFolder(async (cwd) => {
    const { code, err } = await runProgram(['report'], { cwd });
    expect(code).toBe(2);
    expect(err).toContain('npm start');
  });
});
