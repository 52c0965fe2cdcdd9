import { rename, rm, writeFile } from 'node:fs/promises';
import { diskError } from './disk-error.js';

/** Text (as UTF-8) or bytes. */
type FilePart = string | Uint8Array;
/** What goes into a file: all at once, or in parts. */
type FileContent = FilePart | Iterable<string> | AsyncIterable<FilePart>;

/** How a whole file gets its name. */
interface Placing {
  /** Where the file is until it is whole, on the same disk; beside its place without it. */
  temporary?: string;
  /** Asked when the file is whole: whether it may have the name. It may without it. */
  mayRename?: (() => Promise<boolean>) | undefined;
}

/**
 * Makes a file under a temporary name, and renames it when it is whole. So the name never stands for
 * half a file. A file that had the name is replaced.
 *
 * @param make makes the file at the path that it is given, where there is none
 * @returns whether the file was renamed; if not, it was removed
 * @throws DiskError; what `make` throws. The temporary file is then removed
 */
export async function placeWhole(
  path: string,
  make: (temporary: string) => Promise<unknown>,
  { temporary = `${path}.part`, mayRename }: Placing = {},
): Promise<boolean> {
  try {
    // One that a killed process left may be a hard link to an original: it must not be written to.
    await rm(temporary, { force: true });
    await make(temporary);
    if ((await mayRename?.()) === false) {
      await rm(temporary);
      return false;
    }
    await rename(temporary, path);
    return true;
  } catch (error) {
    // Only the first error is reported: that the file cannot be removed follows from it.
    await rm(temporary, { force: true }).catch(() => undefined);
    throw diskError(error, path);
  }
}

/**
 * Writes a whole file, as {@link placeWhole} does.
 *
 * @param isDurable whether the content is on the disk before the file gets its name
 */
export async function writeWhole(
  path: string,
  content: FileContent,
  { isDurable = false } = {},
): Promise<void> {
  await placeWhole(path, (temporary) => writeFile(temporary, content, { flush: isDurable }));
}
