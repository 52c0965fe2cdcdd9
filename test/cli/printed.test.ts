import { PassThrough } from 'node:stream';
import { describe, expect, test } from '@jest/globals';
import { commands } from '../../src/cli/commands.js';
import { showBar, timeLeft } from '../../src/cli/progress-bar.js';
import { settingsTable } from '../../src/settings/settings-table.js';
import { runProgram } from '../helpers/run-program.js';

describe('help', () => {
  const cwd = process.cwd();
  const helpOf = async (...words: string[]) =>
    (await runProgram([...words, '--help'], { cwd })).out;
  /** A text without its line breaks. */
  const flat = (text: string) => text.replaceAll(/\s+/g, ' ');

  const rows = Object.entries(commands).flatMap(([name, row]) =>
    'commands' in row
      ? Object.entries(row.commands).map(([inner, one]) => ({ words: [name, inner], row: one }))
      : [{ words: [name], row }],
  );

  test.each(rows)(
    'the help of $words names every setting and has examples',
    async ({ words, row }) => {
      const help = await helpOf(...words);
      for (const name of row.settings) {
        const { flag, environment } = settingsTable[name];
        expect(help).toContain(flag ?? environment);
      }
      for (const example of row.examples) expect(help).toContain(`$ ${example}`);
    },
  );

  test('an exit code means what the command makes of it', async () => {
    expect(flat(await helpOf('crawl'))).toContain(' 0 the album is complete');
    expect(flat(await helpOf('learn'))).toContain(' 0 the profile works');
    expect(await helpOf('learn')).not.toContain('another run is using this storage folder');
    expect(await helpOf('export')).not.toContain('Exit codes');
  });
});

describe('the progress bar', () => {
  const state = () => ({ done: 3, total: 12, beside: 'photos · …', line: '3 of 12 photos' });

  /** What is printed by the time that the display is stopped. */
  function printed(isTTY: boolean): string {
    const err = Object.assign(new PassThrough(), { isTTY });
    showBar({ in: new PassThrough(), out: new PassThrough(), err }, state)();
    return String(err.read() ?? '');
  }

  test('on a terminal the bar is drawn at once, with the numbers and the text beside it', () => {
    expect(printed(true)).toContain('█████░░░░░░░░░░░░░░░ 3/12 photos · …');
  });

  test('elsewhere short work prints nothing', () => {
    expect(printed(false)).toBe('');
  });

  test('before anything is done the time left is not known', () => {
    expect(timeLeft(performance.now() - 1000, 0, 12)).toBe('…');
    expect(timeLeft(performance.now() - 1000, 12, 12)).toBe('0 s');
  });
});
