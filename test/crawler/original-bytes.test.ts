import { createHash, randomBytes } from 'node:crypto';
import { Readable } from 'node:stream';
import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import sharp from 'sharp';
import { DownloadError } from '../../src/crawler/download-error.js';
import { type Resume, receiveOriginal } from '../../src/crawler/original-bytes.js';
import type { OriginalAnswer } from '../../src/crawler/original-request.js';
import { contentBytes } from './content-bytes.js';

const drawn = sharp({ create: { width: 7, height: 5, channels: 3, background: 'red' } });
/** Whole from its first marker to its last, with enough in between to come in many pieces. */
const jpeg = withComment(await drawn.jpeg().toBuffer(), randomBytes(20_000));

/** A JPEG with a comment (marker FFFE) behind its first marker. */
function withComment(picture: Buffer, comment: Buffer): Buffer {
  const marker = Buffer.from([0xff, 0xfe, 0, 0]);
  marker.writeUInt16BE(comment.length + 2, 2);
  return Buffer.concat([picture.subarray(0, 2), marker, comment, picture.subarray(2)]);
}

/** For transfers that are not to go on: the cause of the break is what comes of it. */
const noResume: Resume = async (_from, cause) => {
  throw cause;
};

function answer(chunks: readonly Buffer[], announced?: number): OriginalAnswer {
  return { body: Readable.from(chunks, { objectMode: false }), announced, validator: undefined };
}

/** Takes in a whole body and says why it was refused. */
async function refusal(given: OriginalAnswer): Promise<unknown> {
  const reading = receiveOriginal(given, noResume).then(({ content }) => contentBytes(content));
  return reading.then(
    () => undefined,
    (error: unknown) => (error instanceof DownloadError ? error.reason : error),
  );
}

test('the bytes come through as they were sent, counted and hashed, however they are cut', async () => {
  const cuts = fc.array(fc.integer({ min: 0, max: jpeg.length }), { maxLength: 6 });
  await fc.assert(
    fc.asyncProperty(cuts, async (places) => {
      const edges = [0, ...places.sort((a, b) => a - b), jpeg.length];
      const chunks = edges.slice(1).map((edge, index) => jpeg.subarray(edges[index], edge));
      const { content, learned, extension, contentType } = await receiveOriginal(
        answer(
          chunks.filter(({ length }) => length > 0),
          jpeg.length,
        ),
        noResume,
      );
      expect((await contentBytes(content)).equals(jpeg)).toBe(true);
      expect({ extension, contentType }).toEqual({ extension: 'jpg', contentType: 'image/jpeg' });
      expect(learned.bytes).toBe(jpeg.length);
      expect(learned.sha256).toBe(createHash('sha256').update(jpeg).digest('hex'));
      expect(learned.head.equals(jpeg)).toBe(true);
    }),
  );
});

test.each([
  ['in one piece', 1024 * 1024, true],
  ['as a stream', 1024 * 1024 + 1, false],
])('an original comes %s where %d bytes are announced', async (_how, length, inOnePiece) => {
  const bytes = Buffer.concat([jpeg, Buffer.alloc(length - jpeg.length)]);
  const chunks = [bytes.subarray(0, 70_000), bytes.subarray(70_000)];
  const { content, learned } = await receiveOriginal(answer(chunks, length), noResume);
  expect(Buffer.isBuffer(content)).toBe(inOnePiece);
  expect((await contentBytes(content)).equals(bytes)).toBe(true);
  expect(learned.sha256).toBe(createHash('sha256').update(bytes).digest('hex'));
});

test('of a large original no more than the head is kept', async () => {
  const chunks = Array.from({ length: 40 }, () => jpeg);
  const { content, learned } = await receiveOriginal(answer(chunks), noResume);
  expect(await contentBytes(content)).toHaveLength(40 * jpeg.length);
  expect(learned.head.length).toBeGreaterThanOrEqual(256 * 1024);
  expect(learned.head.length).toBeLessThan(256 * 1024 + jpeg.length);
});

test.each(['png', 'gif', 'webp', 'avif'] as const)(
  'the type of a %s is told from its bytes, not from what the server says',
  async (format) => {
    const bytes = await drawn.clone().toFormat(format).toBuffer();
    const { extension, contentType } = await receiveOriginal(
      answer([bytes], bytes.length),
      noResume,
    );
    expect({ extension, contentType }).toEqual({
      extension: format,
      contentType: `image/${format}`,
    });
  },
);

test('an empty answer is no original', async () => {
  expect(await refusal(answer([]))).toBe('the answer is empty');
});

test.each([1, -1])(
  'a body that differs from what was announced by %d byte is refused',
  async (by) => {
    expect(await refusal(answer([jpeg], jpeg.length + by))).toBe(
      `${jpeg.length + by} bytes were announced, ${jpeg.length} bytes came`,
    );
  },
);

test.each(['<!DOCTYPE html><title>Sign in</title>', '\uFEFF\n <html><body>', '<!-- moved --><p>'])(
  'the web page %j is no original',
  async (page) => {
    expect(await refusal(answer([Buffer.from(page)]))).toBe(
      'the server sent a web page in place of the picture',
    );
  },
);

test('a body that breaks off fails with a reason, at its start as in its middle', async () => {
  const broken = (before: readonly Buffer[]) => {
    const body = async function* () {
      yield* before;
      throw Object.assign(new Error('aborted'), { code: 'ECONNRESET' });
    };
    return { ...answer([]), body: Readable.from(body()) };
  };
  expect(await refusal(broken([]))).toBe('the connection broke off');
  expect(await refusal(broken([jpeg]))).toBe('the connection broke off');
});

test('a body that is refused is not left open', async () => {
  const given = answer([Buffer.from('<html>'), jpeg]);
  await refusal(given);
  expect(given.body.destroyed).toBe(true);
});

test('a body that nobody reads to its end is not left open', async () => {
  const given = answer([jpeg, jpeg, jpeg]);
  const { content } = await receiveOriginal(given, noResume);
  for await (const _chunk of content) break;
  expect(given.body.destroyed).toBe(true);
});

// Needs the check of content kinds: the type is known (application/xml), and is no picture's.
test('the XML with which an object store refuses is no original', async () => {
  const page = '<?xml version="1.0" encoding="UTF-8"?>\n<Error><Code>AccessDenied</Code></Error>';
  expect(await refusal(answer([Buffer.from(page)]))).toBeDefined();
});

// Needs the check of content kinds: what is not recognised would be saved as a .bin.
test.each(['{"error":"rate limit"}', 'Not found', '<script>location="/"</script>'])(
  'the text %j is no original',
  async (text) => {
    expect(await refusal(answer([Buffer.from(text)]))).toBeDefined();
  },
);
