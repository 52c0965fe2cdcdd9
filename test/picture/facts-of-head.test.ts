import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import sharp from 'sharp';
import { FactsOfHead } from '../../src/picture/facts-of-head.js';
import { JpegHeaders } from '../../src/picture/jpeg-headers.js';
import { type PictureFacts, readPictureFacts } from '../../src/picture/picture-facts.js';

const noise = (width: number) => {
  const pixels = Buffer.alloc(width * width * 3);
  for (let at = 0; at < pixels.length; at += 1) pixels[at] = (at * 7919) % 251;
  return sharp(pixels, { raw: { width, height: width, channels: 3 } }).withExif({
    IFD2: { DateTimeOriginal: '2012:07:04 12:34:56', OffsetTimeOriginal: '-05:30' },
  });
};

/** A comment of a JPEG, of the length of the longest segment. */
const longSegment = Buffer.concat([Buffer.from([0xff, 0xfe, 0xff, 0xff]), Buffer.alloc(65_533)]);

const jpeg = await noise(300).jpeg({ quality: 100 }).toBuffer();
/** Long segments where cameras put them: behind the EXIF data. */
const endOfExif = 4 + jpeg.readUInt16BE(4);
const withComments = Buffer.concat([
  ...[jpeg.subarray(0, endOfExif), longSegment, longSegment, jpeg.subarray(endOfExif)],
]);
const withLongHeaders = Buffer.concat([
  ...[jpeg.subarray(0, 2), longSegment, longSegment, jpeg.subarray(2)],
]);
const frameAt = jpeg.indexOf(Buffer.from([0xff, 0xc0]));
const endOfFrame = frameAt + 2 + jpeg.readUInt16BE(frameAt + 2);
const withEarlySize = Buffer.concat([
  ...[jpeg.subarray(0, 2), longSegment, jpeg.subarray(frameAt, endOfFrame)],
  ...[jpeg.subarray(2, frameAt), jpeg.subarray(endOfFrame)],
]);
const withFill = Buffer.concat([
  ...[jpeg.subarray(0, 2), longSegment, longSegment, Buffer.from([0xff]), jpeg.subarray(2)],
]);
const files: Record<string, Buffer> = {
  'a JPEG': jpeg,
  'a progressive JPEG': await noise(300).jpeg({ progressive: true, mozjpeg: true }).toBuffer(),
  'a JPEG with long segments before its EXIF data': withLongHeaders,
  'a JPEG with long segments behind its EXIF data': withComments,
  'a JPEG whose size stands behind one long segment': withEarlySize,
  'a JPEG with a fill byte between its segments': withFill,
  'a JPEG with stray bytes between its segments': Buffer.concat([
    ...[jpeg.subarray(0, 2), Buffer.from('stray'), jpeg.subarray(2)],
  ]),
  'a JPEG whose headers are cut short': jpeg.subarray(0, 200),
  'a PNG': await noise(300).png().toBuffer(),
  'a file of one byte': jpeg.subarray(0, 1),
  nothing: Buffer.alloc(0),
};

function factsOf(chunks: readonly Buffer[]): PictureFacts {
  const head = new FactsOfHead();
  for (const chunk of chunks) head.take(chunk);
  return head.finish();
}

test.each(Object.keys(files))(
  'the facts of %s are those of the whole file, however it is cut',
  (name) => {
    const file = files[name] as Buffer;
    const expected = readPictureFacts(file);
    const cuts = fc.array(fc.integer({ min: 0, max: file.length }), { maxLength: 9 });
    fc.assert(
      fc.property(cuts, (places) => {
        const edges = [0, ...places.sort((a, b) => a - b), file.length];
        const chunks = edges.slice(1).map((edge, index) => file.subarray(edges[index], edge));
        expect(factsOf(chunks)).toEqual(expected);
      }),
      { numRuns: 30 },
    );
    const small = Array.from({ length: Math.ceil(file.length / 1000) }, (_, index) =>
      file.subarray(index * 1000, (index + 1) * 1000),
    );
    expect(factsOf(small)).toEqual(expected);
  },
);

test('what the files say of themselves is found', () => {
  for (const name of ['a JPEG', 'a progressive JPEG', 'a PNG']) {
    expect(readPictureFacts(files[name] as Buffer)).toMatchObject({
      width: 300,
      takenAt: '2012-07-04T12:34:56-05:30',
    });
  }
});

test('of a JPEG no more is passed on than its short segments and its EXIF data', () => {
  const scan = jpeg.indexOf(Buffer.from([0xff, 0xda]));
  const headers = new JpegHeaders();
  expect(Buffer.concat(headers.take(withComments))).toEqual(jpeg.subarray(0, scan));
  expect(headers.areOver).toBe(true);
  expect(headers.take(jpeg)).toEqual([]);
});
