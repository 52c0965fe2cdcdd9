import { createHash } from 'node:crypto';
import { isDeviceName } from './file-name.js';

const plain = /^[a-z0-9][a-z0-9-]{0,99}$/;

/**
 * A name of lower-case letters, digits, hyphens and dots: the text itself where it has no others, and
 * else a readable form of it with a hash. It is the same for the same text, different for any two
 * texts, and no longer than 100 characters.
 */
export function plainName(text: string): string {
  if (plain.test(text) && !isDeviceName(text)) return text;
  const readable = text
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .slice(0, 60)
    .replace(/^-+|-+$/g, '');
  // As UTF-16, since UTF-8 cannot write half a surrogate pair. After a dot, which no text that is
  // kept unchanged contains.
  const hash = createHash('sha256').update(text, 'utf16le').digest('hex').slice(0, 16);
  return `${readable === '' ? 'x' : readable}.${hash}`;
}
