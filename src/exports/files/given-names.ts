import { createHash } from 'node:crypto';
import { z } from 'zod';
import type { AlbumIdentity } from '../../album/album.js';
import { StorageDamagedError, UsageError } from '../../errors.js';
import { type ExportFolder, namesFile } from './export-folder.js';
import type { NamePattern } from './name-pattern.js';

/** Within the folder, and nothing that is not seen: what an export gives is such a name. */
const name = z.string().regex(/^[^./\\][^/\\]*(?:\/[^./\\][^/\\]*)*$/);

const fileSchema = z.strictObject({
  schema: z.literal(1),
  album: z.string(),
  pattern: z.string(),
  names: z.record(z.string(), name),
});

/** Tells albums apart and names nobody: exported folders are given away. */
function markOf({ profile, url, username }: AlbumIdentity): string {
  return createHash('sha256')
    .update(JSON.stringify([profile, url, username]))
    .digest('hex');
}

function parsed(text: string, path: string): z.infer<typeof fileSchema> {
  try {
    return fileSchema.parse(JSON.parse(text));
  } catch (error) {
    throw new StorageDamagedError(
      `${path} is not a list of the names that this program gave: it is damaged, or of a newer version. Export to another folder`,
      { cause: error },
    );
  }
}

/**
 * The names that an exported folder's photos have, by the photos' keys; none in a new folder. They
 * are kept because they cannot be found again where an album has changed its titles or dates.
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
  if (file.album !== markOf(identity)) {
    throw new UsageError([
      `${folder.path('.')} holds the export of another album, and stays as it is. Choose another folder with --out`,
    ]);
  }
  if (file.pattern !== pattern.text) {
    throw new UsageError([
      `The files in ${folder.path('.')} have names by the pattern ${file.pattern}, which stay. Run it with --name '${file.pattern}', or choose another folder with --out`,
    ]);
  }
  return new Map(Object.entries(file.names));
}

/** Keeps the names, before any file gets one. Throws a DiskError. */
export async function writeGivenNames(
  folder: ExportFolder,
  identity: AlbumIdentity,
  pattern: NamePattern,
  names: ReadonlyMap<string, string>,
): Promise<void> {
  const file: z.infer<typeof fileSchema> = {
    schema: 1,
    album: markOf(identity),
    pattern: pattern.text,
    names: Object.fromEntries(names),
  };
  await folder.write(namesFile, `${JSON.stringify(file, null, 1)}\n`);
}
