import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, readdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { packageFile } from '../../src/files/package-folder.js';
import { withTemporaryFolder } from '../helpers/temporary-folder.js';

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
