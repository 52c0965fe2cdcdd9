import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** Puts a file of the right size into the storage folder for each photo that an earlier version saved. */
export function putFiles(
  folder: string,
  photos: readonly { file?: string; bytes?: number }[],
): void {
  for (const { file, bytes } of photos) {
    if (file === undefined || bytes === undefined) continue;
    const path = join(folder, file);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, Buffer.alloc(bytes));
  }
}
