import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { fileTypeFromBuffer } from 'file-type';
import sharp from 'sharp';
import { type EndCheck, endCheck } from '../../src/picture/end-check.js';
import { drawing, smallPictures } from './sample-pictures.js';
import { check, endsAt, hasEnded } from './watch-file.js';

describe('block ends', () => {
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
});

describe('the check of an end', () => {
  const types = ['image/jpeg', 'image/png', 'image/apng', 'image/gif', 'image/webp'];
  const samples = Object.entries(smallPictures);

  test.each(samples)('%s: the sample is whole, and of its type', async (_name, { type, make }) => {
    const file = await make();
    const decoder = sharp(file, { failOn: 'warning', animated: type !== 'image/apng' });
    await expect(decoder.toBuffer()).resolves.toBeDefined();
    expect((await fileTypeFromBuffer(file))?.mime).toBe(type);
  });

  test.each(samples)('%s has ended, in chunks of any size', async (_name, { type, make }) => {
    const file = await make();
    for (const size of [file.length, 1, 2, 3, 7, 1000])
      expect(hasEnded(type, file, size)).toBe(true);
  });

  test.each(samples)('%s has not ended wherever it is cut', async (_name, { type, make }) => {
    const file = await make();
    expect(endsAt(type, file)).toBe(file.length);
    const ended = Array.from(file.keys()).filter((cut) => hasEnded(type, file.subarray(0, cut)));
    expect(ended).toEqual([]);
  });

  test.each(samples)('%s has ended, whatever follows its end', async (_name, { type, make }) => {
    const file = await make();
    for (const trailer of ['\0', '\xff', 'ftypmp42', '\xff\xd8\xff\xe0\0\x10JFIF']) {
      const longer = Buffer.concat([file, Buffer.from(trailer, 'latin1')]);
      for (const size of [longer.length, 1, 7]) expect(hasEnded(type, longer, size)).toBe(true);
      expect(endsAt(type, longer)).toBe(file.length);
    }
  });

  test.each(samples)('%s ends for no other type', async (_name, { type, make }) => {
    const file = await make();
    const isSame = (other: string) => other.replace('apng', 'png') === type.replace('apng', 'png');
    for (const other of types) expect(hasEnded(other, file)).toBe(isSame(other));
  });

  test.each(samples)('%s with another signature never ends', async (_name, { type, make }) => {
    const file = await make();
    const signature = { 'image/jpeg': [0, 1], 'image/webp': [0, 1, 2, 3, 8, 9, 10, 11] }[type];
    for (const at of signature ?? [0, 1, 2, 3, 4, 5]) {
      const changed = Buffer.from(file);
      changed.writeUInt8(changed.readUInt8(at) ^ 0x40, at);
      expect(hasEnded(type, changed)).toBe(false);
    }
  });

  test.each([
    ['a baseline JPEG', 'image/jpeg', () => drawing(400).jpeg({ quality: 95 })],
    [
      'a progressive JPEG',
      'image/jpeg',
      () => drawing(300).jpeg({ quality: 95, progressive: true }),
    ],
    ['a PNG', 'image/png', () => drawing(300).png()],
    ['a GIF', 'image/gif', () => drawing(300).gif()],
    ['a WebP', 'image/webp', () => drawing(300).webp({ quality: 95 })],
  ] as const)(
    '%s of more than one network chunk ends with its last byte',
    async (_, type, make) => {
      const file = await make().toBuffer();
      expect(file.length).toBeGreaterThan(64 * 1024);
      for (const size of [file.length, 16 * 1024, 64 * 1024]) {
        expect(hasEnded(type, file, size)).toBe(true);
        expect(hasEnded(type, file.subarray(0, -1), size)).toBe(false);
      }
      expect(endsAt(type, file)).toBe(file.length);
    },
  );

  test.each(types)('%s: bytes of anything are taken, however they come', (type) => {
    fc.assert(
      fc.property(fc.array(fc.uint8Array({ maxLength: 200 })), (chunks) => {
        const whole = check(type);
        whole.take(Buffer.concat(chunks));
        const piecewise = check(type);
        for (const chunk of chunks) piecewise.take(chunk);
        expect(piecewise.hasEnded).toBe(whole.hasEnded);
      }),
    );
  });

  test.each(samples)(
    '%s, damaged: never an error, and the chunks do not matter',
    async (_, sample) => {
      const file = await sample.make();
      const damage = fc.record({
        at: fc.nat(file.length - 1),
        to: fc.uint8Array({ maxLength: 8 }),
      });
      const sizes = fc.integer({ min: 1, max: 300 });
      fc.assert(
        fc.property(fc.array(damage, { maxLength: 4 }), sizes, (damages, size) => {
          const damaged = Buffer.from(file);
          for (const { at, to } of damages) damaged.set(to.subarray(0, file.length - at), at);
          expect(hasEnded(sample.type, damaged, size)).toBe(hasEnded(sample.type, damaged));
        }),
        { numRuns: 50 },
      );
    },
  );

  test('nothing, and chunks of nothing, are no picture', () => {
    for (const type of types) {
      const nothing = check(type);
      expect(nothing.hasEnded).toBe(false);
      nothing.take(new Uint8Array());
      expect(nothing.hasEnded).toBe(false);
    }
  });

  test('a check keeps to its own file', async () => {
    const file = await drawing(8).png().toBuffer();
    const [one, other]: EndCheck[] = [check('image/png'), check('image/png')];
    one?.take(file);
    expect([one?.hasEnded, other?.hasEnded]).toEqual([true, false]);
  });

  test.each(['image/bmp', 'video/mpeg', '', 'constructor', 'toString', 'IMAGE/JPEG'])(
    'there is no check for a file of type %p',
    (type) => {
      expect(endCheck(type)).toBeUndefined();
    },
  );
});
