import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { startReplica } from '../src/replica/server.js';
import { withProgramReplica } from './helpers/program-replica.js';
import { runProgram } from './helpers/run-program.js';
import { withTemporaryFolder } from './helpers/temporary-folder.js';

const account = { ALBUM_USERNAME: 'someone@example.com', ALBUM_PASSWORD: 'secret-word' };

/** Runs the program in an empty folder and shows that it left the folder empty. */
async function refused(words: string[], env: Record<string, string>, input = '') {
  return withTemporaryFolder(async (cwd) => {
    const { code, out, err } = await runProgram(words, { cwd, env, input });
    expect(out).toBe('');
    expect(existsSync(join(cwd, 'storage'))).toBe(false);
    expect(err).not.toContain('secret-word');
    return { code, err };
  });
}

describe('bad input ends with code 2, before anything is requested or written', () => {
  test('nothing set: it says what to set, and names the demo', async () => {
    const { code, err } = await refused([], {});

    expect(code).toBe(2);
    expect(err).toContain('ALBUM_USERNAME');
    expect(err).toContain('ALBUM_PASSWORD');
    expect(err).toContain('npm run demo');
  });

  test('empty values count as not set', async () => {
    const { code, err } = await refused([], { ALBUM_USERNAME: '', ALBUM_PASSWORD: '' });

    expect(code).toBe(2);
    expect(err).toContain('ALBUM_USERNAME (or --username) is not set');
  });

  test.each([
    ['an unknown profile', ['--profile', 'myspace'], {}, 'no built-in profile "myspace"'],
    ['a profile file that is not there', ['--profile', './no.yaml'], {}, 'no such file'],
    ['an address that is none', ['--url', 'kodakpulse'], {}, '--url is "kodakpulse"'],
    ['an address of another kind', [], { ALBUM_URL: 'ftp://a.example/' }, 'ALBUM_URL is "ftp:'],
    [
      'an address with a password in it',
      [],
      { ALBUM_URL: 'ftp://a:secret-word@c.example/' },
      'ALBUM_URL is',
    ],
    ['a number out of range', [], { ALBUM_CONCURRENCY: '65' }, 'ALBUM_CONCURRENCY is "65"'],
    ['a number that is none', ['--concurrency', 'many'], {}, '--concurrency is "many"'],
    ['a rate of nothing', ['--max-per-minute', '0'], {}, '--max-per-minute is "0"'],
    ['a misspelt setting', [], { ALBUM_PASWORD: 'x' }, 'ALBUM_PASWORD (in the environment) is not'],
    ['an unknown option', ['--fast'], {}, "unknown option '--fast'"],
    ['an unknown command', ['fetch'], {}, 'fetch'],
    ['an empty password on standard input', ['--password-stdin'], {}, '--password-stdin is empty'],
  ] as [string, string[], Record<string, string>, string][])('%s', async (_, words, env, said) => {
    const { code, err } = await refused(words, { ...account, ...env });

    expect(err).toContain(said);
    expect(code).toBe(2);
  });

  test('cookies on standard input that are none', async () => {
    const { code, err } = await refused(['--cookie-stdin'], {}, 'just-a-word\n');

    expect(code).toBe(2);
    expect(err).toMatch(/^--cookie-stdin is not valid; it takes the Cookie header/);
    expect(err).not.toContain('just-a-word');
  });

  test('all problems are told at once', async () => {
    const { code, err } = await refused(['--profile', 'myspace', '--concurrency', '0'], {
      ALBUM_URL: 'nowhere',
    });

    expect(code).toBe(2);
    for (const name of ['myspace', '--concurrency', 'ALBUM_URL', 'ALBUM_USERNAME', 'PASSWORD']) {
      expect(err).toContain(name);
    }
  });

  test('a .env that cannot be read', async () => {
    await withTemporaryFolder(async (cwd) => {
      mkdirSync(join(cwd, '.env'));
      const { code, err } = await runProgram([], { cwd, env: account });

      expect(code).toBe(2);
      expect(err).toContain('.env cannot be read');
      expect(existsSync(join(cwd, 'storage'))).toBe(false);
    });
  });

  test('a profile file with mistakes: every one is named with its line', async () => {
    await withTemporaryFolder(async (cwd) => {
      writeFileSync(join(cwd, 'mine.yaml'), 'name: Mine!\ntitle: ""\nurl: nowhere\nextra: 1\n');
      const { code, err } = await runProgram(['--profile', './mine.yaml'], { cwd, env: account });

      expect(code).toBe(2);
      for (const place of ['mine.yaml:1: name', 'mine.yaml:2: title', 'mine.yaml:3: url']) {
        expect(err).toContain(place);
      }
      for (const key of ['extra', 'signIn', 'item']) {
        expect(err).toContain(key);
      }
    });
  });

  test('a storage folder of another album, which stays as it is', async () => {
    const replica = await startReplica({ photos: 3, photoBytes: 4000 });
    try {
      await withTemporaryFolder(async (cwd) => {
        const env = {
          ALBUM_URL: replica.url,
          ALBUM_USERNAME: replica.username,
          ALBUM_PASSWORD: replica.password,
        };
        expect((await runProgram([], { cwd, env })).code).toBe(0);
        const asked = replica.requests.length;
        const other = await runProgram([], { cwd, env: { ...env, ALBUM_USERNAME: 'other' } });

        expect(other.code).toBe(2);
        expect(other.err).toContain('belongs to another album');
        expect(other.err).toContain('--storage');
        expect(replica.requests).toHaveLength(asked);
        expect((await runProgram([], { cwd, env })).err).toContain('already had 3');
      });
    } finally {
      await replica.close();
    }
  });
});

describe('a refused sign-in ends with code 4', () => {
  test('and the reason that the site gives', async () => {
    const replica = await startReplica({ photos: 3 });
    try {
      await withTemporaryFolder(async (cwd) => {
        const env = { ...account, ALBUM_URL: replica.url };
        const { code, err, out } = await runProgram([], { cwd, env });

        expect(code).toBe(4);
        expect(out).toBe('');
        expect(err).toMatch(/refused the sign-in: “.+”/);
        expect(err).toContain('ALBUM_PASSWORD');
        expect(err).not.toContain('secret-word');
      });
    } finally {
      await replica.close();
    }
  });

  test('a wrong user name does not keep the folder from the right one', async () => {
    await withProgramReplica({ photos: 3 }, async (replica, cwd) => {
      const typo = await runProgram(['--username', `x${replica.username}`], { cwd });
      expect(typo.code).toBe(4);

      expect((await runProgram([], { cwd })).code).toBe(0);
      const { out } = await runProgram(['status', '--json'], { cwd });
      expect(JSON.parse(out).album.username).toBe(replica.username);
      const again = await runProgram(['--username', `x${replica.username}`], { cwd });
      expect(again.err).toContain('belongs to another album');
    });
  });
});
