import { crc32 } from 'node:zlib';
import sharp, { type Sharp } from 'sharp';

/** A picture of every pixel its own, drawn the same each time. */
export function drawing(width: number, height = width, channels: 3 | 4 = 3): Sharp {
  const pixels = Buffer.alloc(width * height * channels);
  let state = 1;
  for (let index = 0; index < pixels.length; index++) {
    state = (state * 48_271) % 2_147_483_647;
    pixels[index] = state >> 8;
  }
  return sharp(pixels, { raw: { width, height, channels } });
}

/** Three pictures, one above the other, that become the frames of an animation. */
function frames(size: number): Sharp {
  const pixels = Buffer.alloc(size * size * 3 * 3, 90);
  for (let index = 0; index < pixels.length; index += 7) pixels[index] = index;
  return sharp(pixels, { raw: { width: size, height: size * 3, channels: 3, pageHeight: size } });
}

/** A JPEG segment: marker, length and content. */
export function segment(code: number, content: Uint8Array): Buffer {
  const head = Buffer.from([0xff, code, 0, 0]);
  head.writeUInt16BE(content.length + 2, 2);
  return Buffer.concat([head, content]);
}

/** A JPEG with a segment put in right behind its start. */
export function withSegment(jpeg: Buffer, added: Buffer): Buffer {
  return Buffer.concat([jpeg.subarray(0, 2), added, jpeg.subarray(2)]);
}

/** An APP1 segment with EXIF data that holds nothing but a thumbnail, in its second directory. */
export function thumbnailSegment(thumbnail: Buffer): Buffer {
  const header = Buffer.from('4d4d002a00000008' + '0000' + '0000000e', 'hex');
  const directory = Buffer.alloc(2 + 3 * 12 + 4);
  directory.writeUInt16BE(3);
  const fields = [
    [0x0103, 6],
    [0x0201, header.length + directory.length],
    [0x0202, thumbnail.length],
  ] as const;
  fields.forEach(([tag, value], index) => {
    const at = 2 + index * 12;
    directory.writeUInt16BE(tag, at);
    directory.writeUInt16BE(4, at + 2);
    directory.writeUInt32BE(1, at + 4);
    directory.writeUInt32BE(value, at + 8);
  });
  const exif = Buffer.from('Exif\0\0', 'latin1');
  return segment(0xe1, Buffer.concat([exif, header, directory, thumbnail]));
}

/** A JPEG whose EXIF data holds a whole JPEG. */
export async function jpegWithThumbnail(): Promise<Buffer> {
  const thumbnail = await drawing(8).jpeg({ quality: 30 }).toBuffer();
  return withSegment(
    await drawing(16).jpeg({ quality: 30 }).toBuffer(),
    thumbnailSegment(thumbnail),
  );
}

/** A grey JPEG, eight blocks wide, with a restart marker behind every block. */
export function jpegWithRestarts(): Buffer {
  // Each table gives one code of one bit; a block is two such bits and ones to fill the byte.
  const oneCode = [1, ...new Array<number>(15).fill(0), 0];
  const blocks = Array.from({ length: 8 }, (_, index) => [0x3f, 0xff, 0xd0 + index]).flat();
  return Buffer.concat([
    Buffer.from([0xff, 0xd8]),
    segment(0xdb, Buffer.from([0, ...new Array<number>(64).fill(1)])),
    segment(0xc0, Buffer.from([8, 0, 8, 0, 64, 1, 1, 0x11, 0])),
    segment(0xc4, Buffer.from([0x00, ...oneCode])),
    segment(0xc4, Buffer.from([0x10, ...oneCode])),
    segment(0xdd, Buffer.from([0, 1])),
    segment(0xda, Buffer.from([1, 1, 0, 0, 63, 0])),
    Buffer.from(blocks.slice(0, -2)),
    Buffer.from([0xff, 0xd9]),
  ]);
}

function pngChunk(type: string, content: Uint8Array): Buffer {
  const named = Buffer.concat([Buffer.from(type, 'latin1'), content]);
  const chunk = Buffer.alloc(named.length + 8);
  chunk.writeUInt32BE(content.length);
  named.copy(chunk, 4);
  chunk.writeUInt32BE(crc32(named), named.length + 4);
  return chunk;
}

/** A PNG animated by hand: its own picture is the first frame, and the second one too. */
async function animatedPng(): Promise<Buffer> {
  const png = await drawing(6).png().toBuffer();
  const dataAt = png.indexOf('IDAT') - 4;
  const dataLength = png.readUInt32BE(dataAt);
  const data = png.subarray(dataAt + 8, dataAt + 8 + dataLength);
  const frame = (sequence: number): Buffer => {
    const control = Buffer.alloc(26);
    [sequence, 6, 6].forEach((value, index) => {
      control.writeUInt32BE(value, index * 4);
    });
    return pngChunk('fcTL', control);
  };
  return Buffer.concat([
    png.subarray(0, dataAt),
    pngChunk('acTL', Buffer.from([0, 0, 0, 2, 0, 0, 0, 0])),
    frame(0),
    png.subarray(dataAt, dataAt + dataLength + 12),
    frame(1),
    pngChunk('fdAT', Buffer.concat([Buffer.from([0, 0, 0, 2]), data])),
    png.subarray(dataAt + dataLength + 12),
  ]);
}

/** Makers of small whole pictures that end with their last byte, and their MIME types. */
export const smallPictures: Record<string, { type: string; make: () => Promise<Buffer> | Buffer }> =
  {
    'a baseline JPEG': {
      type: 'image/jpeg',
      make: () => drawing(16).jpeg({ quality: 95 }).toBuffer(),
    },
    'a progressive JPEG': {
      type: 'image/jpeg',
      make: () => drawing(16).jpeg({ progressive: true }).toBuffer(),
    },
    'a JPEG with every saving sharp knows': {
      type: 'image/jpeg',
      make: () => drawing(24).jpeg({ mozjpeg: true }).toBuffer(),
    },
    'a CMYK JPEG': {
      type: 'image/jpeg',
      make: () => drawing(8).toColourspace('cmyk').jpeg({ quality: 60 }).toBuffer(),
    },
    'a JPEG with a thumbnail in its EXIF data': { type: 'image/jpeg', make: jpegWithThumbnail },
    'a JPEG with restart markers': { type: 'image/jpeg', make: jpegWithRestarts },
    'a PNG': { type: 'image/png', make: () => drawing(10, 10, 4).png().toBuffer() },
    'an interlaced PNG': {
      type: 'image/png',
      make: () => drawing(10).png({ progressive: true }).toBuffer(),
    },
    'a PNG with a palette': {
      type: 'image/png',
      make: () => drawing(10).png({ palette: true }).toBuffer(),
    },
    'an animated PNG': { type: 'image/apng', make: animatedPng },
    'a GIF': { type: 'image/gif', make: () => drawing(10).gif({ colours: 8 }).toBuffer() },
    'an animated GIF': { type: 'image/gif', make: () => frames(8).gif({ colours: 8 }).toBuffer() },
    'a lossy WebP': { type: 'image/webp', make: () => drawing(10).webp().toBuffer() },
    'a lossless WebP': {
      type: 'image/webp',
      make: () => drawing(10, 10, 4).webp({ lossless: true }).toBuffer(),
    },
    'an animated WebP': { type: 'image/webp', make: () => frames(8).webp().toBuffer() },
  };
