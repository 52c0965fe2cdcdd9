import { createHash, randomBytes } from 'node:crypto';
import { Readable } from 'node:stream';
import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import sharp from 'sharp';
import { DownloadError } from '../../src/http/download-error.js';
import type { OriginalAnswer } from '../../src/http/original-client.js';
import { type Resume, receiveOriginal } from '../../src/originals/original-bytes.js';
import { readPictureFacts } from '../../src/picture/picture-facts.js';

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

/** Takes in a body, and all bytes that were handed on. */
async function received(given: OriginalAnswer, resume = noResume) {
  const chunks: Buffer[] = [];
  const original = await receiveOriginal(given, resume, (chunk) => {
    chunks.push(chunk);
  });
  return { ...original, content: Buffer.concat(chunks) };
}

/** Takes in a whole body and says why it was refused. */
async function refusal(given: OriginalAnswer): Promise<unknown> {
  return received(given).then(
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
      const { content, bytes, sha256, picture, extension, contentType } = await received(
        answer(
          chunks.filter(({ length }) => length > 0),
          jpeg.length,
        ),
      );
      expect(content.equals(jpeg)).toBe(true);
      expect({ extension, contentType }).toEqual({ extension: 'jpg', contentType: 'image/jpeg' });
      expect(bytes).toBe(jpeg.length);
      expect(sha256).toBe(createHash('sha256').update(jpeg).digest('hex'));
      expect(picture).toEqual(await readPictureFacts(jpeg));
    }),
  );
});

test('whoever takes the bytes is waited for: the next ones come when the last are taken', async () => {
  const parts = Array.from({ length: 5 }, () => jpeg);
  let taking = 0;
  let most = 0;
  const original = await receiveOriginal(answer(parts), noResume, async () => {
    taking += 1;
    most = Math.max(most, taking);
    await new Promise((resolve) => setImmediate(resolve));
    taking -= 1;
  });
  expect(most).toBe(1);
  expect(taking).toBe(0);
  expect(original.bytes).toBe(5 * jpeg.length);
});

test.each([
  [
    'at once',
    () => {
      throw new Error('no room');
    },
  ],
  [
    'later',
    async () => {
      throw new Error('no room');
    },
  ],
])(
  'what goes wrong with whoever takes the bytes, %s, comes out and ends the transfer',
  async (_when, take) => {
    const given = { ...answer([jpeg, jpeg]), validator: '"1"' };
    await expect(receiveOriginal(given, noResume, take)).rejects.toThrow('no room');
    expect(given.body.destroyed).toBe(true);
  },
);

test('a transfer that breaks off goes on where it stood, once its type is known', async () => {
  await fc.assert(
    fc.asyncProperty(fc.integer({ min: 4100, max: jpeg.length - 1 }), async (place) => {
      const body = async function* () {
        yield jpeg.subarray(0, place);
        throw Object.assign(new Error('aborted'), { code: 'ECONNRESET' });
      };
      const first = { body: Readable.from(body()), announced: jpeg.length, validator: '"1"' };
      const asked: number[] = [];
      const { content, sha256 } = await received(first, async (from) => {
        asked.push(from);
        return answer([jpeg.subarray(from)], jpeg.length);
      });
      expect(asked).toEqual([place]);
      expect(content.equals(jpeg)).toBe(true);
      expect(sha256).toBe(createHash('sha256').update(jpeg).digest('hex'));
      expect(first.body.destroyed).toBe(true);
    }),
  );
});

/** A body that breaks off behind its first bytes. */
function brokenOff(bytes: Buffer, announced: number): OriginalAnswer {
  const body = async function* () {
    yield bytes;
    throw Object.assign(new Error('aborted'), { code: 'ECONNRESET' });
  };
  return { body: Readable.from(body()), announced, validator: '"1"' };
}

test('what was announced at first counts where the rest announces nothing', async () => {
  const first = brokenOff(jpeg.subarray(0, 5000), jpeg.length + 5);
  const work = received(first, async (from) => answer([jpeg.subarray(from)]));
  await expect(work).rejects.toThrow(`${jpeg.length + 5} bytes were announced`);
});

test('a transfer goes on when all that came has been taken, not before', async () => {
  const steps: string[] = [];
  const first = brokenOff(jpeg.subarray(0, 5000), jpeg.length);
  const resume: Resume = async (from) => {
    steps.push('goes on');
    return answer([jpeg.subarray(from)], jpeg.length);
  };
  await receiveOriginal(first, resume, async () => {
    await new Promise(setImmediate);
    await new Promise(setImmediate);
    steps.push('taken');
  });
  expect(steps.slice(0, 2)).toEqual(['taken', 'goes on']);
});

test.each(['png', 'gif', 'webp', 'avif'] as const)(
  'the type of a %s is told from its bytes, not from what the server says',
  async (format) => {
    const bytes = await drawn.clone().toFormat(format).toBuffer();
    const { extension, contentType } = await received(answer([bytes], bytes.length));
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
