import type { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { TextDecoder } from 'node:util';
import { Page } from './page.js';

/** The answer to a request for a page, its body not read yet. */
export interface PageAnswer {
  /** The address that it came from, after redirects. */
  url: string;
  statusCode: number;
  headers: Readonly<Record<string, string | string[] | undefined>>;
}

/**
 * Reads a page from the body of an answer. The text is decoded by the charset that the Content-Type
 * header names, else as UTF-8.
 *
 * @param requestedUrl the address that was requested, before redirects
 * @throws what the body's stream fails with
 */
export async function readPage(
  requestedUrl: string,
  { url, statusCode, headers }: PageAnswer,
  body: Readable,
): Promise<Page> {
  const bytes = await buffer(body);
  const [type = '', ...parameters] = String(headers['content-type'] ?? '').split(';');
  return new Page({
    url,
    requestedUrl,
    text: decoderFor(parameters.join(';')).decode(bytes),
    status: statusCode,
    type: type.trim().toLowerCase(),
    challenge: headers['www-authenticate']?.toString(),
  });
}

function decoderFor(parameters: string): TextDecoder {
  const [, charset = 'utf-8'] = /\bcharset\s*=\s*"?([^\s";]+)/i.exec(parameters) ?? [];
  try {
    return new TextDecoder(charset);
  } catch (error) {
    // The Encoding Standard has no encoding of that name: browsers ignore such a label.
    if ((error as NodeJS.ErrnoException).code === 'ERR_ENCODING_NOT_SUPPORTED') {
      return new TextDecoder();
    }
    throw error;
  }
}
