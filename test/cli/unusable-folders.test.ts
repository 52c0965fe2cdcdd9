import { symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { expect, test } from '@jest/globals';
import { runProgram } from '../../src/cli/program.js';
import { RunControl } from '../../src/crawl/run-control.js';
import { withAlbumIn } from '../album/with-album.js';
import { listedPhoto, savedOutcome } from '../helpers/sample-photo.js';
import { withTemporaryFolder } from '../helpers/temporary-folder.js';

async function run(words: string[]) {
  const [out, err] = [new PassThrough(), new PassThrough()];
  const terminal = { in: new PassThrough(), out, err };
  const ending = await runProgram(words, { terminal, environment: {}, control: new RunControl() });
  return { ending, out: String(out.read() ?? ''), err: String(err.read() ?? '') };
}

const oneSentence = /^(?!.*Unexpected)[^\n]+\n$/;
const places = ['absent', 'absent/a', 'file', 'file/a', 'circle', 'long'.repeat(100)];

function withPlaces(work: (folder: string, places: string[]) => Promise<void>): Promise<void> {
  return withTemporaryFolder((folder) => {
    writeFileSync(join(folder, 'file'), '');
    symlinkSync(join(folder, 'nowhere'), join(folder, 'absent'));
    symlinkSync(join(folder, 'circle'), join(folder, 'circle'));
    const pseudo = process.platform === 'linux' ? ['/proc/a/b', '/dev/null', '/dev/null/a'] : [];
    return work(folder, [...places.map((name) => join(folder, name)), ...pseudo]);
  });
}

test('a storage folder that cannot be made ends a run with a sentence', () =>
  withPlaces(async (_folder, places) => {
    for (const storage of places) {
      const words = ['--profile', 'thumbsup', '--url', 'http://127.0.0.1:9/', '--storage', storage];
      expect(await run(['crawl', ...words])).toEqual({
        ending: 'disk',
        out: '',
        err: expect.stringMatching(oneSentence),
      });
    }
  }));

test('where there is no storage folder, what reads one says so', () =>
  withPlaces(async (folder, places) => {
    for (const storage of places) {
      for (const words of [['status'], ['export', '--format', 'ids'], ['verify'], ['report']]) {
        expect(await run([...words, '--storage', storage])).toEqual({
          ending: 'usage',
          out: '',
          err: expect.stringMatching(/^There is no album in .* yet\. [^\n]+\n$/),
        });
      }
    }
    expect((await run(['verify', join(folder, 'file')])).ending).toBe('usage');
  }));

test('an export that cannot be written ends with a sentence', () =>
  withPlaces(async (folder, places) => {
    const storage = join(folder, 'storage');
    await withAlbumIn(storage, async ({ album, push }) => {
      await album.setIdentity({ profile: 'club', url: 'https://club.test/', username: '' });
      await push(savedOutcome(listedPhoto('a')));
      await album.listing.write(1, [listedPhoto('a')]);
    });
    for (const out of places) {
      for (const format of ['files', 'gallery', 'json']) {
        const inIt = format === 'json' ? join(out, 'album.json') : out;
        const ended = await run([
          'export',
          '--format',
          format,
          '--out',
          inIt,
          '--storage',
          storage,
        ]);
        expect({ format, folder: out, ...ended }).toMatchObject({
          ending: 'disk',
          err: expect.stringMatching(oneSentence),
        });
      }
      expect(await run(['report', '--out', out, '--storage', storage])).toMatchObject({
        ending: 'disk',
        err: expect.stringMatching(oneSentence),
      });
    }
  }));
