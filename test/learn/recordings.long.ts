import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect } from '@jest/globals';
import type { Browser } from 'playwright-core';
import { type Recording, readRecording } from '../../src/learn/har/read-recording.js';
import { startReplica } from '../../src/replica/server.js';
import { browserIsWanted, browserTest, startBrowser } from '../exports/gallery/browser.js';
import { runProgram } from '../helpers/run-program.js';
import { withTemporaryFolder } from '../helpers/temporary-folder.js';
import { withServer } from '../helpers/with-server.js';
import { asFirefox, asSafari, asSanitized } from './browser-forms.js';
import { recordVisit, visitPulse } from './record-visit.js';
import { password, serve, templateSites, token, username } from './template-sites.js';

const byJson = (page: string, more: object) => ({
  by: 'json',
  page,
  body: expect.any(Object),
  ...more,
});
const session = { proof: { cookie: '^session$' } };

/** What is to be learned of each site, by its place in the profile. */
const learned: Record<string, Record<string, unknown>> = {
  'day-care-feed': {
    signIn: byJson('/api/login', {
      body: { email: '{username}', password: '{password}' },
      token: '$.token',
    }),
    'listing.start': '/api/children',
    'listing.albums': {
      row: '$.children[*]',
      values: { album: { select: '$.id' } },
      address: '/api/children/{album}/posts?limit=100',
      title: { select: '$.firstName' },
      listing: { next: { by: 'cursor', select: '$.nextCursor', parameter: 'after' } },
    },
    'item.thumbnail': { select: '$.thumbnailUrl' },
    'item.original': [{ select: '$.originalUrl' }],
  },
  'graphql-feed': {
    signIn: byJson('/graphql', {
      body: {
        query: expect.stringContaining('{ token }'),
        variables: { email: '{username}', password: '{password}' },
      },
      token: '$.data.signIn.token',
    }),
    'listing.start': '/graphql',
    'listing.post': {
      reads: true,
      json: { query: expect.stringMatching(/^query/), variables: { after: '{cursor}' } },
    },
    'listing.next': { by: 'cursor', select: '$.data.album.photos.pageInfo.endCursor' },
    'item.thumbnail': { select: '$.previewUrl' },
    'item.original': [{ select: '$.originalUrl' }],
  },
  'photo-frame': {
    signIn: byJson('/api/session', session),
    'listing.start': '/api/frame/pictures',
    'listing.next': { by: 'number', parameter: 'page' },
    'item.thumbnail': {
      parts: { thumbnailKey: { select: '$.thumbnailKey' } },
      address: '/thumbnails/{thumbnailKey}.jpg',
    },
    'item.original': [
      {
        parts: {
          folder: { select: '$.folder', filters: ['encodePath'] },
          file: { select: '$.file' },
        },
        address: '/media/{folder}/{file}',
      },
    ],
  },
  'time-windows': {
    signIn: byJson('/api/session', session),
    'listing.start': '/api/entries?limit=2',
    'listing.next': {
      by: 'window',
      from: '2000-01-01',
      every: 'month',
      format: 'unix',
      parameters: { from: 'since', until: 'before' },
      within: { by: 'cursor', select: '$.cursor', parameter: 'cursor' },
    },
    'item.thumbnail': { select: '$.picture.preview' },
    'item.original': [{ select: '$.picture.url' }],
  },
  'token-exchange': {
    signIn: {
      by: 'steps',
      steps: [
        {
          get: '/account',
          take: { csrfToken: { select: 'meta[name="csrf-token"]', attribute: 'content' } },
        },
        {
          post: '/account/session',
          form: { user: '{username}', pass: '{password}', csrf: '{csrfToken}' },
          take: { ticket: { header: 'x-ticket' } },
        },
        {
          post: '/account/code',
          json: { ticket: '{ticket}', code: '{code}' },
          take: { grant: { select: '$.grant' } },
        },
        {
          post: '/api/token',
          headers: { 'x-ticket': '{ticket}' },
          json: { grant: '{grant}' },
          take: { accessToken: { select: '$.accessToken' } },
        },
      ],
      headers: { Authorization: 'Bearer {accessToken}' },
    },
    'listing.start': '/api/photos',
    'listing.next': { by: 'link', select: '$.links.next' },
    'item.thumbnail': { select: '$.links.preview' },
    'item.original': [{ select: '$.links.original' }],
  },
};

