import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect } from '@jest/globals';
import type { Browser } from 'playwright-core';
import { learnRecording } from '../../src/learn/har/learn-recording.js';
import { type Recording, readRecording } from '../../src/learn/har/read-recording.js';
import type { LearnedRule } from '../../src/learn/learned-rule.js';
import type { Look } from '../../src/learn/look.js';
import { type Profile, profileSchema } from '../../src/profile/schema.js';
import { startReplica } from '../../src/replica/server.js';
import type { Credentials } from '../../src/session/sign-in-site.js';
import { SiteVisit } from '../../src/visit/site-visit.js';
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

const credentials = { username, password, code: async () => '123456' };

/** The profile that is learned from a recording and from the site as it is now. */
async function learnedFrom(recording: Recording, given: Credentials): Promise<Profile> {
  const account = { siteUrl: recording.startUrl, username: given.username };
  const visit = new SiteVisit({
    account,
    credentials: given,
    maxPerMinute: undefined,
    userAgent: 'tester',
    idleTimeout: 2000,
    proxies: { except: '' },
    signal: new AbortController().signal,
  });
  const look: Look = {
    left: 60,
    page: (request) => visit.fetchPage(request),
    picture: (url) => visit.fetchPicture(url),
  };
  try {
    const { rules, missing } = await learnRecording(recording, account, visit, look);
    expect(missing).toEqual([]);
    expect(visit.requests.length).toBeLessThanOrEqual(60);
    return profileWith(rules);
  } finally {
    visit.close();
  }
}

function profileWith(rules: readonly LearnedRule[]): Profile {
  const value: Record<string, unknown> = {};
  for (const { place, rule } of rules) {
    const keys = place.split('.');
    const last = keys.pop() ?? '';
    let holder = value;
    for (const key of keys) {
      holder[key] ??= {};
      holder = holder[key] as Record<string, unknown>;
    }
    holder[last] = structuredClone(rule);
  }
  return profileSchema.parse({ ...value, name: 'learned', title: 'Learned' });
}

/** Saves a site with what was learned. @returns the addresses of the originals */
async function savedWith(profile: Profile, origin: string, given: Credentials): Promise<string[]> {
  let found: string[] = [];
  await withTemporaryFolder(async (folder) => {
    const storage = join(folder, 'storage');
    const identity = { profile: profile.name, url: `${origin}/`, username: given.username };
    const { ending, lines } = await saveSite(profile, origin, storage, {
      credentials: given,
      identity,
    });
    expect([ending, ...lines]).toEqual(['complete', ...lines]);
    const photos = await savedAlbum(storage);
    found = photos.map(({ originalUrl }) => String(originalUrl)).sort();
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
          expect(recording.notes).toEqual([
            expect.stringMatching(/password.*cookies.*delete the file/),
          ]);
          const profile = await learnedFrom(recording, credentials);
          expect(await savedWith(profile, origin, credentials)).toEqual(
            files.map((file) => origin + file).sort(),
          );
        },
      );
    });
  }

  browserTest('Kodak Pulse: originals whose addresses stand on no page', async () => {
    const replica = await startReplica({ photoBytes: 4000 });
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
      const given = { username: replica.username, password: replica.password };
      const profile = await learnedFrom(recording, given);
      const saved = await savedWith(profile, new URL(replica.url).origin, given);
      expect(saved).toEqual(
        replica
          .photos()
          .map(({ originalUrl }) => originalUrl)
          .sort(),
      );
    } finally {
      await replica.close();
    }
  });
});
