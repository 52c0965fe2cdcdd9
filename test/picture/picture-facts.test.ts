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

const takenAt = async (exif: Tags) => (await readPictureFacts(await picture('jpeg', exif))).takenAt;

test.each(['jpeg', 'png', 'gif'] as const)('the size of a %s is read', async (format) => {
  expect(await readPictureFacts(await picture(format))).toMatchObject({ width: 7, height: 5 });
});

test('the size is the one stored, not turned by the orientation', async () => {
  const bytes = await sharp(await picture('jpeg'))
    .withMetadata({ orientation: 6 })
    .toBuffer();
  expect(await readPictureFacts(bytes)).toMatchObject({ width: 7, height: 5 });
});

test.each(['jpeg', 'png'] as const)(
  'the capture time of a %s is read as it stands',
  async (format) => {
    const bytes = await picture(format, { DateTimeOriginal: '2012:07:04 12:34:56' });
    expect((await readPictureFacts(bytes)).takenAt).toBe('2012-07-04T12:34:56');
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
  const facts = await readPictureFacts(await drawn.withExif({ IFD0, IFD2 }).jpeg().toBuffer());
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
  expect(await readPictureFacts(head)).toEqual({
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
])('%s tells nothing, and is no error', async (_what, head) => {
  expect(await readPictureFacts(head)).toEqual({});
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
  expect(await readPictureFacts(camera)).toMatchObject({
    width: 7,
    height: 5,
    exifWidth: 4000,
    exifHeight: 3000,
  });
});

test.each([0, 65_536, 0xffff_ffff])('%i is no size', async (nonsense) => {
  const bytes = withExifNumber(await picture('jpeg'), 0xa002, nonsense);
  expect(await readPictureFacts(bytes)).not.toHaveProperty('exifWidth');
});

// The contract's width and height are left out, though they stand at the start of the file.
test.each(['webp', 'avif', 'tiff'] as const)('the size of a %s is read', async (format) => {
  const bytes = await sharp(await picture('png'))
    .toFormat(format)
    .toBuffer();
  expect(await readPictureFacts(bytes)).toMatchObject({ width: 7, height: 5 });
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

function factsOf(chunks: readonly Buffer[]): Promise<PictureFacts> {
  const head = new FactsOfHead();
  for (const chunk of chunks) head.take(chunk);
  return head.finish();
}

test.each(Object.keys(files))(
  'the facts of %s are those of the whole file, however it is cut',
  async (name) => {
    const file = files[name] as Buffer;
    const expected = await readPictureFacts(file);
    const cuts = fc.array(fc.integer({ min: 0, max: file.length }), { maxLength: 9 });
    const whole = fc.asyncProperty(cuts, async (places) => {
      const edges = [0, ...places.sort((a, b) => a - b), file.length];
      const chunks = edges.slice(1).map((edge, index) => file.subarray(edges[index], edge));
      expect(await factsOf(chunks)).toEqual(expected);
    });
    await fc.assert(whole, { numRuns: 30 });
    const small = Array.from({ length: Math.ceil(file.length / 1000) }, (_, index) =>
      file.subarray(index * 1000, (index + 1) * 1000),
    );
    expect(await factsOf(small)).toEqual(expected);
  },
);

/** What the EXIF data of a JPEG of sharp's holds, in the other byte order. */
function withHighestByteFirst(file: Buffer): Buffer {
  const changed = Buffer.from(file);
  const tiff = changed.subarray(changed.indexOf('Exif') + 6);
  const swap = (length: number, at: number) => tiff.subarray(at, at + length).reverse();
  tiff.write('MM');
  swap(2, 2);
  const swapDirectory = (pointer: number) => {
    const start = tiff.readUInt32LE(pointer);
    swap(4, pointer);
    const entries = tiff.readUInt16LE(start);
    swap(2, start);
    for (let index = 0; index < entries; index += 1) {
      const entry = start + 2 + 12 * index;
      const [tag, type, count] = [0, 2, 4].map((at) => tiff.readUInt16LE(entry + at));
      if (tag === 0x8769) swapDirectory(entry + 8);
      else if (type === 3 && count === 1) swap(2, entry + 8);
      else if (type === 4 || type === 5 || Number(count) > 4) swap(4, entry + 8);
      swap(2, entry);
      swap(2, entry + 2);
      swap(4, entry + 4);
    }
  };
  swapDirectory(4);
  return changed;
}

test('EXIF data is read in either byte order', async () => {
  const file = withHighestByteFirst(jpeg);
  const facts = await factsOf([file]);
  expect(facts).toEqual(await factsOf([jpeg]));
  expect(facts).toEqual(await readPictureFacts(file));
  expect(facts).toMatchObject({ takenAt: '2012-07-04T12:34:56-05:30', exifWidth: 300 });
});

test('damaged EXIF data is no error, and leaves the size', async () => {
  const exifAt = jpeg.indexOf('Exif');
  const places = fc.array(fc.integer({ min: exifAt, max: endOfExif - 1 }), { maxLength: 3 });
  const damaged = fc.asyncProperty(places, fc.integer({ min: 0, max: 255 }), async (at, byte) => {
    const file = Buffer.from(jpeg);
    for (const place of at) file[place] = byte;
    expect(await factsOf([file])).toMatchObject({ width: 300, height: 300 });
  });
  await fc.assert(damaged, { numRuns: 2000 });
});

test('what the files say of themselves is found', async () => {
  for (const name of ['a JPEG', 'a progressive JPEG', 'a PNG']) {
    expect(await readPictureFacts(files[name] as Buffer)).toMatchObject({
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
