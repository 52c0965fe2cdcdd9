import { createHash } from 'node:crypto';
import type { AlbumIdentity } from '../album/album.js';

/**
 * A mark by which an exported folder is known as this album's. It is a hash (SHA-256, hexadecimal),
 * because such folders are passed on, and the account's name is nobody else's business.
 */
export function albumMark({ profile, url, username }: AlbumIdentity): string {
  return createHash('sha256')
    .update(JSON.stringify([profile, url, username]))
    .digest('hex');
}
