import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { AlbumIdentity } from '../../album/album.js';
import { UsageError } from '../../errors.js';
import { insteadOf } from '../../files/error-code.js';
import { makeFolder } from '../../files/make-folder.js';
import { writeWhole } from '../../files/whole-file.js';
import { albumMark } from '../album-mark.js';

/** The folders of a gallery. */
const folders = ['assets', 'originals', 'pages', 'thumbnails'] as const;

/** The file that marks a folder as the gallery of one album. */
const markFile = 'gallery.json';
/** How that file begins, whatever the album. */
const markStart = '{"photoEscapeGallery":1,';

/**
 * Prepares a folder for the gallery of an album: a new or empty one, or one with this album's
 * gallery. Other files are never overwritten.
 *
 * @throws UsageError where the folder has other files, or another album's gallery; the file system's
 *   error
 */
export async function openGalleryFolder(folder: string, identity: AlbumIdentity): Promise<void> {
  const mark = `${markStart}"album":"${albumMark(identity)}"}\n`;
  makeFolder(folder);
  const isEmpty = (await readdir(folder)).length === 0;
  const found = isEmpty
    ? mark
    : await readFile(join(folder, markFile), 'utf8').catch(insteadOf(['ENOENT'], undefined));
  if (found !== mark) {
    const problem = found?.startsWith(markStart)
      ? 'the gallery of another album. Choose another folder with --out'
      : "other files. Choose a new or empty folder with --out, or one with this album's gallery";
    throw new UsageError([`${folder} contains ${problem}`]);
  }
  if (isEmpty) await writeWhole(join(folder, markFile), mark);
  for (const name of folders) makeFolder(join(folder, name));
}
