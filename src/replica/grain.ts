import { createRandom, type Random } from './random.js';

/** Numbers in the tile; a power of two, so that a mask wraps it around. */
const tileLength = 1 << 18;

let tile: Int8Array | undefined;

/**
 * Returns raw RGBA pixels as RGB with the grain of a sensor: the picture looks photographed rather
 * than drawn, and its JPEG is as large as a camera's. `random` says where in the grain each row
 * starts; `width` is in pixels. Alpha is ignored.
 */
export function grainedRgb(pixels: Buffer, width: number, random: Random): Buffer {
  tile ??= makeTile(createRandom('grain'));
  const grain = tile;
  const rgb = new Uint8ClampedArray((pixels.length / 4) * 3);
  let to = 0;
  for (let row = 0; row < pixels.length; row += width * 4) {
    let at = Math.floor(random() * tileLength);
    for (let from = row; from < row + width * 4; from += 4) {
      const noise = grain[at++ & (tileLength - 1)] as number;
      rgb[to++] = (pixels[from] as number) + noise;
      rgb[to++] = (pixels[from + 1] as number) + noise;
      rgb[to++] = (pixels[from + 2] as number) + noise;
    }
  }
  return Buffer.from(rgb.buffer);
}

function makeTile(random: Random): Int8Array {
  const noise = new Int8Array(tileLength);
  let drift = 0;
  for (let index = 0; index < tileLength; index++) {
    drift = drift * 0.6 + (random() - 0.5) * 8;
    noise[index] = Math.round((random() + random() + random() - 1.5) * 11 + drift);
  }
  return noise;
}
