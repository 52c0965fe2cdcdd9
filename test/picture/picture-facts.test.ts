import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import sharp from 'sharp';
import { FactsOfHead } from '../../src/picture/facts-of-head.js';
import { JpegHeaders } from '../../src/picture/jpeg-headers.js';
import { type PictureFacts, readPictureFacts } from '../../src/picture/picture-facts.js';

type Tags = Record<string, string>;

function picture(format: 'jpeg' | 'png' | 'gif', exif: Tags = {}): Promise<Buffer> {
  const drawn = sharp({ create: { width: 7, height: 5, channels: 3, background: 'red' } });
  return drawn.withExif({ IFD2: exif }).toFormat(format).toBuffer();
}

const takenAt = async (exif: Tags) => readPictureFacts(await picture('jpeg', exif)).takenAt;

test.each(['jpeg', 'png', 'gif'] as const)('the size of a %s is read', async (format) => {
  expect(readPictureFacts(await picture(format))).toMatchObject({ width: 7, height: 5 });
});

test('the size is the one stored, not turned by the orientation', async () => {
  const bytes = await sharp(await picture('jpeg'))
    .withMetadata({ orientation: 6 })
    .toBuffer();
  expect(readPictureFacts(bytes)).toMatchObject({ width: 7, height: 5 });
});

test.each(['jpeg', 'png'] as const)(
  'the capture time of a %s is read as it stands',
  async (format) => {
    const bytes = await picture(format, { DateTimeOriginal: '2012:07:04 12:34:56' });
    expect(readPictureFacts(bytes).takenAt).toBe('2012-07-04T12:34:56');
  },
);

test('a zone is given only where EXIF has one', async () => {
  const DateTimeOriginal = '2012:07:04 12:34:56';
  expect(await takenAt({ DateTimeOriginal, OffsetTimeOriginal: '-05:30' })).toBe(
    '2012-07-04T12:34:56-05:30',
  );
  expect(await takenAt({ DateTimeOriginal, OffsetTimeOriginal: '   :  ' })).toBe(
    '2012-07-04T12:34:56',
  );
  expect(await takenAt({ DateTimeOriginal, OffsetTimeDigitized: '-05:30' })).toBe(
    '2012-07-04T12:34:56',
  );
});

const unknownTime = '0000:00:00 00:00:00';
const digitized = '2013:01:02 03:04:05';

test.each<[string, Tags, Tags, Partial<PictureFacts>]>([
  ['digitizing', {}, { DateTimeDigitized: digitized }, { takenAtSource: 'DateTimeDigitized' }],
  [
    'digitizing, where the camera did not know the time,',
    { DateTime: '2020:06:07 08:09:10' },
    { DateTimeOriginal: unknownTime, DateTimeDigitized: digitized },
    { takenAtSource: 'DateTimeDigitized' },
  ],
  ['the last change', { DateTime: digitized }, {}, { takenAtSource: 'DateTime' }],
  [
    'the last change, where no other one is in the calendar,',
    { DateTime: digitized },
    { DateTimeOriginal: '2013:00:00 00:00:00', DateTimeDigitized: '2013:13:02 03:04:05' },
    { takenAtSource: 'DateTime' },
  ],
  [
    'digitizing in its own zone',
    {},
    {
      DateTimeDigitized: digitized,
      OffsetTimeDigitized: '+02:00',
      OffsetTimeOriginal: '+05:00',
    },
    { takenAt: '2013-01-02T03:04:05+02:00', takenAtSource: 'DateTimeDigitized' },
  ],
])('the time of %s stands in, and is named', async (_which, IFD0, IFD2, expected) => {
  const drawn = sharp({ create: { width: 7, height: 5, channels: 3, background: 'red' } });
  const facts = readPictureFacts(await drawn.withExif({ IFD0, IFD2 }).jpeg().toBuffer());
  expect(facts).toMatchObject({ takenAt: '2013-01-02T03:04:05', ...expected });
});

test.each(['0000:00:00 00:00:00', '    :  :     :  :  ', 'yesterday'])(
  'a camera whose clock said %j gives no time',
  async (DateTimeOriginal) => {
    expect(await takenAt({ DateTimeOriginal })).toBeUndefined();
  },
);

test('the first part of a file is enough', async () => {
  const bytes = await picture('jpeg', { DateTimeOriginal: '2012:07:04 12:34:56' });
  const head = bytes.subarray(0, bytes.indexOf(Buffer.from([0xff, 0xda])));
  expect(readPictureFacts(head)).toEqual({
    width: 7,
    height: 5,
    takenAt: '2012-07-04T12:34:56',
    exifWidth: 7,
    exifHeight: 5,
  });
});

test.each([
  ['nothing', Buffer.alloc(0)],
  ['text', Buffer.from('no picture at all')],
  ['zeros', Buffer.alloc(5000)],
  ['a JPEG cut short at once', Buffer.from([0xff, 0xd8, 0xff, 0xe1, 0xff, 0xff, 0x45])],
])('%s tells nothing, and is no error', (_what, head) => {
  expect(readPictureFacts(head)).toEqual({});
});

/** Puts another number into an EXIF field of one long number, as sharp writes it (II). */
function withExifNumber(bytes: Buffer, tag: number, value: number): Buffer {
  const changed = Buffer.from(bytes);
  const field = Buffer.alloc(8);
  field.writeUInt16LE(tag);
  field.writeUInt16LE(4, 2);
  field.writeUInt32LE(1, 4);
  const at = changed.indexOf(field);
  if (at < 0) throw new Error(`EXIF has no field ${tag}`);
  changed.writeUInt32LE(value, at + 8);
  return changed;
}

test('the size that EXIF speaks of is read beside the real one', async () => {
  const jpeg = await picture('jpeg', { DateTimeOriginal: '2012:07:04 12:34:56' });
  const camera = withExifNumber(withExifNumber(jpeg, 0xa002, 4000), 0xa003, 3000);
  expect(readPictureFacts(camera)).toMatchObject({
    width: 7,
    height: 5,
    exifWidth: 4000,
    exifHeight: 3000,
  });
});

test.each([0, 65_536, 0xffff_ffff])('%i is no size', async (nonsense) => {
  const bytes = withExifNumber(await picture('jpeg'), 0xa002, nonsense);
  expect(readPictureFacts(bytes)).not.toHaveProperty('exifWidth');
});

// The contract's width and height are left out, though they stand at the start of the file.
test.each(['webp', 'avif', 'tiff'] as const)('the size of a %s is read', async (format) => {
  const bytes = await sharp(await picture('png'))
    .toFormat(format)
    .toBuffer();
  expect(readPictureFacts(bytes)).toMatchObject({ width: 7, height: 5 });
});

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
