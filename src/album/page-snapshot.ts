import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import { redactSecrets } from './redact-secrets.js';

/** A listing page as the site served it. */
export interface ServedPage {
  /** Where it came from. */
  address: string;
  html: string;
  /** What is not to be kept, wherever it stands: the password, the session's cookies. */
  secrets: readonly string[];
}

const packed = promisify(gzip);

/**
 * A page as it is kept: packed by gzip, in UTF-8 with a byte order mark, which overrules whatever
 * charset the page names (HTML Living Standard, 13.2.3.2), without what could let somebody in, and
 * behind a comment that says where it came from, as browsers write it ("saved from url").
 */
export async function pageSnapshot({ address, html, secrets }: ServedPage): Promise<Buffer> {
  const from = redactSecrets(address, secrets).replaceAll('--', '%2D%2D');
  const length = String(from.length).padStart(4, '0');
  const mark = `<!-- saved from url=(${length})${from} -->`;
  return packed(`\uFEFF${mark}\n${redactSecrets(html, secrets)}`);
}
