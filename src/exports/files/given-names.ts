import * as z from 'zod';
import type { AlbumIdentity } from '../../album/album.js';
import { StorageDamagedError, UsageError } from '../../errors.js';
import { albumMark } from '../album-mark.js';
import { type ExportFolder, namesFile } from './export-folder.js';
import type { NamePattern } from './name-pattern.js';

/** A path within the folder, without hidden files or folders. */
const name = z.string().regex(/^[^./\\][^/\\]*(?:\/[^./\\][^/\\]*)*$/);

const fileSchema = z.strictObject({
  schema: z.literal(1),
  album: z.string(),
  pattern: z.string(),
  names: z.record(z.string(), name),
});

function parsed(text: string, path: string): z.infer<typeof fileSchema> {
  try {
    return fileSchema.parse(JSON.parse(text));
  } catch (error) {
    throw new StorageDamagedError(
      `${path} is not a list of the names that this program gave: it is damaged, or a newer version wrote it. Export to another folder`,
      { cause: error },
    );
  }
}

/**
 * The names of the photos in an exported folder, by the photos' keys; none in a new folder. They are
 * stored because an album may change the titles or dates that they were made of.
 *
 * @throws UsageError where the folder has another album, or names of another pattern;
 *   StorageDamagedError where the list cannot be read
 */
export async function readGivenNames(
  folder: ExportFolder,
  identity: AlbumIdentity,
  pattern: NamePattern,
): Promise<Map<string, string>> {
  const text = await folder.read(namesFile);
  if (text === undefined) return new Map();
  const file = parsed(text, folder.path(namesFile));
  if (file.album !== albumMark(identity)) {
    throw new UsageError([
      `${folder.path('.')} holds the export of another album, and stays as it is. Choose another folder with --out`,
    ]);
  }
  if (file.pattern !== pattern.text) {
    throw new UsageError([
      `The files in ${folder.path('.')} are named by the pattern ${file.pattern}, and keep their names. Run it with --name '${file.pattern}', or choose another folder with --out`,
    ]);
  }
  return new Map(Object.entries(file.names));
}

/** Stores the names, before any file gets one. Throws a DiskError. */
export async function writeGivenNames(
  folder: ExportFolder,
  identity: AlbumIdentity,
  pattern: NamePattern,
  names: ReadonlyMap<string, string>,
): Promise<void> {
  const file: z.infer<typeof fileSchema> = {
    schema: 1,
    album: albumMark(identity),
    pattern: pattern.text,
    names: Object.fromEntries(names),
  };
  await folder.write(namesFile, `${JSON.stringify(file, null, 1)}\n`);
}
