import zlib from 'node:zlib';
import { describe, expect, test } from '@jest/globals';
import { bothClients, withClients } from '../helpers/http-clients.js';
import { withServer } from '../helpers/with-server.js';

describe('content codings', () => {
  /** The start of a JPEG, and more bytes than a sample takes. */
  const jpeg = Buffer.concat([
    Buffer.from('ffd8ffe000104a46494600010101004800480000', 'hex'),
    Buffer.alloc(9000, 'photo'),
  ]);
  const gif = Buffer.concat([Buffer.from('GIF89a'), Buffer.alloc(9000, 'photo')]);
  const page = Buffer.from('<!doctype html><p>Gänse und Enten</p>');
  const json = Buffer.from('{"photos":[1,2,3]}');

  const { gzipSync, deflateSync, deflateRawSync, brotliCompressSync } = zlib;

  describe.each(bothClients)('the %s client', (kind) => {
    const fetched = (headers: Record<string, string>, body: Buffer) =>
      withServer(
        (_request, response) => response.writeHead(200, headers).end(body),
        (origin) =>
          withClients(origin, async ({ fetch }) => {
            const { bytes } = await fetch[kind](origin);
            return bytes;
          }),
      );

    describe.each([
      ['a JPEG', jpeg],
      ['a page', page],
      ['one byte', Buffer.from('a')],
    ])('removes true codings of %s', (_name, bytes) => {
      test.each([
        ['gzip', gzipSync(bytes)],
        ['X-GZIP', gzipSync(bytes)],
        ['deflate', deflateSync(bytes)],
        ['deflate', deflateRawSync(bytes)],
        ['br', brotliCompressSync(bytes)],
        ['gzip, br', brotliCompressSync(gzipSync(bytes))],
        ['br, gzip', gzipSync(brotliCompressSync(bytes))],
        ['gzip, gzip', gzipSync(gzipSync(bytes))],
        ['identity, gzip', gzipSync(bytes)],
      ])('%s', async (coding, body) => {
        expect((await fetched({ 'content-encoding': coding }, body)).equals(bytes)).toBe(true);
      });
    });

    describe.each([
      ['a JPEG', jpeg],
      ['a GIF', gif],
      ['a page', page],
      ['JSON', json],
      ['nothing', Buffer.alloc(0)],
    ])('leaves %s as it came', (_name, bytes) => {
      test.each([
        '',
        'identity',
        'none',
        'utf-8',
        'gzip',
        'deflate',
        'br',
        'zstd',
        'gzip, br',
        'x-unknown, gzip',
      ])('where the coding is said to be %j', async (coding) => {
        const headers = { 'content-encoding': coding, 'content-length': String(bytes.length) };
        expect((await fetched(headers, bytes)).equals(bytes)).toBe(true);
      });
    });

    test('removes gzip once where it was declared twice and applied once', async () => {
      const body = gzipSync(jpeg);
      expect((await fetched({ 'content-encoding': 'gzip, gzip' }, body)).equals(jpeg)).toBe(true);
    });

    test.each([
      ['gzip', gzipSync(jpeg)],
      ['deflate', deflateSync(jpeg)],
      ['br', brotliCompressSync(jpeg)],
    ])('takes %s that breaks off for an error', async (coding, body) => {
      const cut = body.subarray(0, body.length - 8);
      await expect(fetched({ 'content-encoding': coding }, cut)).rejects.toThrow();
    });

    const { zstdCompressSync } = zlib as { zstdCompressSync?: (bytes: Buffer) => Buffer };
    (zstdCompressSync ? test : test.skip)('removes zstd where Node has it', async () => {
      const body = zstdCompressSync?.(jpeg) ?? jpeg;
      expect((await fetched({ 'content-encoding': 'zstd' }, body)).equals(jpeg)).toBe(true);
    });
  });

  test('the announced length counts where a coding was not true, and not where it was', () =>
    withServer(
      ({ url }, response) => {
        const body = url === '/true' ? gzipSync(jpeg) : jpeg;
        response.writeHead(200, { 'content-encoding': 'gzip', 'content-length': body.length });
        response.end(body);
      },
      (origin) =>
        withClients(origin, async ({ originals }) => {
          const lengths = [];
          for (const path of ['/true', '/false']) {
            const { announced, body } = await originals.open(origin + path);
            body.resume();
            lengths.push(announced);
          }
          expect(lengths).toEqual([undefined, jpeg.length]);
        }),
    ));
});

describe('partial answers', () => {
  const body = 'bytes';

  describe.each(bothClients)('the %s client', (kind) => {
    const fetched = (status: number, range?: string) =>
      withServer(
        (_request, response) =>
          response
            .writeHead(status, range === undefined ? {} : { 'content-range': range })
            .end(body),
        (origin) => withClients(origin, ({ fetch }) => fetch[kind](origin)),
      );

    test('takes a 203 for a 200', async () => {
      expect((await fetched(203)).bytes.toString()).toBe(body);
    });

    test.each(['bytes 0-4/5', 'Bytes 0-4/5', ' bytes 0-4/5 '])(
      'takes a 206 that nobody asked for as the whole, where it is: %s',
      async (range) => {
        expect((await fetched(206, range)).bytes.toString()).toBe(body);
      },
    );

    test.each(['bytes 0-4/6', 'bytes 1-5/6', 'bytes 0-4/*', 'bytes */5', undefined])(
      'names a part that nobody asked for: %s',
      async (range) => {
        await expect(fetched(206, range)).rejects.toThrow(
          'the server sent a part (206) where the whole was requested',
        );
      },
    );
  });
});
