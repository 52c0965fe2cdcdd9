import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import { redactSecrets } from './redact-secrets.js';
import type { Secrets } from './secrets.js';

/** A listing page as the site served it. */
export interface PageSource {
  /** Where it came from. */
  address: string;
  html: string;
  /** Must not be kept anywhere in the page. */
  secrets: Secrets;
}

const compressed = promisify(gzip);

/**
 * A page as it is kept: compressed by gzip, in UTF-8 with a byte order mark, which overrules any
 * charset that the page names (HTML Living Standard, 13.2.3.2), with secrets redacted, and after a
 * comment that says where it came from, as browsers write it ("saved from url").
 */
export async function pageSnapshot({ address, html, secrets }: PageSource): Promise<Buffer> {
  const from = redactSecrets(address, secrets).replaceAll('--', '%2D%2D');
  const length = String(from.length).padStart(4, '0');
  const mark = `<!-- saved from url=(${length})${from} -->`;
  return compressed(`\uFEFF${mark}\n${redactSecrets(html, secrets)}`);
}
