import { isUtf8 } from 'node:buffer';
import type { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { getBOMEncoding, labelToName, legacyHookDecode } from '@exodus/bytes/encoding.js';
import { declaredType, isHtml, mayBeMarkup } from './content-type.js';
import { metaEncoding } from './meta-encoding.js';
import { Page } from './page.js';

/** The answer to a request for a page, its body not read yet. */
export interface PageAnswer {
  /** The address that it came from, after redirects. */
  url: string;
  statusCode: number;
  headers: Readonly<Record<string, string | string[] | undefined>>;
}

/**
 * Reads a page from the body of an answer.
 *
 * @param requestedUrl the address that was requested, before redirects
 * @throws what the body's stream fails with
 */
export async function readPage(
  requestedUrl: string,
  { url, statusCode, headers }: PageAnswer,
  body: Readable,
): Promise<Page> {
  return decodePage(await buffer(body), {
    ...{ url, requestedUrl, status: statusCode },
    contentType: headers['content-type']?.toString(),
    challenge: headers['www-authenticate']?.toString(),
    linkHeader: headers.link?.toString(),
  });
}

/** What is known of the bytes of a page. */
interface PageSource {
  url: string;
  /** The value of Content-Type, or undefined. */
  contentType?: string | undefined;
  requestedUrl?: string;
  status?: number;
  challenge?: string | undefined;
  /** The value of Link, or undefined. */
  linkHeader?: string | undefined;
}

/**
 * Decodes a page. Its encoding is that of its byte order mark, its Content-Type, its first
 * `<meta>` or, where none names one of the Encoding Standard, UTF-8 if it is that, else windows-1252
 * (HTML, section 13.2.3.2).
 */
export function decodePage(bytes: Buffer, { contentType, ...source }: PageSource): Page {
  const { type, charset } = declaredType(contentType);
  const encoding =
    getBOMEncoding(bytes) ??
    (charset === undefined ? null : labelToName(charset)) ??
    (mayBeMarkup(type, bytes) ? metaEncoding(bytes) : undefined) ??
    (isUtf8(bytes) ? 'utf-8' : 'windows-1252');
  const text = legacyHookDecode(bytes, encoding);
  return new Page({
    ...source,
    ...{ text, type, encoding: encoding.toLowerCase(), isHtml: isHtml(type, text) },
  });
}
