import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect } from '@jest/globals';
import type { Browser } from 'playwright-core';
import { browserIsWanted, browserTest, startBrowser } from './exports/gallery/browser.js';
import { startProgram } from './helpers/program.js';
import { withProgramReplica } from './helpers/program-replica.js';
import { runProgram } from './helpers/run-program.js';
import { comparison } from './helpers/saved-album.js';
import { withTemporaryFolder } from './helpers/temporary-folder.js';
import { withServer } from './helpers/with-server.js';
import { recordVisit, visitPulse } from './learn/record-visit.js';
import { password, serve, templateSites, token, username } from './learn/template-sites.js';

/** How the program ends on each of the sites: in windows of time, the first day is never known. */
const endings: Record<string, number> = { 'time-windows': 2 };

describe('a profile is learned from a recorded visit', () => {
  let browser: Browser;
  beforeAll(async () => {
    if (browserIsWanted) browser = await startBrowser();
  });
  afterAll(() => browser?.close());

  browserTest(
    'Kodak Pulse: every photo is saved, and nothing of the recording is kept',
    async () => {
      await withProgramReplica({ photos: 200 }, async (replica, cwd) => {
        writeFileSync(
          join(cwd, 'visit.har'),
          await recordVisit(browser, (page) => visitPulse(page, replica)),
        );
        const words = ['learn', replica.url, '--har', 'visit.har', '--out', 'learned.yaml'];
        const learned = await startProgram(words, { cwd }).ended;
        expect([learned.code, learned.out]).toEqual([0, '']);
        expect(learned.err).toContain('delete the file now');
        const session = /Set-Cookie.*?"value":\s*"[^"=]+=([^;"]+)/s.exec(
          readFileSync(join(cwd, 'visit.har'), 'utf8'),
        )?.[1];
        expect(session).toMatch(/.{8}/);
        const text = readFileSync(join(cwd, 'learned.yaml'), 'utf8');
        for (const secret of [replica.password, replica.username, session ?? '']) {
          expect(`${text}${learned.err}`).not.toContain(secret);
        }
        expect(readdirSync(cwd).sort()).toEqual(['.env', 'learned.yaml', 'visit.har']);
        const saved = await startProgram(['crawl', '--profile', './learned.yaml'], { cwd }).ended;
        expect(saved.err).toMatch(/saved 200 · already had 0 · failed 0 · listed 200\n$/);
        expect(saved.code).toBe(0);
        const { saved: files, served } = await comparison(join(cwd, 'storage'), replica);
        expect(files).toHaveLength(200);
        expect(files).toEqual(served);
      });
    },
  );

  for (const { name, answers, visit, files } of templateSites) {
    browserTest(`${name}: from the recording to the photos`, async () => {
      const answer = await answers();
      await withServer(
        async (request, response) => serve(await answer(request), request, response),
        (origin) =>
          withTemporaryFolder(async (cwd) => {
            writeFileSync(
              join(cwd, 'visit.har'),
              await recordVisit(browser, (page) => visit(page, origin)),
            );
            const env = {
              ALBUM_USERNAME: username,
              ALBUM_PASSWORD: password,
              ALBUM_CODE: '123456',
              ALBUM_URL: `${origin}/`,
            };
            const words = ['learn', '--har', 'visit.har', '--out', 'learned.yaml'];
            const learned = await runProgram(words, { cwd, env });
            expect([learned.code, learned.err]).toEqual([endings[name] ?? 0, learned.err]);
            expect(learned.err).not.toContain('✗');
            expect(learned.err.includes('into listing.next.from')).toBe(name === 'time-windows');
            const text = readFileSync(join(cwd, 'learned.yaml'), 'utf8');
            for (const secret of [password, token, username]) {
              expect(`${text}${learned.err}`).not.toContain(secret);
            }
            const saved = await runProgram(['crawl', '--profile', './learned.yaml'], { cwd, env });
            const count = `saved ${files.length} · already had 0 · failed 0 · listed ${files.length}`;
            expect(saved.err).toContain(count);
            expect(saved.code).toBe(0);
          }),
      );
    });
  }
});
