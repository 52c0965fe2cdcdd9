import type { AlbumEntry } from '../album/entries.js';
import type { PixelSize } from '../picture/pixel-size.js';

/** A sign that a photo is not what the camera made. */
interface OriginalitySign {
  key: string;
  /** In words. */
  sign: string;
}

/** What the pictures themselves say of being originals. */
export interface Originality {
  /** Pictures whose size in pixels is known. */
  measured: number;
  /**
   * Thumbnails that were fetched to compare with, the longest side among them in pixels, and how many
   * of the pictures were held against their own: the others were against that longest side.
   */
  thumbnails: { measured: number; longestSide?: number; own: number };
  /** Photos with a sign of their own; one photo may have two. */
  signs: OriginalitySign[];
  /** What many pictures have in common that a camera would not give them, in a sentence. */
  commonSide?: { longestSide: number; pictures: number; sentence: string };
  /** Photos that are perhaps not what the camera made, by either kind of sign. */
  doubtful: number;
}

/** Pictures below which a side that many share says nothing. */
const fewPictures = 20;
/** Longest side in pixels, above which pictures of one size are rather a camera's own. */
const largestServiceSide = 2560;
/** How much larger than the picture the size in its EXIF has to be, in area, to be a sign. */
const clearlyLarger = 1.1;

interface Picture extends PixelSize {
  key: string;
  exif?: PixelSize;
}

function pictureOf({ photo: { key }, outcome }: AlbumEntry): Picture | undefined {
  if (outcome?.status !== 'saved') return undefined;
  const { width, height, exifWidth, exifHeight, contentType } = outcome;
  if (width === undefined || height === undefined || !contentType.startsWith('image/')) {
    return undefined;
  }
  const exif = exifWidth !== undefined && exifHeight !== undefined;
  return { key, width, height, ...(exif && { exif: { width: exifWidth, height: exifHeight } }) };
}

const longest = ({ width, height }: PixelSize): number => Math.max(width, height);
const shortest = ({ width, height }: PixelSize): number => Math.min(width, height);
const shape = (size: PixelSize): string => (longest(size) / shortest(size)).toFixed(1);
/** Width and height for people. */
export const inPixels = ({ width, height }: PixelSize): string => `${width} × ${height}`;

/** Whether the picture is smaller than its EXIF says, and how that reads. */
function exifSign(picture: Picture): string | undefined {
  const { exif } = picture;
  if (exif === undefined) return undefined;
  const isLarger =
    exif.width * exif.height > clearlyLarger * picture.width * picture.height &&
    longest(exif) >= longest(picture);
  if (!isLarger) return undefined;
  const how = shape(exif) === shape(picture) ? 'made smaller' : 'cut or made smaller';
  return `the camera made ${inPixels(exif)} pixels of it (EXIF), the site has ${inPixels(picture)}: it was ${how} since`;
}

function thumbnailSign(
  picture: Picture,
  thumbnails: ReadonlyMap<string, PixelSize>,
  largest: number | undefined,
): string | undefined {
  const own = thumbnails.get(picture.key);
  if (own !== undefined && longest(picture) <= longest(own)) {
    return `with ${inPixels(picture)} pixels it is no larger than its thumbnail (${inPixels(own)})`;
  }
  if (own !== undefined || largest === undefined || longest(picture) > largest) return undefined;
  return `with ${inPixels(picture)} pixels it is no larger than the album's thumbnails (${largest} pixels at their longest side)`;
}

/** Pictures of one longest side. */
interface Alike {
  pictures: number;
  /** Of those: pictures with a sign of their own. */
  signed: number;
  shapes: Set<string>;
}

const noneAlike = (): Alike => ({ pictures: 0, signed: 0, shapes: new Set() });

/**
 * A service that makes pictures smaller fits them into a box: pictures of several shapes then have
 * one longest side. A camera gives pictures of one shape one size.
 */
function commonSide(
  measured: number,
  bySide: ReadonlyMap<number, Alike>,
): Originality['commonSide'] {
  const [side, { pictures, shapes }] = [...bySide].reduce(
    (most, next) => (next[1].pictures > most[1].pictures ? next : most),
    [0, noneAlike()],
  );
  const isSign =
    measured >= fewPictures &&
    pictures * 2 >= measured &&
    side <= largestServiceSide &&
    shapes.size > 1;
  if (!isSign) return undefined;
  const sentence = `${pictures} of ${measured} pictures, of different shapes, are ${side} pixels at their longest side: this is how services make pictures smaller`;
  return { longestSide: side, pictures, sentence };
}

/** Looks, photo by photo, for signs that what the site holds is not what the camera made. */
export class OriginalityCheck {
  readonly #largestThumbnail: number | undefined;
  readonly #bySide = new Map<number, Alike>();
  readonly #signs: OriginalitySign[] = [];
  #measured = 0;
  #signed = 0;
  #heldAgainstOwn = 0;

  /** @param thumbnails sizes of those thumbnails that were fetched, by the photo's key */
  constructor(private readonly thumbnails: ReadonlyMap<string, PixelSize>) {
    const sides = [...thumbnails.values()].map(longest);
    this.#largestThumbnail = sides.length === 0 ? undefined : Math.max(...sides);
  }

  /**
   * Looks at one photo of the album; each is to come once.
   *
   * @returns whether it has a sign of its own
   */
  add(entry: AlbumEntry): boolean {
    const picture = pictureOf(entry);
    if (picture === undefined) return false;
    const own = [thumbnailSign(picture, this.thumbnails, this.#largestThumbnail), exifSign(picture)]
      .filter((sign) => sign !== undefined)
      .map((sign) => ({ key: picture.key, sign }));
    const hasSign = own.length > 0;
    this.#signs.push(...own);
    this.#measured += 1;
    if (hasSign) this.#signed += 1;
    if (this.thumbnails.has(picture.key)) this.#heldAgainstOwn += 1;
    const alike = this.#bySide.get(longest(picture)) ?? noneAlike();
    alike.pictures += 1;
    alike.shapes.add(shape(picture));
    if (hasSign) alike.signed += 1;
    this.#bySide.set(longest(picture), alike);
    return hasSign;
  }

  /** What the photos so far say. */
  result(): Originality {
    const common = commonSide(this.#measured, this.#bySide);
    const alike = common && this.#bySide.get(common.longestSide);
    const longestSide = this.#largestThumbnail;
    return {
      measured: this.#measured,
      thumbnails: {
        measured: this.thumbnails.size,
        ...(longestSide !== undefined && { longestSide }),
        own: this.#heldAgainstOwn,
      },
      signs: this.#signs,
      ...(common && { commonSide: common }),
      doubtful: this.#signed + (alike ? alike.pictures - alike.signed : 0),
    };
  }
}
