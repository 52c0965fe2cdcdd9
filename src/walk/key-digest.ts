import { createHash } from 'node:crypto';

/**
 * Stands for a photo's key while the album is walked. What each page lists is kept until the run
 * ends, and a key has sixty characters and more; this has twelve. They hold 72 bits: the odds that two of a
 * million photos share them are one in ten billion.
 */
export function keyDigest(key: string): string {
  return createHash('sha256').update(key).digest('base64').slice(0, 12);
}
