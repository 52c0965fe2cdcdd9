import { createHash } from 'node:crypto';
import { mkdir, readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import type { AlbumIdentity } from '../../album/album.js';
import { UsageError } from '../../errors.js';
import { errorCode } from '../../files/error-code.js';
import { writeWhole } from './whole-file.js';

/** The folders of a gallery. */
const folders = ['assets', 'originals', 'pages', 'thumbnails'] as const;

/** The file by which a gallery is known as one, and as this album's. */
const markFile = 'gallery.json';
const markSchema = z.object({ photoEscapeGallery: z.literal(1), album: z.string() });

/** A gallery is handed round: it names the account of nobody. */
function markOf({ profile, url, username }: AlbumIdentity): z.infer<typeof markSchema> {
  const album = createHash('sha256').update(JSON.stringify([profile, url, username]));
  return { photoEscapeGallery: 1, album: album.digest('hex') };
}

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
 * Makes a folder ready to hold the gallery of an album: a new or empty one, or one that holds this
 * album's gallery already. Nothing of another's is ever written over.
 *
 * @throws UsageError where other things are in the folder; the file system's error
 */
export async function openGalleryFolder(folder: string, identity: AlbumIdentity): Promise<void> {
  const names = await namesIn(folder);
  const mark = markOf(identity);
  if (names.length > 0) {
    const found = await markIn(folder);
    if (found === undefined) {
      throw new UsageError([
        `${folder} holds other files. Choose a new or empty folder with --out, or one that holds this album's gallery`,
      ]);
    }
    if (found.album !== mark.album) {
      throw new UsageError([
        `${folder} holds the gallery of another album. Choose another folder with --out`,
      ]);
    }
  }
  await mkdir(folder, { recursive: true });
  if (names.length === 0) {
    await writeWhole(join(folder, markFile), `${JSON.stringify(mark)}\n`);
  }
  for (const name of folders) await mkdir(join(folder, name), { recursive: true });
}
