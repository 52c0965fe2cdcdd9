import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { type LearnedProfile, writeProfile } from '../../src/learn/write-profile.js';
import { loadProfile } from '../../src/profile/load.js';
import { startProgram } from '../helpers/program.js';
import { runProgram } from '../helpers/run-program.js';
import { withTemporaryFolder } from '../helpers/temporary-folder.js';
import { withServer } from '../helpers/with-server.js';
import { gallery } from './gallery.js';

describe('the learned file', () => {
  /** The shell's blocks have 512 or 1,024 bytes, and the profile has more than one. */
  const limit = 'ulimit -f 1';
  const saveTo = (origin: string) => [
    ...['--url', `${origin}/album`, '--storage', 'saved', '--thumbnails', 'none'],
  ];

  test('no half profile is left where the disk has no room for it', () =>
    withTemporaryFolder((cwd) =>
      withServer(gallery(), async (origin) => {
        const words = ['learn', `${origin}/album`, '--out', 'album.yaml'];
        const full = await startProgram(words, { cwd, limit }).ended;
        expect([full.code, full.err]).toEqual([6, expect.stringContaining('album.yaml')]);
        expect(readdirSync(cwd)).toEqual([]);

        const first = await startProgram(saveTo(origin), { cwd, limit }).ended;
        expect([first.code, first.err]).toEqual([6, expect.stringContaining('profile.yaml')]);
        expect(readdirSync(join(cwd, 'saved'))).toEqual([]);
        const second = await runProgram(saveTo(origin), { cwd });
        expect(second.err).toContain('saved 36 · already had 0 · failed 0 · listed 36');
        expect(second.code).toBe(0);
      }),
    ));

  test('a run that is killed while it learns leaves no profile, and the next one goes on', () =>
    withTemporaryFolder((cwd) => {
      const answer = gallery();
      let kill: (() => void) | undefined;
      return withServer(
        (request, response) => {
          if (request.url?.startsWith('/album?page=2') && kill !== undefined) kill();
          else answer(request, response);
        },
        async (origin) => {
          const run = startProgram(saveTo(origin), { cwd });
          kill = () => run.process.kill('SIGKILL');
          expect((await run.ended).err).toContain('so it is learned');
          kill = undefined;
          expect(existsSync(join(cwd, 'saved', 'profile.yaml'))).toBe(false);

          // What a run that is killed while it writes leaves.
          await mkdir(join(cwd, 'saved'), { recursive: true });
          writeFileSync(join(cwd, 'saved', 'profile.yaml.part'), 'name: half');
          const next = await runProgram(saveTo(origin), { cwd });
          expect(next.err).toContain('saved 36 · already had 0 · failed 0 · listed 36');
          expect(readdirSync(join(cwd, 'saved')).filter((name) => name.endsWith('.part'))).toEqual(
            [],
          );
        },
      );
    }));

  test('a kept profile that cannot be read is named, with what to do', () =>
    withTemporaryFolder((cwd) =>
      withServer(gallery(), async (origin) => {
        await mkdir(join(cwd, 'saved'));
        await writeFile(join(cwd, 'saved', 'profile.yaml'), 'name: half\nsign');
        const { code, err } = await runProgram(saveTo(origin), { cwd });
        expect(code).toBe(2);
        expect(err).toContain('or remove it: then the album is learned again');
        expect(await readFile(join(cwd, 'saved', 'profile.yaml'), 'utf8')).toBe('name: half\nsign');
      }),
    ));

  test('where the file cannot be written, the site is asked for nothing', () =>
    withTemporaryFolder((cwd) => {
      const requested: string[] = [];
      return withServer(gallery(requested), async (origin) => {
        await writeFile(join(cwd, 'mine'), 'mine');
        const words = ['learn', `${origin}/album`, '--out', 'mine/album.yaml'];
        const { code, err } = await runProgram(words, { cwd });
        expect([code, err]).toEqual([6, expect.stringContaining('There is a file where a folder')]);
        expect(requested).toEqual([]);
      });
    }));

  test('the folders above the file are made', () =>
    withTemporaryFolder((cwd) =>
      withServer(gallery(), async (origin) => {
        const words = ['learn', `${origin}/album`, '--out', 'profiles/of-mine/album.yaml'];
        expect((await runProgram(words, { cwd })).code).toBe(0);
        expect(readdirSync(join(cwd, 'profiles/of-mine'))).toEqual(['album.yaml']);
      }),
    ));

  test('a file that another program has made meanwhile is kept', () =>
    withTemporaryFolder((cwd) => {
      const answer = gallery();
      return withServer(
        (request, response) => {
          writeFileSync(join(cwd, 'album.yaml'), 'mine');
          answer(request, response);
        },
        async (origin) => {
          const words = ['learn', `${origin}/album`, '--out', 'album.yaml'];
          const { code, err } = await runProgram(words, { cwd });
          expect([code, err]).toEqual([2, expect.stringContaining('album.yaml is there already')]);
          expect(readFileSync(join(cwd, 'album.yaml'), 'utf8')).toBe('mine');
          expect(readdirSync(cwd)).toEqual(['album.yaml']);
        },
      );
    }));
});

