import { createHash } from 'node:crypto';

/**
 * The id that Crawlee computes for itself from a request's unique key and expects the storage to
 * use: the first 15 letters and digits of its SHA-256 in base 64.
 */
export function requestId(uniqueKey: string): string {
  return createHash('sha256').update(uniqueKey).digest('base64').replace(/[+/=]/g, '').slice(0, 15);
}
