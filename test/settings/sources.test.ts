import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { readProxySettings } from '../../src/settings/proxy-settings.js';
import { resolveSettings } from '../../src/settings/settings.js';
import { withTemporaryFolder } from '../helpers/temporary-folder.js';

describe('.env', () => {
  /** What the user name and the password in a `.env` come to. */
  function resolveFile(content: string | Buffer) {
    return withTemporaryFolder((folder) => {
      const dotenvFile = join(folder, '.env');
      writeFileSync(dotenvFile, content);
      const sources = { flags: {}, environment: {}, dotenvFile };
      const { settings, problems } = resolveSettings(sources, ['username', 'password']);
      return { settings, problems: problems.map((problem) => problem.replace(folder, '')) };
    });
  }

  test.each(['ab#cd', '#cd', '"ab#cd', 'a"b#c', "a'b#c'", ' ab#cd  # why'])(
    'a password that dotenv would cut at its # is refused: %s',
    async (value) => {
      const { settings, problems } = await resolveFile(`A=1\nexport ALBUM_PASSWORD=${value}\n`);
      expect(settings).toEqual({});
      expect(problems).toEqual([
        expect.stringMatching(
          /^ALBUM_PASSWORD \(in .*\.env, line 2\) has a # .*ALBUM_PASSWORD='…'/,
        ),
      ]);
      expect(problems.join()).not.toMatch(/ab|cd/);
    },
  );

  test.each([
    ['"ab#cd"', 'ab#cd'],
    ["'ab#cd' # why", 'ab#cd'],
    ["'ab'#why", 'ab'],
    ['ab # why', 'ab'],
    [' # why', undefined],
    ['"ab\nALBUM_USERNAME=c#d"', 'ab\nALBUM_USERNAME=c#d'],
  ])('a # in quotes is kept, one behind a space begins a comment: %s', async (value, password) => {
    const { settings, problems } = await resolveFile(`ALBUM_PASSWORD=${value}\n`);
    expect(problems).toEqual([]);
    expect(settings.password).toBe(password);
  });

  test('a # in the value of a setting that the command does not use is its own affair', async () => {
    const { problems } = await resolveFile('ALBUM_TOKEN=a#b\nOTHER=a#b\n#ALBUM_PASSWORD=a#b\n');
    expect(problems).toEqual([]);
  });

  const text = 'ALBUM_USERNAME=Jürgen\n';

  test.each([
    ['with a byte order mark', Buffer.from(`\ufeff${text}`, 'utf16le')],
    ['without one', Buffer.from(text, 'utf16le')],
  ])('a file in UTF-16 %s is to be saved as UTF-8', async (_, content) => {
    expect((await resolveFile(content)).problems).toEqual([
      expect.stringMatching(
        /^The settings file .*\.env is in UTF-16, not in UTF-8\. Save it as UTF-8/,
      ),
    ]);
  });

  test('a file in Latin-1 is to be saved as UTF-8 too', async () => {
    expect((await resolveFile(Buffer.from(text, 'latin1'))).problems).toEqual([
      expect.stringMatching(/is not in UTF-8/),
    ]);
  });

  test('a byte order mark before UTF-8 does no harm', async () => {
    const { settings, problems } = await resolveFile(`\ufeff${text}`);
    expect(problems).toEqual([]);
    expect(settings.username).toBe('Jürgen');
  });
});

describe('proxies', () => {
  test.each([
    [{}, { except: '' }],
    [{ HTTP_PROXY: '' }, { except: '' }],
    [
      { HTTP_PROXY: 'http://a:1' },
      { http: { url: 'http://a:1', variable: 'HTTP_PROXY' }, except: '' },
    ],
    [
      { HTTP_PROXY: 'http://a:1', http_proxy: 'http://b:2' },
      { http: { url: 'http://b:2', variable: 'http_proxy' }, except: '' },
    ],
    [
      { HTTP_PROXY: 'a.example:3128', NO_PROXY: 'b.example' },
      { http: { url: 'http://a.example:3128', variable: 'HTTP_PROXY' }, except: 'b.example' },
    ],
    [
      { ALL_PROXY: 'http://a:1', https_proxy: 'https://b:2', no_proxy: 'c', NO_PROXY: 'd' },
      {
        http: { url: 'http://a:1', variable: 'ALL_PROXY' },
        https: { url: 'https://b:2', variable: 'https_proxy' },
        except: 'c',
      },
    ],
  ])('%j', (environment, settings) => {
    const problems: string[] = [];
    expect(readProxySettings(environment, problems)).toEqual(settings);
    expect(problems).toEqual([]);
  });

  test.each([
    [{ HTTP_PROXY: 'http://' }, 'HTTP_PROXY is "http://"; '],
    [{ https_proxy: 'http://a:port' }, 'https_proxy is "http://a:port"; '],
    [{ ALL_PROXY: 'socks5://a:1080' }, 'ALL_PROXY is "socks5://a:1080"; '],
    [{ HTTP_PROXY: 'ftp://anna:s3cret@a' }, 'HTTP_PROXY is "ftp://…@a"; '],
    [{ HTTP_PROXY: 'anna:s3:cr@et@a:port' }, 'HTTP_PROXY is "…@a:port"; '],
  ])('%j is a problem, said once and without a password', (environment, begin) => {
    const problems: string[] = [];
    readProxySettings(environment, problems);
    expect(problems).toEqual([
      `${begin}it takes the http or https address of a proxy, such as http://proxy.example:3128`,
    ]);
  });
});
