import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { RunControl } from '../../src/crawl/run-control.js';
import { EscapeError } from '../../src/errors.js';
import { type Pulled, pullAlbum } from '../../src/fleet/pull.js';
import { originalKey } from '../../src/fleet/state/keys.js';
import type { ObjectStore } from '../../src/fleet/store/object-store.js';
import { originalRequests } from '../helpers/request-log.js';
import { runProgram } from '../helpers/run-program.js';
import { comparison, originalFiles, savedAlbum } from '../helpers/saved-album.js';
import { albumId, withFleetAlbum } from './fleet-album.js';

const pull = (store: ObjectStore, folder: string, id = albumId): Promise<Pulled> =>
  pullAlbum(id, store, folder, () => () => undefined, new RunControl());

test('a pulled album is an ordinary storage folder, on which every command works', () =>
  withFleetAlbum({ photos: 20, pageSize: 6 }, async ({ replica, store, folder, work }) => {
    await work();
    const out = join(folder, 'storage');
    const pulled = await pull(store, out);
    expect(pulled).toMatchObject({
      originals: 20,
      problems: [],
      counts: { listed: 20, saved: 20 },
    });
    const { saved, served } = await comparison(out, replica);
    expect(saved).toEqual(served);
    expect((await originalFiles(out)).every((name) => /^[\da-f-]+_\d+\.jpg$/.test(name))).toBe(
      true,
    );
    expect(readdirSync(join(out, 'key_value_stores', 'pages'))).toHaveLength(4);

    writeFileSync(join(folder, '.env'), replica.envLines);
    const run = (...words: string[]) => runProgram(words, { cwd: folder });
    expect((await run('verify')).err).toContain('20 files checked');
    expect((await run('status')).out).toContain('20');
    expect((await run('report')).code).toBe(0);
    expect(JSON.parse((await run('export', '--format', 'ids')).out)).toHaveLength(20);
    replica.addPhotos(3);
    expect((await run()).err).toContain('saved 3 · already had 20 · failed 0 · listed 23');
    expect(originalRequests(replica)).toHaveLength(23);
  }));

test('a pull that is run again fetches what is missing, damaged or new, and nothing else', () =>
  withFleetAlbum({ photos: 12 }, async ({ replica, store, folder, work }) => {
    await work();
    const out = join(folder, 'storage');
    await pull(store, out);
    const [gone = '', changed = ''] = (await savedAlbum(out)).map(({ file }) => String(file));
    rmSync(join(out, gone));
    writeFileSync(join(out, changed), 'not a photo');
    const opened: string[] = [];
    const watched = new Proxy(store, {
      get: (target, verb: keyof ObjectStore) =>
        verb === 'open'
          ? (key: string) => {
              opened.push(key);
              return target.open(key);
            }
          : (target[verb] as () => unknown).bind?.(target),
    });
    expect(await pull(watched, out)).toMatchObject({ originals: 12, problems: [] });
    expect(opened.filter((key) => key.startsWith('originals/'))).toHaveLength(2);
    replica.addPhotos(2);
    await work({ attempt: 2 });
    expect(await pull(watched, out)).toMatchObject({ originals: 14, counts: { listed: 14 } });
    expect(opened.filter((key) => key.startsWith('originals/'))).toHaveLength(4);
    const { saved, served } = await comparison(out, replica);
    expect(saved).toEqual(served);
  }));

test('a pull that is stopped resumes', () =>
  withFleetAlbum({ photos: 30 }, async ({ replica, store, folder, work }) => {
    await work();
    const out = join(folder, 'storage');
    const control = new RunControl();
    const stopped = pullAlbum(
      albumId,
      store,
      out,
      (progress) => {
        Object.defineProperty(progress, 'files', {
          get: () => files,
          set: (value) => {
            files = value;
            if (files === 10) control.stop(new EscapeError('interrupted', 'Stopped.'));
          },
        });
        let files = 0;
        return () => undefined;
      },
      control,
    );
    await expect(stopped).rejects.toThrow('Stopped.');
    expect(existsSync(join(out, 'photo-escape.sqlite'))).toBe(false);
    expect((await originalFiles(out)).length).toBeGreaterThanOrEqual(10);
    await pull(store, out);
    const { saved, served } = await comparison(out, replica);
    expect(saved).toEqual(served);
  }));

test('a folder with something else in it is refused, untouched', () =>
  withFleetAlbum({ photos: 3 }, async ({ replica, store, folder, work }) => {
    await work();
    const used = join(folder, 'used');
    mkdirSync(used);
    writeFileSync(join(used, 'letter.txt'), 'Dear Anna');
    await expect(pull(store, used)).rejects.toThrow(`${used} is not empty`);
    expect(readdirSync(used)).toEqual(['letter.txt']);

    const out = join(folder, 'storage');
    await pull(store, out);
    await expect(pull(store, out, 'other')).rejects.toThrow(`${out} is for the album ${albumId}`);
    writeFileSync(join(folder, '.env'), replica.envLines);
    await runProgram([], { cwd: folder });
    const database = readFileSync(join(out, 'photo-escape.sqlite'));
    await expect(pull(store, out)).rejects.toThrow('was saved on from there since it was pulled');
    expect(readFileSync(join(out, 'photo-escape.sqlite')).equals(database)).toBe(true);
  }));

test('originals that the store has lost or damaged are named; an unknown album is refused', () =>
  withFleetAlbum({ photos: 5 }, async ({ replica, store, folder, work }) => {
    await work();
    const [lost, damaged] = replica.photos();
    const state = await pull(store, join(folder, 'first'));
    expect(state.problems).toEqual([]);
    const rows = await savedAlbum(join(folder, 'first'));
    const hash = (id?: string) => String(rows.find((row) => row.id === id)?.sha256);
    await store.remove(originalKey(hash(lost?.id)));
    await store.putBytes(originalKey(hash(damaged?.id)), Buffer.from('not a photo'));
    const { originals, problems } = await pull(store, join(folder, 'second'));
    expect(originals).toBe(3);
    expect(Object.fromEntries(problems.map(({ id, problem }) => [id, problem]))).toEqual({
      [String(lost?.id)]: 'the store does not have it',
      [String(damaged?.id)]: 'what the store has is damaged: its SHA-256 differs',
    });
    await expect(pull(store, join(folder, 'third'), 'nobody')).rejects.toThrow(
      /has no state of an album nobody/,
    );
  }));
