import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { describe, expect, test } from '@jest/globals';
import { parse } from 'yaml';
import { runProgram } from '../../src/cli/program.js';
import { RunControl } from '../../src/crawl/run-control.js';
import { Page } from '../../src/page/page.js';
import { profileJsonSchema } from '../../src/profile/json-schema.js';
import { strictest } from '../../src/profile/limits.js';
import { builtInProfiles, templates } from '../../src/profile/load.js';
import { readListing } from '../../src/profile/read-listing.js';
import { profileReference } from '../../src/profile/reference.js';
import { type Profile, profileSchema } from '../../src/profile/schema.js';
import { withTemporaryFolder } from '../helpers/temporary-folder.js';
import { profileOf } from './profile-of.js';

describe('the documents', () => {
  const document = readFileSync(new URL('../../docs/profiles.md', import.meta.url), 'utf8');
  const blocks = (language: string) =>
    [...document.matchAll(new RegExp(`\`\`\`${language}\\n(.*?)\`\`\``, 'gs'))].map(
      ([, text = '']) => text,
    );

  /** The block of the document that begins like this. */
  function block(language: string, beginning: string): string {
    return blocks(language).find((text) => text.startsWith(beginning)) ?? '';
  }

  /** The profile of the document with this name. */
  function documented(name: string): Profile {
    return profileSchema.parse(parse(block('yaml', `name: ${name}\n`)));
  }

  const [page = ''] = blocks('html');

  test('the worked example reads the page that it is made for', () => {
    const albumUrl = 'https://photos.club.example/albums/7';
    const place = { albumUrl, number: 1 };
    expect(
      readListing(new Page({ url: albumUrl, text: page }), documented('club'), place),
    ).toMatchObject({
      rows: 1,
      unreadable: [],
      albums: [{ url: albumUrl, title: 'Summer 2016' }],
      next: `${albumUrl}?after=4711`,
      photos: [
        {
          id: '4711',
          thumbnailUrl: 'https://photos.club.example/img/s/lake_4711.jpg',
          detailUrl: 'https://photos.club.example/photo/4711',
          originals: [null, 'https://photos.club.example/img/full/lake_4711.jpg'],
          caption: 'At the lake',
          sender: 'Anna',
          date: '2016-07-03T14:05:00',
        },
      ],
    });
  });

  test('the first rules of the walk, checked on its page, show what the document shows', async () => {
    await withTemporaryFolder(async (folder) => {
      const [rules, saved] = [join(folder, 'club.yaml'), join(folder, 'page.html')];
      writeFileSync(rules, block('yaml', 'name: club-first\n'));
      writeFileSync(saved, page);
      const [out, err] = [new PassThrough(), new PassThrough()];
      const terminal = { in: new PassThrough(), out, err };
      await runProgram(['check', rules, '--page', saved], {
        terminal,
        environment: {},
        control: new RunControl(),
      });
      expect(String(out.read())).toBe(block('text', ''));
    });
  });

  test('every selector that the walk explains finds one thing on such a page', () => {
    const pages = '<p class="pages"><b class="current">1</b> <a href="?p=2">2</a></p>';
    const site = new Page({ url: 'https://photos.club.example/', text: page + pages });
    const selectors = [...document.matchAll(/^\| `([^`]+)` \| (?:every|the|elements) /gm)];
    expect(selectors.length).toBe(8);
    for (const [, select = ''] of selectors)
      expect([select, site.document(select).length]).toEqual([select, 1]);
  });

  test('the example in JSON reads what it says', () => {
    const albumUrl = 'https://portal.example/api/photos?limit=100';
    const text = `{"photos":[{"id":7,"updatedAt":"5","createdAt":"2016-07-03T14:05:00Z","title":"Lake",
    "file":{"name":"a & b.jpg"}}],"nextCursor":"x"}`;
    const place = { albumUrl, number: 1 };
    expect(
      readListing(new Page({ url: albumUrl, text }), documented('day-care'), place),
    ).toMatchObject({
      unreadable: [],
      next: `${albumUrl}&cursor=x`,
      photos: [
        {
          id: '7',
          version: '5',
          originals: ['https://portal.example/files/originals/a%20%26%20b.jpg'],
          uploadedAt: '2016-07-03T14:05:00.000Z',
        },
      ],
    });
  });

  test('the sign-in by steps is one that a profile can have', () => {
    const text = blocks('yaml').find((block) => block.startsWith('signIn:\n')) ?? '';
    const { signIn } = profileOf(
      `${text}\nitem: { row: a, id: {}, original: [{ attribute: href }] }`,
    );
    expect(signIn).toMatchObject({ by: 'steps', steps: [{ post: '/session' }, { json: {} }] });
  });
});

describe('the reference', () => {
  const read = (path: string) => readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8');

  // After a change of the schema: npm run reference.
  test('the JSON Schema that editors use is that of the program', () => {
    expect(JSON.parse(read('profiles/profile.schema.json'))).toEqual(profileJsonSchema());
  });

  test('the reference is that of the program', () => {
    expect(read('docs/profiles.md').split('<!-- reference -->')[1]?.trim()).toBe(
      profileReference(),
    );
  });

  test('shapes of which one is chosen are told apart by their keys', () => {
    expect(profileReference()).toContain(
      '| json | `{ script, match }` or `{ select, attribute }` or `{ file }` |',
    );
    expect(profileReference()).toContain('| `redirect` or `{ page, select }` or `{ cookie }` |');
  });

  test('every key and every filter has a meaning', () => {
    expect(profileReference()).not.toMatch(/\| *\|$/m);
  });

  test.each(builtInProfiles)('an editor finds the JSON Schema of %s', (name) => {
    expect(read(`profiles/${name}.yaml`)).toMatch(
      /^# yaml-language-server: \$schema=profile\.schema\.json\n/,
    );
  });

  test.each(templates)('an editor finds the JSON Schema of the template %s', (name) => {
    expect(read(`profiles/templates/${name}.yaml`)).toMatch(
      /^# yaml-language-server: \$schema=\.\.\/profile\.schema\.json\n/,
    );
  });
});

describe('limits', () => {
  const site = (limits: string) =>
    profileOf(`
item: { row: img, id: { attribute: src }, original: [{ attribute: src }] }
limits: { ${limits} }`);

  test.each([
    ['', { concurrency: 8, maxPerMinute: undefined }],
    ['concurrency: 2', { concurrency: 2, maxPerMinute: undefined }],
    ['concurrency: 9, requestsPerMinute: 30', { concurrency: 8, maxPerMinute: 30 }],
    ['requestsPerMinute: 30, delay: 4', { concurrency: 8, maxPerMinute: 15 }],
  ])('a site that asks for {%s} gets it', (limits, expected) => {
    expect(strictest(site(limits), { concurrency: 8, maxPerMinute: undefined })).toEqual(expected);
  });

  test('the user may be stricter than the site', () => {
    const wanted = { concurrency: 1, maxPerMinute: 5 };
    expect(strictest(site('concurrency: 2, requestsPerMinute: 30'), wanted)).toEqual(wanted);
  });
});
