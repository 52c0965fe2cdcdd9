import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

/** The exported originals' names. The export's own folder is left out: it changes during the export. */
export function exportedOriginals(album: string, folder = ''): string[] {
  if (!existsSync(album)) return [];
  return readdirSync(join(album, folder), { withFileTypes: true })
    .filter(({ name }) => !name.startsWith('.'))
    .flatMap((file) => {
      const name = join(folder, file.name);
      return file.isDirectory() ? exportedOriginals(album, name) : [name];
    })
    .filter((name) => name.endsWith('.jpg'));
}
