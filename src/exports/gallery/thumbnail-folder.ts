import { createHash } from 'node:crypto';
import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { type OriginalFacts, photoFileName } from '../../album/photo.js';
import { writeWhole } from '../../files/whole-file.js';
import { drawThumbnail } from './draw-thumbnail.js';

/** A thumbnail on disk. */
export interface Thumbnail {
  /** Its file's name. */
  file: string;
  /** Size of the original in pixels, turned as EXIF says. */
  width: number;
  height: number;
}

/** Which original, with which content. Another content needs another thumbnail. */
type Source = { key: string } & Pick<OriginalFacts, 'sha256' | 'damagedAtSource'>;

/** Changes with the way thumbnails are drawn, so that older ones are drawn again. */
const drawing = 'jpeg-height-320-quality-72';

const nameForm = /^(.+\.[0-9a-f]{16})\.(\d{1,9})x(\d{1,9})\.jpg$/;
const partForm = /^.+\.[0-9a-f]{16}\.\d+x\d+\.jpg\.part$/;

function stemOf({ key, sha256 }: Source): string {
  const mark = createHash('sha256').update(`${sha256} ${drawing}`).digest('hex');
  return photoFileName(key, mark.slice(0, 16));
}

/**
 * The thumbnails of a gallery. Everything about one is in its file's name
 * (`KEY.STATE.WIDTHxHEIGHT.jpg`), so that a later run does not have to open it.
 */
export class ThumbnailFolder {
  readonly #wanted = new Set<string>();

  private constructor(
    private readonly folder: string,
    private readonly present: ReadonlyMap<string, Thumbnail>,
  ) {}

  /** Reads which thumbnails the folder holds. Throws the file system's error. */
  static async open(folder: string): Promise<ThumbnailFolder> {
    const present = new Map<string, Thumbnail>();
    for (const file of await readdir(folder)) {
      const [, stem, width, height] = nameForm.exec(file) ?? [];
      if (stem === undefined) continue;
      present.set(stem, { file, width: Number(width), height: Number(height) });
    }
    return new ThumbnailFolder(folder, present);
  }

  /** The thumbnail that is already there for this content of the original, if any. */
  find(source: Source): Thumbnail | undefined {
    const thumbnail = this.present.get(stemOf(source));
    if (thumbnail !== undefined) this.#wanted.add(thumbnail.file);
    return thumbnail;
  }

  /**
   * Draws a thumbnail.
   *
   * @param original path of the original
   * @throws UnreadablePictureError where it cannot be drawn; DiskError
   */
  async make(source: Source, original: string): Promise<Thumbnail> {
    const { jpeg, width, height } = await drawThumbnail(original, source.damagedAtSource);
    const file = `${stemOf(source)}.${width}x${height}.jpg`;
    await writeWhole(join(this.folder, file), jpeg);
    this.#wanted.add(file);
    return { file, width, height };
  }

  /** Removes thumbnails that were neither found nor made, and unfinished ones of a killed run. */
  async removeStale(): Promise<void> {
    for (const file of await readdir(this.folder)) {
      const stale = nameForm.test(file) ? !this.#wanted.has(file) : partForm.test(file);
      if (stale) await rm(join(this.folder, file));
    }
  }
}
