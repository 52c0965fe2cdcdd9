import { mkdir, readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import type { AlbumIdentity } from '../../album/album.js';
import { UsageError } from '../../errors.js';
import { errorCode } from '../../files/error-code.js';
import { writeWhole } from '../../files/whole-file.js';
import { albumMark } from '../album-mark.js';

/** The folders of a gallery. */
const folders = ['assets', 'originals', 'pages', 'thumbnails'] as const;

/** The file that marks a folder as the gallery of one album. */
const markFile = 'gallery.json';
const markSchema = z.object({ photoEscapeGallery: z.literal(1), album: z.string() });

async function namesIn(folder: string): Promise<string[]> {
  try {
    return await readdir(folder);
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return [];
    throw error;
  }
}

async function markIn(folder: string): Promise<z.infer<typeof markSchema> | undefined> {
  try {
    return markSchema.safeParse(JSON.parse(await readFile(join(folder, markFile), 'utf8'))).data;
  } catch (error) {
    if (error instanceof SyntaxError || errorCode(error) === 'ENOENT') return undefined;
    throw error;
  }
}

/**
 * Prepares a folder for the gallery of an album: a new or empty one, or one with this album's
 * gallery. Other files are never overwritten.
 *
 * @throws UsageError where the folder has other files, or another album's gallery; the file system's
 *   error
 */
export async function openGalleryFolder(folder: string, identity: AlbumIdentity): Promise<void> {
  const names = await namesIn(folder);
  const album = albumMark(identity);
  if (names.length > 0) {
    const found = await markIn(folder);
    if (found === undefined) {
      throw new UsageError([
        `${folder} contains other files. Choose a new or empty folder with --out, or one with this album's gallery`,
      ]);
    }
    if (found.album !== album) {
      throw new UsageError([
        `${folder} contains the gallery of another album. Choose another folder with --out`,
      ]);
    }
  }
  await mkdir(folder, { recursive: true });
  if (names.length === 0) {
    const mark: z.infer<typeof markSchema> = { photoEscapeGallery: 1, album };
    await writeWhole(join(folder, markFile), `${JSON.stringify(mark)}\n`);
  }
  for (const name of folders) await mkdir(join(folder, name), { recursive: true });
}
