import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import {
  missing,
  requireSettings,
  resolveSettings,
  type SettingSources,
} from '../../src/settings/settings.js';
import { type SettingName, settingsTable, stdinNames } from '../../src/settings/settings-table.js';
import { withTemporaryFolder } from '../helpers/temporary-folder.js';

const everything = Object.keys(settingsTable) as SettingName[];
const userAgent = settingsTable.userAgent.default;
const thumbnails = 'sample';

function resolve(sources: Partial<SettingSources>, names: SettingName[] = everything) {
  return resolveSettings({ flags: {}, environment: {}, dotenvFile: '/no/.env', ...sources }, names);
}

/** What is wrong with one setting, given as a flag. */
function problemsOf(name: SettingName, text: string): string[] {
  return resolve({ flags: { [name]: text } }, [name]).problems;
}

function withDotenv(text: string, work: (dotenvFile: string) => void): Promise<void> {
  return withTemporaryFolder((folder) => {
    const dotenvFile = join(folder, '.env');
    writeFileSync(dotenvFile, text);
    work(dotenvFile);
  });
}

test('without any source the defaults hold, and what has none is missing without complaint', () => {
  expect(resolve({})).toEqual({
    settings: {
      concurrency: 8,
      timeout: 60,
      userAgent,
      thumbnails,
    },
    problems: [],
  });
});

test('flags win over the environment, the environment over .env, .env over the defaults', () =>
  withDotenv(
    'ALBUM_PROFILE=file\nALBUM_USERNAME=file\nALBUM_CONCURRENCY=2\nCRAWLEE_STORAGE_DIR=file\n',
    (dotenvFile) => {
      const { settings, problems } = resolve({
        flags: { profile: 'flag' },
        environment: { ALBUM_PROFILE: 'shell', ALBUM_USERNAME: 'shell', ALBUM_CONCURRENCY: '3' },
        dotenvFile,
      });
      expect(problems).toEqual([]);
      expect(settings).toEqual({
        profile: 'flag',
        username: 'shell',
        concurrency: 3,
        storage: 'file',
        timeout: 60,
        userAgent,
        thumbnails,
      });
    },
  ));

test('an empty value in the environment or .env counts as not set', () =>
  withDotenv('ALBUM_USERNAME=\nALBUM_CONCURRENCY=4\n', (dotenvFile) => {
    const environment = { ALBUM_CONCURRENCY: '', CRAWLEE_STORAGE_DIR: '' };
    expect(resolve({ environment, dotenvFile })).toEqual({
      settings: {
        concurrency: 4,
        timeout: 60,
        userAgent,
        thumbnails,
      },
      problems: [],
    });
  }));

test('an empty flag is a problem', () => {
  expect(problemsOf('storage', '')).toEqual(['--storage is ""; it takes the path of a folder']);
});

test.each(['1', '8', '64'])('concurrency takes %s', (text) => {
  expect(resolve({ flags: { concurrency: text } }).settings.concurrency).toBe(Number(text));
});

test.each(['0', '65', '-1', '1.5', '1e1', 'eight', '٨', '99999999999999999999'])(
  'concurrency refuses %j, and says what would do',
  (text) => {
    expect(problemsOf('concurrency', text)).toEqual([
      `--concurrency is ${JSON.stringify(text)}; it takes a whole number from 1 to 64`,
    ]);
  },
);

test.each(['0', '3601', '1.5', 'long'])('a timeout of %s seconds is refused', (text) => {
  expect(problemsOf('timeout', text)).toEqual([
    `--timeout is "${text}"; it takes a whole number of seconds from 1 to 3600`,
  ]);
});

test.each(['chrome', 'edge:Default', 'safari', 'firefox:'])(
  '%s is no browser whose cookies are read, and it says what to do',
  (text) => {
    expect(problemsOf('cookiesFromBrowser', text).join()).toMatch(
      /^--cookies-from-browser is .* encrypt .* --cookies FILE$/,
    );
  },
);

test('a pasted cookie may hold letters of any script, and names with a prefix', () => {
  const cookie = '__Secure-a=1; __Host-b=2; name=北海道';
  expect(resolve({ environment: { ALBUM_COOKIE: cookie } }).settings.cookie).toBe(cookie);
});

test('a number may have space around it', () => {
  expect(problemsOf('concurrency', ' 8 ')).toEqual([]);
});

test.each(['', 'some', 'ALL'])('%j are no thumbnails to look at', (text) => {
  expect(problemsOf('thumbnails', text)).toHaveLength(1);
});

test.each(['', 'photos\n', 'fotos/1.0 (für Anna)', 'a\0b'])(
  'the user agent %j is refused',
  (text) => {
    expect(problemsOf('userAgent', text)).toHaveLength(1);
  },
);

test('an address is brought to its usual form, so that two spellings are one album', () => {
  const { settings } = resolve({ flags: { url: 'HTTPS://Example.com:443' } }, ['url']);
  expect(settings.url).toBe('https://example.com/');
});

