import { rename, writeFile } from 'node:fs/promises';

/** Writes a file beside its place and moves it there when it is whole. Throws the file system's error. */
export async function writeWhole(path: string, text: string): Promise<void> {
  const part = `${path}.part`;
  await writeFile(part, text);
  await rename(part, path);
}