describe('the profile that is written', () => {
  const learned: LearnedProfile = {
    name: 'photos-example-org',
    title: 'Our photos',
    url: 'https://photos.example.org/album/?key=4711',
    rules: [
      {
        place: 'item.id',
        rule: { from: 'original', filters: ['path', 'decode'] },
        seenOn: '48 of 48 rows',
      },
      { place: 'item.row', rule: 'a.thumb', seenOn: '48 rows with a picture each' },
      {
        place: 'item.original',
        rule: [
          {
            attribute: 'href',
            filters: [{ match: '^(?!(?:.*/)?media/(?:large|small|thumbs)/).+$' }],
          },
          { from: 'thumbnail', filters: [{ replace: { match: '^([^?#]*)~t~', with: '$1~a~' } }] },
        ],
        seenOn: '6 of 6 photos tried',
        isUncertain: true,
      },
      {
        place: 'item.thumbnail',
        rule: { select: 'img', attribute: 'src' },
        seenOn: '48 of 48 rows',
      },
      { place: 'listing.next', rule: { by: 'link', select: 'a.next' }, seenOn: 'pages 1 to 3' },
      {
        place: 'signIn',
        rule: {
          proof: { select: 'html' },
          by: 'form',
          page: '/login',
          form: 'form:has(input[name="password"])',
          fields: { login: '{username}', password: '{password}' },
        },
        seenOn: 'the form on /login',
      },
      { place: 'signIn.proof', rule: { select: 'a[href$="logout"]' }, seenOn: 'what signs out' },
      { place: 'limits.delay', rule: 2, seenOn: 'Crawl-delay: 2 in robots.txt' },
    ],
    missing: [],
  };

  test('A learned profile is ordered as the built-in ones, with what each rule was seen on', () => {
    expect(
      writeProfile(learned),
    ).toBe(`# Learned from https://photos.example.org/album/ by photo-escape learn. Above each rule stands what
# it was seen on.

name: photos-example-org
title: Our photos
url: https://photos.example.org/album/?key=4711

# Seen: the form on /login
signIn:
  by: form
  page: /login
  form: form:has(input[name="password"])
  fields: { login: '{username}', password: '{password}' }
  # Seen: what signs out
  proof: { select: 'a[href$="logout"]' }

listing:
  # Seen: pages 1 to 3
  next: { by: link, select: a.next }

item:
  # Seen: 48 rows with a picture each
  row: a.thumb
  # Seen: 48 of 48 rows
  thumbnail: { select: img, attribute: src }
  # UNCERTAIN, look at this rule. Seen: 6 of 6 photos tried
  original:
    - { attribute: href, filters: [ match: ^(?!(?:.*/)?media/(?:large|small|thumbs)/).+$ ] }
    - { from: thumbnail, filters: [ replace: { match: '^([^?#]*)~t~', with: $1~a~ } ] }
  # Seen: 48 of 48 rows
  id: { from: original, filters: [ path, decode ] }

limits:
  # Seen: Crawl-delay: 2 in robots.txt
  delay: 2
`);
  });

  test('A learned profile can be used as it was written', async () => {
    await withTemporaryFolder(async (folder) => {
      const file = join(folder, 'learned.yaml');
      await writeFile(file, writeProfile(learned));
      expect(loadProfile(file)).toMatchObject({
        name: 'photos-example-org',
        signIn: { proof: { select: 'a[href$="logout"]' } },
        item: { row: 'a.thumb' },
        limits: { delay: 2 },
      });
    });
  });

  test('What is missing stands at the top', () => {
    const text = writeProfile({
      ...learned,
      missing: ['item.original: no larger picture was found'],
    });
    expect(text.split('\n')[2]).toBe('# MISSING: item.original: no larger picture was found');
  });
});
