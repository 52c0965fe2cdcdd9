import { isAbsolute, normalize, sep } from 'node:path';

/** A file's name in a list of checksums, and its checksum. */
interface ListedChecksum {
  /** Path relative to the list's folder, with forward slashes. */
  name: string;
  /** Lower-case hexadecimal SHA-256. */
  sha256: string;
}

/** What stands in a list of checksums. */
export interface ChecksumList {
  files: ListedChecksum[];
  /** Numbers, from 1, of lines that cannot be read, or that name what is not below the folder. */
  unreadableLines: number[];
}

const line = /^(\\?)([0-9a-f]{64}) [ *](.+)$/is;
const escapes: Record<string, string> = { '\\\\': '\\', '\\n': '\n', '\\r': '\r' };

function unescaped(name: string): string | undefined {
  if (/\\(?![\\nr])/.test(name.replaceAll('\\\\', ''))) return undefined;
  return name.replace(/\\[\\nr]/g, (pair) => escapes[pair] ?? pair);
}

function isBelow(name: string): boolean {
  return !isAbsolute(name) && normalize(name).split(sep)[0] !== '..';
}

function readLine(text: string): ListedChecksum | undefined {
  const [, escaped, sha256 = '', written = ''] = line.exec(text) ?? [];
  const name = escaped === '\\' ? unescaped(written) : written;
  if (name === undefined || name === '' || !isBelow(name)) return undefined;
  return { name, sha256: sha256.toLowerCase() };
}

/**
 * Reads a list as `sha256sum` writes it (GNU coreutils: hash, space, space or `*`, name; a line that
 * begins with a backslash has `\\`, `\n` and `\r` escaped in its name).
 */
export function readChecksumList(text: string): ChecksumList {
  const list: ChecksumList = { files: [], unreadableLines: [] };
  const lines = text.split(/\r?\n/);
  if (lines.at(-1) === '') lines.pop();
  for (const [index, content] of lines.entries()) {
    const file = readLine(content);
    if (file === undefined) list.unreadableLines.push(index + 1);
    else list.files.push(file);
  }
  return list;
}
