import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { text } from 'node:stream/consumers';
import { expect, test } from '@jest/globals';
import { runProgram } from '../../src/cli/program.js';
import { RunControl } from '../../src/crawl/run-control.js';
import { picture, withTestSite } from '../helpers/escape-site.js';
import { profileOf } from '../profile/profile-of.js';

const profile = profileOf(`
listing: { total: { select: b } }
item: { row: img, id: { attribute: src }, original: [{ attribute: src }] }`);

/** What a command prints on standard output. */
async function printed(...words: string[]): Promise<string> {
  const out = new PassThrough();
  const terminal = { in: new PassThrough(), out, err: new PassThrough() };
  await runProgram(words, { terminal, environment: {}, control: new RunControl() });
  out.end();
  return text(out);
}

test.each([
  ['2', ['The site says that it holds 2 photos, but the list has 1. Look with a browser']],
  ['1', []],
])(
  'where the site counts %s, summary, report, export and status name the same doubts',
  async (count, doubts) => {
    const site = { '/': `<b>${count}</b><img src="/1.png">`, '/1.png': await picture(1) };
    const expected = doubts.map((doubt) => expect.stringContaining(doubt));
    await withTestSite(
      profile,
      () => site,
      async ({ run, storage }) => {
        const { ending, lines } = await run();
        expect(ending).toBe(doubts.length > 0 ? 'incomplete' : 'complete');
        expect(lines.filter((line) => line.startsWith('The site says'))).toEqual(expected);

        const report = JSON.parse(readFileSync(join(storage, 'report.json'), 'utf8'));
        expect(report.lastRun.doubts).toEqual(expected);
        expect(report.verdict.rescued).toBe(doubts.length === 0);
        const page = readFileSync(join(storage, 'report.html'), 'utf8');
        expect(page.match(/<li>.*<\/li>/g) ?? []).toEqual(expected);

        const exported = await printed('export', '--format', 'json', '--storage', storage);
        expect(JSON.parse(exported).doubts).toEqual(expected);

        const status = await printed('status', '--json', '--storage', storage);
        expect(JSON.parse(status).doubts).toEqual(expected);
        const table = await printed('status', '--storage', storage);
        const rows = table.split('\n').filter((line) => line.startsWith('in doubt'));
        expect(rows).toEqual(expected);
      },
    );
  },
);
