import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { statSync } from 'node:fs';
import { text } from 'node:stream/consumers';
import { expect, test } from '@jest/globals';
import { packageFile } from '../src/files/package-folder.js';
import { withProgramReplica } from './helpers/program-replica.js';
import { withTemporaryFolder } from './helpers/temporary-folder.js';

const noteKeptCode = new URL('helpers/note-kept-code.mjs', import.meta.url).href;

/** Runs the program. @returns the bytes of the code that was kept of each of its scripts, where V8 took it */
async function keptCode(cwd: string, command: string): Promise<Record<string, number>> {
  const words = ['--import', noteKeptCode, packageFile('dist/main.js'), command];
  const program = spawn(process.execPath, words, {
    cwd,
    env: { PATH: process.env.PATH, HOME: cwd },
  });
  const [printed] = await Promise.all([text(program.stderr), once(program, 'exit')]);
  const kept = printed.matchAll(/^photo-escape\/(.+)\.script: kept (\d+)$/gm);
  return Object.fromEntries([...kept].map(([, name, bytes]) => [name, Number(bytes)]));
}

test('the program and its thread start with the code that V8 made of them at the build', () =>
  withProgramReplica({ photos: 1 }, async (_replica, cwd) => {
    const kept = await keptCode(cwd, 'crawl');

    expect(Object.keys(kept)).toEqual(['program', 'original-worker']);
  }));

test('the help text starts with the code that it needs itself, a small part of it all', () =>
  withTemporaryFolder(async (cwd) => {
    const { size } = statSync(packageFile('dist/program.cache'));

    expect((await keptCode(cwd, '--help')).program).toBeLessThan(size / 2);
  }));
