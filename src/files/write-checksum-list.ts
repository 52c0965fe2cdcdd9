/** A file and its content. */
interface Checksum {
  /** Path relative to the list, with forward slashes. */
  name: string;
  /** Lower-case hexadecimal SHA-256. */
  sha256: string;
}

/**
 * A list that `sha256sum -c` reads (GNU coreutils, cksum output modes): one line a file, by name. A
 * line whose name has a backslash or a line break begins with a backslash, and has these escaped.
 */
export function checksumList(files: readonly Checksum[]): string {
  return files
    .toSorted((a, b) => (a.name < b.name ? -1 : 1))
    .map(({ name, sha256 }) => {
      const escaped = name.replaceAll('\\', '\\\\').replaceAll('\n', '\\n').replaceAll('\r', '\\r');
      return `${escaped === name ? '' : '\\'}${sha256}  ${escaped}\n`;
    })
    .join('');
}
