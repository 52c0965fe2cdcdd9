import { createHash, randomBytes } from 'node:crypto';
import { appendFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { describeSwift } from '../../helpers/swift-test.js';
import { withTemporaryFolder } from '../../helpers/temporary-folder.js';
import { withSwiftStore } from './swift-store.js';

describeSwift('a store in S3', (swift) => {
  test('takes a large file in parts, and no part of one that has changed', () =>
    withSwiftStore(swift(), ({ store }) =>
      withTemporaryFolder(async (folder) => {
        const path = join(folder, 'film');
        const megabyte = randomBytes(2 ** 20);
        const size = 105;
        const hash = createHash('sha256');
        for (let part = 0; part < size; part += 1) {
          appendFileSync(path, megabyte);
          hash.update(megabyte);
        }
        const film = { path, bytes: size * 2 ** 20, sha256: hash.digest('hex') };
        await store.putFile('film', film);
        const found = createHash('sha256');
        for await (const chunk of (await store.open('film')) ?? []) found.update(chunk);
        expect(found.digest('hex')).toBe(film.sha256);
        appendFileSync(path, 'x');
        await expect(store.putFile('changed', film)).rejects.toThrow('no longer has the SHA-256');
        expect(await store.list('')).toEqual(['film']);
      }),
    ));
});