test.each(['ftp://example.com/', 'javascript:alert(1)', 'file:///etc/passwd'])(
  'the address %s is refused',
  (text) => {
    expect(problemsOf('url', text)).toHaveLength(1);
  },
);

// `new URL` in the refinement throws, since zod refines what the check before it has refused.
test.each(['example.com', 'nonsense', ''])('%j in place of an address is a problem', (text) => {
  expect(problemsOf('url', text)).toHaveLength(1);
});

// The whole address is quoted, with the password in it.
test('the complaint about an address does not show the password in it', () => {
  expect(problemsOf('url', 'ftp://me:s3cret@example.com/').join()).toContain('ftp://…@example.com');
});

test('a user name and a password in the address are taken out of it', () => {
  const { settings } = resolve({ flags: { url: 'https://me:p%C3%A4%3Ass@example.com/a' } }, [
    'url',
    'username',
    'password',
  ]);
  expect(settings).toMatchObject({
    url: 'https://example.com/a',
    username: 'me',
    password: 'pä:ss',
  });
});

test('an address changes no user name that is set, and gives none to a command without one', () => {
  const flags = { url: 'https://me@example.com/', username: 'anna' };
  expect(resolve({ flags }, ['url', 'username']).settings.username).toBe('anna');
  expect(resolve({ flags: { url: flags.url } }, ['url']).settings).toEqual({
    url: 'https://example.com/',
  });
});

test('every problem is reported in one go, each with the place it came from', () =>
  withDotenv('ALBUM_MAX_PER_MINUTE=often\n', (dotenvFile) => {
    const { problems } = resolve({
      flags: { concurrency: '0' },
      environment: { ALBUM_URL: 'ftp://example.com' },
      dotenvFile,
    });
    expect(problems).toEqual([
      expect.stringMatching(/^ALBUM_URL is "ftp:/),
      expect.stringMatching(/^--concurrency is "0"/),
      expect.stringContaining(`ALBUM_MAX_PER_MINUTE (in ${dotenvFile}) is "often"`),
    ]);
  }));

test('a misspelt setting is a problem wherever it stands, and the right names are listed', () =>
  withDotenv('ALBUM_PASWORD=s3cret\n', (dotenvFile) => {
    const { problems } = resolve({ environment: { ALBUM_USER: 'me', PATH: '/bin' }, dotenvFile }, [
      'storage',
    ]);
    expect(problems).toEqual([
      expect.stringMatching(/^ALBUM_USER \(in the environment\).*ALBUM_USERNAME/),
      expect.stringMatching(/^ALBUM_PASWORD \(in .*ALBUM_PASSWORD/),
    ]);
    expect(problems.join()).not.toContain('s3cret');
  }));

test('settings that the command does not use are not looked at', () => {
  const environment = { ALBUM_CONCURRENCY: 'many' };
  expect(resolve({ environment }, ['storage'])).toEqual({ settings: {}, problems: [] });
});

test('control characters and endless values do not reach the terminal', () => {
  const [problem = ''] = problemsOf('concurrency', `\x1b[2J${'9'.repeat(5000)}`);
  expect(problem).not.toContain('\x1b');
  expect(problem.length).toBeLessThan(400);
});

test('a .env that cannot be read is a problem, not an absent one', () =>
  withTemporaryFolder((folder) => {
    const dotenvFile = join(folder, '.env');
    mkdirSync(dotenvFile);
    expect(resolve({ dotenvFile }).problems).toEqual([
      expect.stringContaining(`The settings file ${dotenvFile} cannot be read`),
    ]);
  }));

test('the password is taken as it is, from the environment or .env', () =>
  withDotenv(`ALBUM_PASSWORD="p#ss 'w\u00f6rd'"\n`, (dotenvFile) => {
    expect(resolve({ dotenvFile }).settings.password).toBe("p#ss 'w\u00f6rd'");
  }));

test('a secret is never shown, and no flag takes its value', () => {
  expect(stdinNames).toEqual(['password', 'cookie', 'token']);
  for (const name of stdinNames) expect(settingsTable[name].flag).toMatch(/-stdin$/);
  expect(problemsOf('token', 's3cret s3cret')).toEqual([
    '--token-stdin is not valid; it takes the token alone, on one line',
  ]);
  expect(problemsOf('password', '')).toEqual([
    '--password-stdin is empty; it takes the password you sign in with',
  ]);
});

test('a command that checks nothing else is refused with every problem', () => {
  const sources = { flags: { url: 'x' }, environment: { ALBUM_X: '' }, dotenvFile: '/no/.env' };
  expect(() => requireSettings(sources, ['url'])).toThrow(/^ALBUM_X .*\n--url is "x"/);
});

test('what is missing is named with its flag', () => {
  expect(missing('username')).toBe(
    'ALBUM_USERNAME (or --username) is not set; it takes the name you sign in with',
  );
});
