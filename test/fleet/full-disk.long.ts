import { chmodSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { startReplica } from '../../src/replica/server.js';
import { startProgram } from '../helpers/program.js';
import { redisIsWanted, withRedis } from '../helpers/redis-server.js';
import { comparison } from '../helpers/saved-album.js';
import { canMountDisks, withSmallDisk } from '../helpers/small-disk.js';
import { withTemporaryFolder } from '../helpers/temporary-folder.js';

const onSmallDisk = redisIsWanted && (await canMountDisks()) ? test : test.skip;

onSmallDisk(
  'an album whose worker has a full disk goes to another worker, and nothing is lost',
  () =>
    withRedis(({ url }) =>
      withSmallDisk(2, (disk) =>
        withTemporaryFolder(async (cwd) => {
          // Two originals fit on the disk, four do not.
          const replica = await startReplica({ photos: 8, photoBytes: 700_000 });
          try {
            const { username, password } = replica;
            const row = `a,kodak-pulse,${replica.url},${username}\n`;
            writeFileSync(join(cwd, 'albums.csv'), `id,profile,url,username\n${row}`);
            writeFileSync(join(cwd, 'secrets.csv'), `id,password\na,${password}\n`);
            chmodSync(join(cwd, 'secrets.csv'), 0o600);
            const env = {
              FLEET_REDIS_URL: url,
              FLEET_STORE: 'store',
              FLEET_SECRETS: 'secrets.csv',
            };
            const fleet = (...words: string[]) =>
              startProgram(['fleet', ...words], { cwd, env }).ended;
            await fleet('add', 'albums.csv');

            const full = await fleet('work', '--until-empty', '--storage', join(disk, 'work'));
            expect(full.code).toBe(6);
            expect(full.err).toContain('a: given back: this machine cannot work on it');
            expect(full.err).toMatch(/disk.*full/i);
            expect(JSON.parse((await fleet('status', '--json')).out).counts.waiting).toBe(1);
            expect((await fleet('work', '--until-empty')).code).toBe(0);
            expect((await fleet('pull', 'a', '--out', 'pulled')).code).toBe(0);
            const { saved, served } = await comparison(join(cwd, 'pulled'), replica);
            expect(saved).toEqual(served);
          } finally {
            await replica.close();
          }
        }),
      ),
    ),
);
