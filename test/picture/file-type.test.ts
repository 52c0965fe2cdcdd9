import { expect, test } from '@jest/globals';
import { fileTypeFromBuffer } from 'file-type';
import sharp from 'sharp';
import { fileType } from '../../src/picture/file-type.js';

const drawn = sharp({ create: { width: 7, height: 5, channels: 3, background: 'red' } });
const jpeg = await drawn.clone().jpeg().toBuffer();

const files: Record<string, Buffer> = {
  'a JPEG': jpeg,
  'a JPEG-LS': Buffer.concat([Buffer.from([0xff, 0xd8, 0xff, 0xf7]), jpeg.subarray(4)]),
  'a PNG': await drawn.clone().png().toBuffer(),
  'a WebP': await drawn.clone().webp().toBuffer(),
  'the first three bytes of a JPEG': jpeg.subarray(0, 3),
  'the first two bytes of a JPEG': jpeg.subarray(0, 2),
  'a text': Buffer.from('no picture at all'),
  nothing: Buffer.alloc(0),
};

test.each(Object.keys(files))('%s has the type that the package file-type says', async (name) => {
  const file = files[name] as Buffer;
  expect(await fileType(file)).toEqual(await fileTypeFromBuffer(file));
});

test('types are told apart', async () => {
  const types = await Promise.all(Object.values(files).map(fileType));
  expect(types.map((type) => type?.ext)).toEqual([
    ...['jpg', 'jls', 'png', 'webp', 'jpg'],
    ...[undefined, undefined, undefined],
  ]);
});
