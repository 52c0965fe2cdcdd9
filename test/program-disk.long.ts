import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { picture } from './helpers/escape-site.js';
import { startProgram } from './helpers/program.js';
import { savedAlbum } from './helpers/saved-album.js';
import { withTemporaryFolder } from './helpers/temporary-folder.js';
import { withServer } from './helpers/with-server.js';

const profile = `
name: club
title: The club
signIn: { by: none }
item:
  row: a
  id: { attribute: id }
  original: [{ attribute: href }]
`;

/** A film of more than 4 MB, and two pictures. */
function withFilm(work: (cwd: string, crawl: string[]) => Promise<void>): Promise<void> {
  const head = Buffer.from('\0\0\0\x10ftypisom\0\0\0\0', 'latin1');
  const rest = Buffer.from('\0\x50\0\0mdat', 'latin1');
  const film = Buffer.concat([head, rest, Buffer.alloc(0x50_0000 - rest.length)]);
  return withServer(
    async ({ url }, response) => {
      if (url === '/')
        response.end('<a id="1" href="/1"><a id="film" href="/film"><a id="2" href="/2">');
      else response.end(url === '/film' ? film : await picture(Number(url?.slice(1))));
    },
    (origin) =>
      withTemporaryFolder((cwd) => {
        writeFileSync(join(cwd, 'club.yaml'), profile);
        return work(cwd, ['crawl', '--profile', 'club.yaml', '--url', `${origin}/`]);
      }),
  );
}

test('a film that is too large for the disk fails alone, with its reason, in a run and in exports', () =>
  withFilm(async (cwd, crawl) => {
    const limit = 'ulimit -f 4000';
    const limited = await startProgram(crawl, { cwd, limit }).ended;
    expect(limited.code).toBe(3);
    expect(limited.err).toMatch(
      /Not saved: film \(.*larger than a file may be.*EFBIG; FAT32.*exFAT/,
    );
    expect(limited.err).toContain('saved 2 · already had 0 · failed 1 · listed 3');
    expect((await startProgram(crawl, { cwd }).ended).code).toBe(0);

    const film = (await savedAlbum(join(cwd, 'storage'))).find(({ id }) => id === 'film');
    expect(film).toMatchObject({ status: 'saved', bytes: 0x50_0010 });
    const toFiles = ['export', '--format', 'files', '--copy', '--out', 'files'];
    const files = await startProgram(toFiles, { cwd, limit }).ended;
    expect(files.code).toBe(3);
    expect(files.err).toMatch(/Not exported: film as .*EFBIG/);
    expect(files.err).toContain('added 2 · already there 0 · not exported 1 · saved 3');
    const toGallery = ['export', '--format', 'gallery', '--copy', '--out', 'gallery'];
    const gallery = await startProgram(toGallery, { cwd, limit }).ended;
    expect(gallery.code).toBe(3);
    expect(gallery.err).toMatch(/film\.mp4 is left out: .*EFBIG/);
    expect(gallery.err).toContain('2 photos in the gallery');
  }));

test('in a working folder that is gone the program says so', () =>
  withFilm(async (cwd, crawl) => {
    const limit = 'mkdir gone && cd gone && rmdir ../gone';
    const words = crawl.map((word) => (word === 'club.yaml' ? join(cwd, word) : word));
    for (const storage of ['./storage', join(cwd, 'storage')]) {
      const { code, err } = await startProgram([...words, '--storage', storage], { cwd, limit })
        .ended;
      expect({ storage, code }).toEqual({ storage, code: 6 });
      expect(err).toContain('put it back, or choose another one');
      expect(err).not.toMatch(/\n\s+at /);
    }
  }));

test('where too few files may be open the program says so', () =>
  withFilm(async (cwd, crawl) => {
    for (const limit of ['ulimit -n 28', 'ulimit -n 34', 'ulimit -n 38']) {
      const { code, err } = await startProgram(crawl, { cwd, limit }).ended;
      expect({ limit, code }).toEqual({ limit, code: 6 });
      expect(err).toContain('(ulimit -n)');
      expect(err).not.toMatch(/\n\s+at /);
    }
  }));
