import { isAbsolute, normalize, sep } from 'node:path';

/** A file's name and its checksum. */
interface ListedChecksum {
  /** Path relative to the list's folder, with forward slashes. */
  name: string;
  /** Lower-case hexadecimal SHA-256. */
  sha256: string;
}

/** The content of a list of checksums. */
export interface ChecksumList {
  files: ListedChecksum[];
  /** Numbers, from 1, of lines that cannot be read, or that name a file outside the folder. */
  unreadableLines: number[];
}

// The format is that of `sha256sum` (GNU coreutils, cksum output modes): hash, space, space or `*`,
// name. A line that begins with a backslash has `\\`, `\n` and `\r` escaped in its name.
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

/** Reads a list of checksums. */
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

/** Writes a list that `sha256sum -c` reads: one line a file, in the order of the names. */
export function checksumList(files: readonly ListedChecksum[]): string {
  return files
    .toSorted((a, b) => (a.name < b.name ? -1 : 1))
    .map(({ name, sha256 }) => {
      const escaped = name.replaceAll('\\', '\\\\').replaceAll('\n', '\\n').replaceAll('\r', '\\r');
      return `${escaped === name ? '' : '\\'}${sha256}  ${escaped}\n`;
    })
    .join('');
}
