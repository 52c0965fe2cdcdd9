import { execFileSync, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { checksumList } from '../../src/files/write-checksum-list.js';
import { withTemporaryFolder } from '../helpers/temporary-folder.js';

const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');
const hasSha256sum = spawnSync('sha256sum', ['--version']).status === 0;

test('the list has a line for each file, by name', () => {
  const list = checksumList([
    { name: 'b/c.jpg', sha256: 'cd' },
    { name: 'a.jpg', sha256: 'ab' },
  ]);
  expect(list).toBe('ab  a.jpg\ncd  b/c.jpg\n');
});

(hasSha256sum ? test : test.skip)('sha256sum reads it, whatever the names', () =>
  withTemporaryFolder((folder) => {
    const names = [
      'plain.jpg',
      ' a b ',
      'Größe 語',
      '\\',
      'a\\nb',
      'a\nb',
      'a\r',
      '*x',
      '-c',
      '\\\n',
    ];
    for (const name of names) writeFileSync(join(folder, name), name);
    const list = checksumList(names.map((name) => ({ name, sha256: sha256(name) })));
    writeFileSync(join(folder, 'SHA256SUMS'), list);

    const check = ['-c', '--strict', '--quiet', 'SHA256SUMS'];
    expect(execFileSync('sha256sum', check, { cwd: folder, encoding: 'utf8' })).toBe('');
    writeFileSync(join(folder, 'a\nb'), 'changed');
    expect(spawnSync('sha256sum', check, { cwd: folder }).status).toBe(1);
  }),
);