/** Sites on which what Chrome leaves out of a recording is missed: a token of the last of many steps. */
const unlearned: Record<string, number> = { 'token-exchange': 2, 'time-windows': 2 };

/** What a recording tells, by its place in the profile; nothing in it is a secret. */
function rulesOf({ rules, secrets }: Recording, typed: readonly string[]): Record<string, unknown> {
  const written = JSON.stringify(rules);
  for (const secret of [...typed, ...secrets]) expect(written).not.toContain(secret);
  return Object.fromEntries(rules.map(({ place, rule }) => [place, rule]));
}

/** Learns from a recording without what opens the album; the person is told how to save all of it. */
async function expectLearned(name: string, har: string): Promise<void> {
  await withTemporaryFolder(async (cwd) => {
    writeFileSync(join(cwd, 'visit.har'), har);
    const env = { ALBUM_USERNAME: username, ALBUM_PASSWORD: password, ALBUM_CODE: '123456' };
    const { code, out, err } = await runProgram(['learn', '--har', 'visit.har'], { cwd, env });
    expect([name, code, err]).toEqual([name, unlearned[name] ?? 0, err]);
    expect(err).toMatch(/saved without sensitive data.*Allow to generate HAR with sensitive data/);
    expect(err).toContain('delete the file now');
    for (const secret of [password, token, username]) expect(out + err).not.toContain(secret);
  });
}

describe('visits that a browser recorded, as each browser saves them', () => {
  let browser: Browser;
  beforeAll(async () => {
    if (browserIsWanted) browser = await startBrowser();
  });
  afterAll(() => browser?.close());

  for (const { name, answers, visit } of templateSites) {
    browserTest(name, async () => {
      const answer = await answers();
      await withServer(
        async (request, response) => serve(await answer(request), request, response),
        async (origin) => {
          const har = await recordVisit(browser, (page) => visit(page, origin));
          const recording = readRecording(har);
          expect(recording.startUrl).toBe(`${origin}/`);
          expect(recording.secrets).toEqual(expect.arrayContaining([password, token]));
          expect(recording.notes).toEqual([
            expect.stringMatching(/password.*cookies.*delete the file/),
          ]);
          for (const form of [har, asFirefox(har), asSafari(har)]) {
            const rules = rulesOf(readRecording(form), [username, password, token]);
            expect(rules).toEqual(learned[name]);
          }
          await expectLearned(name, asSanitized(har));
        },
      );
    });
  }

  browserTest('Kodak Pulse: originals whose addresses stand on no page', async () => {
    const replica = await startReplica({ photos: 100, photoBytes: 4000 });
    try {
      const har = await recordVisit(browser, (page) => visitPulse(page, replica));
      for (const form of [har, asFirefox(har), asSafari(har), asSanitized(har)]) {
        const rules = rulesOf(readRecording(form), [replica.username, replica.password]);
        expect(rules).toEqual({
          signIn: {
            by: 'form',
            page: '/',
            form: 'form:has(input[name="password"])',
            fields: { username: '{username}', password: '{password}' },
            proof: 'redirect',
          },
          'listing.start': '/Frame/AllPictures',
          'listing.next': { by: 'number', parameter: 'p' },
          'item.original': [
            { from: 'thumbnail', filters: [{ replace: { match: '~t~', with: '~a~' } }] },
          ],
        });
      }
    } finally {
      await replica.close();
    }
  });
});
