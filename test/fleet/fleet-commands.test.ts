import { spawnSync } from 'node:child_process';
import { chmodSync, cpSync, mkdirSync, readdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { packageFile } from '../../src/files/package-folder.js';
import { startReplica } from '../../src/replica/server.js';
import { withOldRedis } from '../helpers/old-redis.js';
import { withRedis } from '../helpers/redis-server.js';
import { redisTest } from '../helpers/redis-test.js';
import { runProgram } from '../helpers/run-program.js';
import { comparison } from '../helpers/saved-album.js';
import { withTemporaryFolder } from '../helpers/temporary-folder.js';

describe('the commands', () => {
  const list = 'id,profile,url,username\n';

  /** Runs a command of a fleet whose Redis is not there. */
  function fleet(words: string[], env: Record<string, string> = {}) {
    return withTemporaryFolder((cwd) => runProgram(['fleet', ...words], { cwd, env }));
  }

  test('a command that is not there, an argument that is missing', async () => {
    expect((await fleet(['wrok'])).err).toContain("unknown command 'wrok'");
    expect(await fleet(['add'])).toMatchObject({ code: 2 });
    expect((await fleet(['pull', 'a'])).err).toContain("'--out <DIR>' not specified");
  });

  test('what is missing for a worker is told at once', async () => {
    const { code, err } = await fleet(['work'], { FLEET_ALBUMS: '0', FLEET_SECRET: 'x' });

    expect(code).toBe(2);
    expect(err).toContain('FLEET_ALBUMS is "0"; it takes a whole number from 1 to 64');
    expect(err).toContain('FLEET_SECRET (in the environment) is not a setting of this program');
    expect((await fleet(['work'])).err).toContain('FLEET_STORE (or --store) is not set');
    const broken = await fleet(['work', '--store', 's3://', '--secrets', '/no/file']);
    expect(broken.err).toContain('--store is "s3://"');
    expect(broken.err).toContain('The secrets file /no/file cannot be read');
  });

  test('without a Redis it says where it looked', async () => {
    const { code, err } = await fleet(['status', '--redis', 'redis://:hidden-word@127.0.0.1:1']);

    expect(code).toBe(5);
    expect(err).toBe(
      'There is no Redis at redis://127.0.0.1:1 (ECONNREFUSED). Start one (redis-server --appendonly yes), or name yours with FLEET_REDIS_URL or --redis.\n',
    );
  });

  test('a Redis that is too old is refused, with the version that is needed', async () => {
    await withOldRedis('6.0.16', async (url) => {
      for (const words of [['status'], ['add', '--retry', 'a'], ['board', '--port', '0']]) {
        const { code, err } = await fleet(words, { FLEET_REDIS_URL: url });
        expect({ words, code }).toEqual({ words, code: 2 });
        expect(err).toContain(`Redis at ${url} has the version 6.0.16; a fleet needs 6.2 or newer`);
      }
    });
  });

  test('secrets that others can read are refused before an album is taken', () =>
    withTemporaryFolder(async (folder) => {
      const secrets = join(folder, 'secrets.csv');
      writeFileSync(secrets, 'id,password\na,hidden-word\n');
      chmodSync(secrets, 0o644);
      const { code, err } = await fleet(['work', '--store', folder, '--secrets', secrets]);
      expect(code).toBe(2);
      expect(err).toContain(`${secrets} has the mode 0644`);
      expect(err).toContain(`chmod 600 ${secrets}`);
      expect(err).not.toContain('hidden-word');
    }));

  test('a store that cannot be written is refused before an album is taken', async () => {
    const { code, err } = await fleet(['work', '--store', '/proc/store']);
    expect(code).toBe(6);
    expect(err).toContain('Cannot use /proc/store');
  });

  redisTest('a wrong password of Redis, and one that forgets keys, are refused', async () => {
    await withRedis(
      async ({ url }) => {
        const withWord = url.replace('://', '://:hidden-word@');
        for (const address of [url, withWord]) {
          const { code, err } = await fleet(['status'], { FLEET_REDIS_URL: address });
          expect(code).toBe(2);
          expect(err).toMatch(/refuses the user or the password of FLEET_REDIS_URL/);
          expect(err).not.toContain('hidden-word');
        }
      },
      ['--requirepass', 'another'],
    );
    await withRedis(
      async ({ url }) => {
        const { code, err } = await fleet(['status'], { FLEET_REDIS_URL: url });
        expect(code).toBe(2);
        expect(err).toContain('maxmemory-policy allkeys-lru');
      },
      ['--maxmemory-policy', 'allkeys-lru'],
    );
  });

  redisTest('a list is added, worked on, shown and pulled', () =>
    withRedis(async ({ url }) => {
      const replica = await startReplica({ photos: 5, photoBytes: 4000 });
      try {
        await withTemporaryFolder(async (cwd) => {
          const run = (...words: string[]) =>
            runProgram(['fleet', ...words], {
              cwd,
              env: { FLEET_REDIS_URL: url, FLEET_STORE: 'store', FLEET_SECRETS: 'secrets.csv' },
            });
          writeFileSync(
            join(cwd, 'albums.csv'),
            `${list}17,kodak-pulse,${replica.url},${replica.username}\nother,kodak-pulse,${replica.url}x,other\n`,
          );
          writeFileSync(
            join(cwd, 'secrets.csv'),
            `id,password\n17,${replica.password}\nother,wrong\n`,
          );
          chmodSync(join(cwd, 'secrets.csv'), 0o600);

          expect((await run('status')).out).toBe(
            'No album is queued. Add some: fleet add albums.csv\n',
          );
          expect(await run('add', 'albums.csv')).toMatchObject({
            code: 0,
            out: 'added 2 · already there 0\n',
          });
          expect((await run('add', 'albums.csv')).out).toBe('added 0 · already there 2\n');
          const worked = await run('work', '--until-empty');
          expect(worked).toMatchObject({ code: 0, out: '' });
          expect(worked.err).not.toContain(replica.password);

          const status = await run('status', '--json');
          const refused = 'The user name or password provided is incorrect.';
          expect(JSON.parse(status.out)).toEqual({
            schema: 1,
            counts: {
              ...{ waiting: 0, active: 0, complete: 1, incomplete: 0 },
              ...{ needsPerson: 1, failed: 0 },
            },
            albums: [
              {
                ...{ id: '17', profile: 'kodak-pulse', url: replica.url, state: 'complete' },
                ...{ attempts: 1, listed: 5, saved: 5, failed: 0, reason: null },
              },
              {
                ...{ id: 'other', profile: 'kodak-pulse', url: `${replica.url}x` },
                ...{ state: 'needsPerson', attempts: 1, listed: 0, saved: 0, failed: 0 },
                reason: expect.stringContaining(refused),
              },
            ],
          });
          const { out: shown } = await run('status');
          expect(shown).toMatch(
            /^waiting 0 · active 0 · complete 1 · incomplete 0 · needs a person 1/,
          );
          expect(shown).toMatch(/^17 +complete +1 +5 of 5$/m);

          expect(await run('pull', '17', '--out', 'pulled')).toMatchObject({ code: 0 });
          const { saved, served } = await comparison(join(cwd, 'pulled'), replica);
          expect(saved).toEqual(served);
          expect((await run('pull', 'none', '--out', 'x')).err).toContain(
            'no state of an album none',
          );
        });
      } finally {
        await replica.close();
      }
    }),
  );
});

describe('packages that are missing', () => {
  /** The packages of the fleet's own commands. */
  const left = ['bullmq', 'ioredis', '@aws-sdk', '@bull-board', 'hono', '@hono', 'csv-parse'];

  /** Installs the program into the folder without these packages, as npm does where it cannot get them. */
  function installWithout(packages: readonly string[], folder: string): void {
    for (const part of ['dist', 'gallery', 'profiles', 'package.json']) {
      cpSync(packageFile(part), join(folder, part), { recursive: true });
    }
    mkdirSync(join(folder, 'node_modules'));
    for (const name of readdirSync(packageFile('node_modules'))) {
      if (packages.includes(name) || name.startsWith('.')) continue;
      symlinkSync(packageFile(`node_modules/${name}`), join(folder, 'node_modules', name));
    }
  }

  test('without the packages of a fleet all else works, and its commands say what to install', () =>
    withTemporaryFolder(async (folder) => {
      installWithout(left, folder);
      const run = (...words: string[]) => {
        const { status, stderr } = spawnSync(
          process.execPath,
          [join(folder, 'dist', 'main.js'), ...words],
          { cwd: folder, encoding: 'utf8', env: { PATH: process.env.PATH, HOME: folder } },
        );
        return { status, stderr };
      };

      expect(run('demo', '--photos', '3')).toMatchObject({ status: 0 });
      for (const words of [
        ['status'],
        ['add', 'albums.csv'],
        ['work', '--store', 's3://albums'],
        ['board'],
        ['pull', 'a', '--out', 'a', '--store', 's3://albums'],
      ]) {
        const { status, stderr } = run('fleet', ...words);
        expect({ words, status, stderr }).toEqual({
          ...{ words, status: 2 },
          stderr: expect.stringMatching(
            /^This command needs the package \S+, which is not installed.*: npm ci --include=optional\n$/,
          ),
        });
      }
    }));
});
