import { expect, test } from '@jest/globals';
import { drawing } from './sample-pictures.js';
import { check, endsAt, hasEnded } from './watch-file.js';

test('a PNG ends with the checksum of IEND, wherever else the name stands', async () => {
  const file = await drawing(8)
    .withExif({ IFD0: { Copyright: 'IEND\xaeB`\x82' } })
    .png()
    .toBuffer();
  expect(file.indexOf('IEND')).toBeLessThan(file.length - 8);
  expect(endsAt('image/png', file)).toBe(file.length);
});

test('a PNG that states a chunk longer than there can be never ends', async () => {
  const stated = 2 ** 31;
  const file = await drawing(8).png().toBuffer();
  const head = Buffer.alloc(16);
  file.copy(head);
  head.writeUInt32BE(stated, 8);
  const watching = check('image/png');
  watching.take(head);
  const part = Buffer.alloc(2 ** 24);
  for (let taken = 0; taken < stated; taken += part.length) watching.take(part);
  watching.take(Buffer.concat([Buffer.alloc(4), file.subarray(8)]));
  expect(watching.hasEnded).toBe(false);
});

/** A GIF of one pixel: all that can stand in one, by hand. */
function smallestGif(version: string, globalColors: number, localColors: number): Buffer {
  const packed = (colors: number) => (colors === 0 ? 0 : 0x80 | (Math.log2(colors) - 1));
  // Tables and names are full of what ends a GIF.
  const table = (colors: number) => Buffer.alloc(colors * 3, ';');
  return Buffer.concat([
    Buffer.from(version, 'latin1'),
    Buffer.from([1, 0, 1, 0, packed(globalColors), 0, 0]),
    table(globalColors),
    Buffer.from([0x21, 0xff, 11]),
    Buffer.from(';;;;;;;;;;;\x03;;;\0', 'latin1'),
    Buffer.from([0x21, 0xfe]),
    Buffer.from('\x01;\0', 'latin1'),
    Buffer.from([0x2c, 0, 0, 0, 0, 1, 0, 1, 0, packed(localColors)]),
    table(localColors),
    Buffer.from([2, 2, 0x44, 0x01, 0]),
    Buffer.from(';', 'latin1'),
  ]);
}

test.each([
  ['GIF87a', 2, 0],
  ['GIF89a', 0, 2],
  ['GIF89a', 4, 8],
  ['GIF89a', 256, 256],
] as const)('%s with tables of %d and %d colors ends with its trailer', (version, some, more) => {
  const file = smallestGif(version, some, more);
  expect(endsAt('image/gif', file)).toBe(file.length);
});

test('a GIF may have zeros between its blocks, and nothing else', () => {
  const file = smallestGif('GIF89a', 2, 0);
  const withBytes = (...bytes: number[]) =>
    Buffer.concat([file.subarray(0, -1), Buffer.from(bytes), Buffer.from(';')]);
  expect(hasEnded('image/gif', withBytes(0, 0, 0))).toBe(true);
  expect(hasEnded('image/gif', withBytes(1))).toBe(false);
});

test.each(['GIF88a', 'GIF89b', 'GIF90a', 'gif89a'])('%s is no version of GIF', (version) => {
  expect(hasEnded('image/gif', smallestGif(version, 2, 0))).toBe(false);
});

/** A RIFF file that states a size and holds that many bytes less `missing`. */
function riff(form: string, size: number, missing = 0): Buffer {
  const file = Buffer.alloc(8 + Math.max(size, 4));
  file.write('RIFF', 'latin1');
  file.writeUInt32LE(size, 4);
  file.write(form, 8, 'latin1');
  return file.subarray(0, file.length - missing);
}

test('a WebP ends at the size it states, and at the padding of an odd one', () => {
  expect(endsAt('image/webp', riff('WEBP', 300))).toBe(308);
  expect(hasEnded('image/webp', riff('WEBP', 300, 1))).toBe(false);
  expect(hasEnded('image/webp', riff('WEBP', 301))).toBe(false);
  expect(endsAt('image/webp', Buffer.concat([riff('WEBP', 301), Buffer.alloc(1)]))).toBe(310);
  expect(hasEnded('image/webp', riff('WEBP', 70_000))).toBe(true);
  expect(hasEnded('image/webp', riff('WEBP', 70_000, 1))).toBe(false);
});

test('a RIFF file of another form, or of no size, is no WebP that ends', () => {
  expect(hasEnded('image/webp', riff('AVI ', 300))).toBe(false);
  expect(hasEnded('image/webp', Buffer.concat([riff('WEBP', 0), Buffer.alloc(300)]))).toBe(false);
});
