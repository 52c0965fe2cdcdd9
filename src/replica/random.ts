/** Returns the next number of a sequence, from 0 up to but not including 1. */
export type Random = () => number;

/**
 * Makes a sequence of numbers that depends on `seed` alone, so that two replicas with the same seed
 * hold the same album on every machine.
 */
export function createRandom(seed: string): Random {
  let [a, b, c] = hashText(seed);
  let counter = 1;
  return () => {
    const sum = (((a + b) | 0) + counter) | 0;
    counter = (counter + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = ((c << 21) | (c >>> 11)) + sum;
    return (sum >>> 0) / 2 ** 32;
  };
}

/** Returns a GUID drawn from `random`, marked as version 4 as .NET's `Guid.NewGuid` does. */
export function drawGuid(random: Random): string {
  let hex = '';
  for (let word = 0; word < 4; word++) {
    hex += Math.floor(random() * 2 ** 32)
      .toString(16)
      .padStart(8, '0');
  }
  const variant = '89ab'[Math.floor(random() * 4)];
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-${variant}${hex.slice(17, 20)}-${hex.slice(20)}`;
}

function hashText(text: string): [number, number, number] {
  let a = 0x9e3779b9;
  let b = 0x243f6a88;
  let c = 0xb7e15162;
  for (let index = 0; index < text.length; index++) {
    const code = text.charCodeAt(index);
    a = Math.imul(a ^ code, 0x85ebca6b);
    b = Math.imul(b ^ code ^ (a >>> 15), 0xc2b2ae35);
    c = Math.imul(c ^ code ^ (b >>> 13), 0x27d4eb2f);
  }
  a = Math.imul(a ^ (c >>> 16), 0x2c1b3c6d);
  b = Math.imul(b ^ (a >>> 15), 0x297a2d39);
  c = Math.imul(c ^ (b >>> 14), 0x165667b1);
  return [a, b, c];
}
