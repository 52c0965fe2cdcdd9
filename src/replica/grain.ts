import { createRandom, type Random } from './random.js';

/** Numbers in the tile; a power of two, so that a mask wraps it around. */
const tileLength = 1 << 18;

let tile: Int8Array | undefined;

/**
 * Adds the grain of a sensor to raw RGB pixels, in place: it makes the picture look taken rather
 * than drawn, and brings the JPEG to the size of a camera's. `random` says where in the grain to
 * start; `width` is in pixels.
 */
export function addGrain(pixels: Buffer, width: number, random: Random): void {
  tile ??= makeTile(createRandom('grain'));
  const grain = tile;
  const clamped = new Uint8ClampedArray(pixels.buffer, pixels.byteOffset, pixels.length);
  const stride = width * 3;
  for (let row = 0; row < clamped.length; row += stride) {
    let at = Math.floor(random() * tileLength);
    for (let offset = row; offset < row + stride; offset += 3) {
      const noise = grain[at++ & (tileLength - 1)] as number;
      clamped[offset] = (clamped[offset] as number) + noise;
      clamped[offset + 1] = (clamped[offset + 1] as number) + noise;
      clamped[offset + 2] = (clamped[offset + 2] as number) + noise;
    }
  }
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
