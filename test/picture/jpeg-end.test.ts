import { expect, test } from '@jest/globals';
import ExifReader from 'exifreader';
import sharp from 'sharp';
import {
  drawing,
  jpegWithRestarts,
  jpegWithThumbnail,
  segment,
  thumbnailSegment,
  withSegment,
} from './sample-pictures.js';
import { endsAt, hasEnded } from './watch-file.js';

const jpeg = 'image/jpeg';
const end = Buffer.from([0xff, 0xd9]);

/** The same JPEG with bytes put in before every marker ahead of the scan's data. */
function withBytesBeforeMarkers(file: Buffer, added: Buffer): Buffer {
  const parts = [file.subarray(0, 2)];
  let at = 2;
  for (let code = 0; code !== 0xda; ) {
    code = file[at + 1] ?? 0;
    const next = at + 2 + file.readUInt16BE(at + 2);
    parts.push(added, file.subarray(at, next));
    at = next;
  }
  return Buffer.concat([...parts, file.subarray(at, -2), added, end]);
}

/** Fails unless the file ends with its last byte and not before. */
function expectEndAtLastByte(file: Buffer): void {
  expect(endsAt(jpeg, file)).toBe(file.length);
  expect(hasEnded(jpeg, file)).toBe(true);
}

test('the thumbnail that counts for nothing is one that readers find', async () => {
  const file = await jpegWithThumbnail();
  const thumbnail = ExifReader.load(file, { expanded: true }).Thumbnail?.image;
  expect(Buffer.from(thumbnail as ArrayBuffer).subarray(-2)).toEqual(end);
});

test('a JPEG cut right behind the end of its thumbnail has not ended', async () => {
  const file = await jpegWithThumbnail();
  const thumbnailEnd = file.indexOf(end) + 2;
  expect(thumbnailEnd).toBeLessThan(file.length);
  for (const cut of [thumbnailEnd, thumbnailEnd + 1]) {
    for (const size of [cut, 1, 7]) expect(hasEnded(jpeg, file.subarray(0, cut), size)).toBe(false);
  }
});

test('a thumbnail met because its segment states too small a length ends nothing', async () => {
  const file = await jpegWithThumbnail();
  file.writeUInt16BE(8, 4);
  expectEndAtLastByte(file);
});

test('thumbnails of thumbnails end nothing, not even outside of segments', async () => {
  const inner = await jpegWithThumbnail();
  const file = withSegment(await drawing(16).jpeg().toBuffer(), thumbnailSegment(inner));
  expectEndAtLastByte(file);
  expectEndAtLastByte(withSegment(await drawing(16).jpeg().toBuffer(), inner));
});

test('an end marker within any segment is content of the segment', async () => {
  const file = await drawing(16).jpeg().toBuffer();
  for (const code of [0xe0, 0xe1, 0xe2, 0xed, 0xef, 0xfe]) {
    const content = Buffer.concat([end, end, Buffer.alloc(5), end]);
    expectEndAtLastByte(withSegment(file, segment(code, content)));
  }
  // The longest and the shortest there are.
  expectEndAtLastByte(withSegment(file, segment(0xfe, Buffer.alloc(65_533, end))));
  expectEndAtLastByte(withSegment(file, segment(0xfe, Buffer.alloc(0))));
});

test('a preview cut short within a segment leaves the picture its end', async () => {
  const file = await drawing(16).jpeg().toBuffer();
  expectEndAtLastByte(withSegment(file, thumbnailSegment(file.subarray(0, 300))));
});

test('an end marker within a segment between two scans is content of the segment', async () => {
  const file = await drawing(16).jpeg({ progressive: true }).toBuffer();
  const lastScanAt = file.lastIndexOf(Buffer.from([0xff, 0xda]));
  const comment = segment(0xfe, Buffer.concat([end, end]));
  expectEndAtLastByte(
    Buffer.concat([file.subarray(0, lastScanAt), comment, file.subarray(lastScanAt)]),
  );
});

test('a segment that states less than its own length counts as empty', async () => {
  const file = await drawing(16).jpeg().toBuffer();
  for (const length of [0, 1]) {
    expectEndAtLastByte(withSegment(file, Buffer.from([0xff, 0xfe, 0, length])));
  }
});

test('fill bytes before markers are allowed, as decoders allow them', async () => {
  const file = withBytesBeforeMarkers(await drawing(16).jpeg().toBuffer(), Buffer.alloc(3, 0xff));
  await expect(sharp(file, { failOn: 'error' }).toBuffer()).resolves.toBeDefined();
  expectEndAtLastByte(file);
});

test('stray bytes where markers should stand are passed over, as decoders do', async () => {
  for (const stray of [[0], [0, 0, 0], [0x12, 0x34], [0xff, 0x00], [0xff, 0x4f, 0xff, 0x01]]) {
    const file = withBytesBeforeMarkers(await drawing(16).jpeg().toBuffer(), Buffer.from(stray));
    expectEndAtLastByte(file);
  }
});

test('an end marker among stray bytes ahead of the picture is not its end', async () => {
  const file = withSegment(await drawing(16).jpeg().toBuffer(), end);
  expectEndAtLastByte(file);
  const preview = await drawing(8).jpeg().toBuffer();
  expectEndAtLastByte(
    withSegment(await drawing(16).jpeg().toBuffer(), Buffer.concat([preview, end])),
  );
});

test('a JPEG without any scan has no end', () => {
  expect(hasEnded(jpeg, Buffer.from([0xff, 0xd8, 0xff, 0xd9]))).toBe(false);
});

test('what a scan holds for 0xFF and for restarts does not end it', async () => {
  const file = await drawing(200).jpeg({ quality: 100 }).toBuffer();
  expect(file.indexOf(Buffer.from([0xff, 0x00]))).toBeGreaterThan(0);
  expectEndAtLastByte(file);
  const restarts = jpegWithRestarts();
  expect(restarts.includes(Buffer.from([0xff, 0xd3]))).toBe(true);
  expectEndAtLastByte(restarts);
});

test('a picture whose height comes behind its first scan (DNL) ends where it ends', () => {
  const file = jpegWithRestarts();
  const lines = segment(0xdc, Buffer.from([0, 8]));
  expectEndAtLastByte(Buffer.concat([file.subarray(0, -2), lines, end]));
});

test('a further picture behind a picture that was cut is not the end of the first', async () => {
  const first = await drawing(16).jpeg().toBuffer();
  const further = await drawing(16).jpeg().toBuffer();
  expect(hasEnded(jpeg, Buffer.concat([first.subarray(0, -20), further]))).toBe(false);
  expect(endsAt(jpeg, Buffer.concat([first, further]))).toBe(first.length);
});
