import { WrittenFile } from '../files/temporary-file.js';
import type { RecordContent } from './backend.js';

const jsonType = 'application/json';
const textTypes = /^(text\/.*|application\/([a-z0-9.+-]*xml|json|[a-z0-9.+-]+\+json))$/;
const readAsText = /^(text\/.*|application\/[a-z0-9.+-]*xml)$/;

/** Encodings of Node that are not ways to write text. */
const notForText = /^(hex|base64|base64url)$/i;

/**
 * How a value is kept: text, and what can be written as JSON, inline; streams, and bytes that are
 * not text, as a file; what was written already, as that file. Without a content type it follows from the value. Throws a `TypeError` for
 * a value that the content type has no form for.
 */
export function recordContent(
  value: unknown,
  contentType: string | undefined,
): { contentType: string; content: RecordContent } {
  const type = contentType ?? typeFor(value);
  if (value instanceof WrittenFile) {
    return { contentType: type, content: { kind: 'written', file: value } };
  }
  if (isByteSource(value)) return { contentType: type, content: { kind: 'file', source: value } };
  const bytes = toBytes(value, type);
  const content: RecordContent = textTypes.test(mediaType(type))
    ? { kind: 'inline', bytes }
    : { kind: 'file', source: bytes };
  return { contentType: type, content };
}

/**
 * The value that was kept as these bytes: parsed for `application/json` (throws a `SyntaxError` if
 * it is none), text for `text/*` and XML in a known encoding, the bytes themselves otherwise.
 */
export function recordValue(bytes: Buffer, contentType: string): unknown {
  const type = mediaType(contentType);
  const encoding = textEncoding(contentType);
  if (!encoding || (type !== jsonType && !readAsText.test(type))) return bytes;
  const text = bytes.toString(encoding);
  return type === jsonType ? JSON.parse(text) : text;
}

function typeFor(value: unknown): string {
  if (isByteSource(value) || isBytes(value) || value instanceof WrittenFile)
    return 'application/octet-stream';
  return typeof value === 'string' ? 'text/plain; charset=utf-8' : `${jsonType}; charset=utf-8`;
}

function toBytes(value: unknown, contentType: string): Buffer {
  if (Buffer.isBuffer(value)) return value;
  if (value instanceof ArrayBuffer) return Buffer.from(value);
  if (ArrayBuffer.isView(value))
    return Buffer.from(value.buffer, value.byteOffset, value.byteLength);
  if (typeof value === 'string') return Buffer.from(value, textEncoding(contentType) ?? 'utf8');
  const json = mediaType(contentType) === jsonType ? JSON.stringify(value, null, 2) : undefined;
  if (json === undefined)
    throw new TypeError(`A value of type ${typeof value} cannot be kept as ${contentType}.`);
  return Buffer.from(json);
}

function isBytes(value: unknown): boolean {
  return value instanceof ArrayBuffer || ArrayBuffer.isView(value);
}

function isByteSource(value: unknown): value is AsyncIterable<Uint8Array | string> {
  return typeof value === 'object' && value !== null && Symbol.asyncIterator in value;
}

function mediaType(contentType: string): string {
  return contentType.split(';', 1)[0]?.trim().toLowerCase() ?? '';
}

/** `undefined` for an encoding that Node does not know. */
function textEncoding(contentType: string): BufferEncoding | undefined {
  const charset = /;\s*charset\s*=\s*"?([^";\s]+)/i.exec(contentType)?.[1] ?? 'utf-8';
  return Buffer.isEncoding(charset) && !notForText.test(charset) ? charset : undefined;
}
