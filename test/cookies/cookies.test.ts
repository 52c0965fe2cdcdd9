import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { readCookieFile } from '../../src/cookies/cookie-file.js';
import { readBrowserCookies } from '../../src/cookies/cookie-source.js';
import { UsageError } from '../../src/errors.js';
import { withTemporaryFolder } from '../helpers/temporary-folder.js';
import { checkWith, firefoxProfile, linux, twoProfiles } from './firefox-home.js';

describe('a file of cookies', () => {
  function withFile<Result>(content: string | Buffer, work: (file: string) => Result) {
    return withTemporaryFolder((folder) => {
      const file = join(folder, 'cookies.txt');
      writeFileSync(file, content);
      return work(file);
    });
  }

  /** The problems of a file, which is named `FILE` in them. */
  function problemsOf(content: string | Buffer): Promise<string[]> {
    return withFile(content, (file) => {
      try {
        readCookieFile(file);
        return [];
      } catch (error) {
        if (!(error instanceof UsageError)) throw error;
        return error.problems.map((problem) => problem.replaceAll(file, 'FILE'));
      }
    });
  }

  test('a cookies.txt is read as curl and yt-dlp read it', () =>
    withFile(
      [
        '\ufeff# Netscape HTTP Cookie File',
        '',
        '.example.com\tTRUE\t/\tTRUE\t4102444800\tsid\ta=b#c',
        '#HttpOnly_www.example.com\tFALSE\t/albums\tFALSE\t0\tkey\t北海道',
        'example.com\tfalse\t/\tfalse\t4102444800.75\tempty\t',
        'example.com\tFALSE\t/\tFALSE\t\tcut',
        '# www.example.com\tFALSE\t/\tFALSE\t0\tcomment\t1',
      ].join('\r\n'),
      (file) => {
        const shared = { domain: 'example.com', path: '/', secure: false };
        expect(readCookieFile(file)).toEqual([
          {
            ...{ ...shared, name: 'sid', value: 'a=b#c', hostOnly: false, secure: true },
            expires: new Date('2100-01-01'),
          },
          {
            ...{ name: 'key', value: '北海道', domain: 'www.example.com', hostOnly: true },
            ...{ path: '/albums', secure: false },
          },
          {
            ...{ ...shared, name: 'empty', value: '', hostOnly: true },
            expires: new Date('2100-01-01T00:00:00.750Z'),
          },
          { ...shared, name: 'cut', value: '', hostOnly: true },
        ]);
      },
    ));

  test.each([
    ['example.com FALSE / FALSE 0 sid s3cret', /line 1: .* spaces separate them/],
    ['\nsid=s3cret; theme=dark', /line 2: it has 1 of 7 fields/],
    ['a.example\tFALSE\t/\tFALSE\t0\tsid\ts3cret\tmore', /line 1: it has 8 of 7 fields/],
    ['\tFALSE\t/\tFALSE\t0\tsid\ts3cret', /line 1: its first field is not a domain/],
    ['a.example\t/\tFALSE\tFALSE\t0\tsid\ts3cret', /line 1: its second field/],
    ['a.example\tFALSE\t/\t1\t0\tsid\ts3cret', /line 1: its fourth field/],
    ['a.example\tFALSE\t/\tFALSE\tsid\t0\ts3cret', /line 1: its fifth field/],
    ['a.example\tFALSE\t/\tFALSE\t0\tsid\ts3cret\0', /is in UTF-16/],
    ['a.example\tFALSE\t/\tFALSE\t0\tsid\ts3cret;b', /line 1: its name or value has a character/],
    [' [{"name":"sid","value":"s3cret"}]', /is JSON, .*“Netscape” or “cookies.txt”/],
    [Buffer.from('SQLite format 3\0s3cret'), /database of a browser.*firefox:FILE/],
  ])(
    'what is no cookies.txt is refused with what to do, and without a value: %j',
    async (text, why) => {
      const [first = '', ...others] = await problemsOf(text);
      expect(first).toMatch(/^--cookies FILE/);
      expect(first).toMatch(why);
      expect([first, ...others].join()).not.toContain('s3cret');
    },
  );

  test('of many lines that are no cookies a few are named', async () => {
    const problems = await problemsOf('nothing\n'.repeat(100));
    expect(problems).toHaveLength(7);
    expect(problems).toContain('… and 95 more lines that are not cookies');
  });

  test('only cookies of the host are taken, and expired ones are counted', () =>
    withFile(
      [
        'www.example.com\tFALSE\t/\tFALSE\t0\town\t1',
        '.example.com\tTRUE\t/\tFALSE\t0\tdomain\t1',
        'example.com\tFALSE\t/\tFALSE\t0\tparent\t1',
        'img.example.com\tFALSE\t/\tFALSE\t0\tsister\t1',
        '.elsewhere.example\tTRUE\t/\tFALSE\t0\tother\t1',
        '.ple.com\tTRUE\t/\tFALSE\t0\tending\t1',
        'www.example.com\tFALSE\t/\tFALSE\t1000\told\t1',
      ].join('\n'),
      (cookies) => {
        const read = readBrowserCookies({ cookies }, 'www.example.com');
        expect(read).toMatchObject({ from: cookies, expired: 1 });
        expect(read?.cookies.map(({ name }) => name)).toEqual(['own', 'domain']);
      },
    ));
});

describe('the cookies of Firefox', () => {
  test('the newest cookies of the album’s host are taken from a Firefox that runs, and no others', async () => {
    const { sent, err } = await checkWith('firefox', (home) => [
      firefoxProfile(join(linux(home), 'abc.default'), [
        { name: 'sid', value: 'für' },
        { name: 'old', lasts: -60 },
        { name: 'container', originAttributes: '^userContextId=1' },
        { name: 'partition', originAttributes: '^partitionKey=%28http%2Cother.example%29' },
        { name: 'elsewhere', host: '.other.example' },
        { name: 'neighbour', host: '127.0.0.2' },
      ]),
    ]);
    expect(Buffer.from(sent ?? '', 'latin1').toString()).toBe('sid=für');
    expect(err).toContain('abc.default: expired cookies of 127.0.0.1 left out: 1');
  });

  test.each([
    ['the default of the installation', 'firefox', 'a.default-release'],
    ['a profile by its name', 'firefox:work', 'b.work'],
  ])('%s', async (_, browser, expected) => {
    expect((await checkWith(browser, twoProfiles)).sent).toBe(`of=${expected}`);
  });

  test.each([
    [
      'no Firefox',
      'firefox',
      () => [],
      2,
      /there is no profile of Firefox with cookies \(looked in ~/,
    ],
    [
      'a profile that was never signed in',
      'firefox',
      (home: string) => [
        firefoxProfile(join(linux(home), 'a'), [{ name: 'a', host: 'b.example' }]),
      ],
      4,
      /firefox\/a has no cookie for 127\.0\.0\.1\. Sign in at http/,
    ],
  ])('%s: nothing is requested', async (_, browser, prepare, code, said) => {
    const ended = await checkWith(browser, prepare);
    expect(ended.err).toMatch(said);
    expect(ended).toMatchObject({ code, sent: undefined });
  });
});
