import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect } from '@jest/globals';
import type { Browser } from 'playwright-core';
import { type Recording, readRecording } from '../../src/learn/har/read-recording.js';
import { profileSchema } from '../../src/profile/schema.js';
import { startReplica } from '../../src/replica/server.js';
import { browserIsWanted, browserTest, startBrowser } from '../exports/gallery/browser.js';
import { saveSite } from '../helpers/escape-site.js';
import { savedAlbum } from '../helpers/saved-album.js';
import { withTemporaryFolder } from '../helpers/temporary-folder.js';
import { withServer } from '../helpers/with-server.js';
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
    'item.original': [{ select: '$.originalUrl' }],
  },
  'photo-frame': {
    signIn: byJson('/api/session', session),
    'listing.start': '/api/frame/pictures',
    'listing.next': { by: 'number', parameter: 'page' },
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
    'item.original': [{ select: '$.links.original' }],
  },
};

/** What the pages of the recording tell, by the names of the sites. */
const items: Record<string, object> = {
  'day-care-feed': { row: '$.posts[*].attachments[*]' },
  'graphql-feed': { row: '$.data.album.photos.nodes[*]' },
  'photo-frame': { row: '$.pictures[*]' },
  'time-windows': { row: '$.entries[*]' },
  'token-exchange': { row: '$.items[*]' },
};

/** Saves a site with what a recording tells of it. @returns the addresses of the originals */
async function savedWith({ rules }: Recording, name: string, origin: string): Promise<string[]> {
  const ruleAt = (place: string) => rules.find((rule) => rule.place === place)?.rule;
  const profile = profileSchema.parse({
    name,
    title: name,
    signIn: ruleAt('signIn'),
    listing: Object.fromEntries(
      ['start', 'post', 'next', 'albums'].flatMap((key) => {
        const rule = ruleAt(`listing.${key}`);
        return rule === undefined ? [] : [[key, rule]];
      }),
    ),
    item: { ...items[name], id: { select: '$.id' }, original: ruleAt('item.original') },
  });
  let found: string[] = [];
  await withTemporaryFolder(async (folder) => {
    const storage = join(folder, 'storage');
    const credentials = { username, password, code: async () => '123456' };
    const { ending, lines } = await saveSite(profile, origin, storage, { credentials });
    expect([ending, ...lines]).toEqual(['complete', ...lines]);
    const photos = await savedAlbum(storage);
    found = photos.map(({ originalUrl }) => String(originalUrl ?? '')).sort();
  });
  return found;
}

/** What a recording tells, by its place in the profile; nothing in it is a secret. */
function rulesOf({ rules, secrets }: Recording, typed: readonly string[]): Record<string, unknown> {
  const written = JSON.stringify(rules);
  for (const secret of [...typed, ...secrets]) expect(written).not.toContain(secret);
  return Object.fromEntries(rules.map(({ place, rule }) => [place, rule]));
}

describe('visits that a browser recorded', () => {
  let browser: Browser;
  beforeAll(async () => {
    if (browserIsWanted) browser = await startBrowser();
  });
  afterAll(() => browser?.close());

  for (const { name, answers, visit, files } of templateSites) {
    browserTest(name, async () => {
      const answer = await answers();
      await withServer(
        async (request, response) => serve(await answer(request), request, response),
        async (origin) => {
          const recording = readRecording(
            await recordVisit(browser, (page) => visit(page, origin)),
          );
          expect(rulesOf(recording, [username, password, token])).toEqual(learned[name]);
          expect(recording.startUrl).toBe(`${origin}/`);
          expect(recording.secrets).toEqual(expect.arrayContaining([password, token]));
          expect(recording.notes).toEqual([]);
          expect(await savedWith(recording, name, origin)).toEqual(
            files.map((file) => origin + file).sort(),
          );
        },
      );
    });
  }

  browserTest('Kodak Pulse: originals whose addresses stand on no page', async () => {
    const replica = await startReplica({ photos: 100, photoBytes: 4000 });
    try {
      const har = await recordVisit(browser, (page) => visitPulse(page, replica));
      const recording = readRecording(har);
      expect(rulesOf(recording, [replica.username, replica.password])).toEqual({
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
    } finally {
      await replica.close();
    }
  });
});
