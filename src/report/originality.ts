import type { MeasuredThumbnails } from '../album/album.js';
import type { AlbumEntry } from '../album/entries.js';
import type { PixelSize } from '../picture/picture-facts.js';

/** A sign that a file is not what the camera made. */
interface OriginalitySign {
  key: string;
  /** In a few words. */
  sign: string;
}

/** What the pictures themselves show about whether they are the camera's. */
export interface Originality {
  /** Pictures whose size in pixels is known. */
  measured: number;
  /**
   * How many thumbnails were measured, their longest side in pixels, and how many pictures were
   * compared with their own thumbnail. The others were compared with that longest side.
   */
  thumbnails: MeasuredThumbnails & { own: number };
  /** Signs of single photos; a photo may have two. */
  signs: OriginalitySign[];
  /** A longest side that many pictures have in common, as no camera makes them. */
  commonSide?: { longestSide: number; pictures: number; sentence: string };
  /** Photos with either kind of sign. */
  doubtful: number;
}

/** With fewer pictures, a side that many have in common is no sign. */
const fewPictures = 20;
/** In pixels. Pictures with a longer side in common are more likely a camera's own. */
const largestServiceSide = 2560;
/** How many times the picture's area the area in its EXIF must be to count as a sign. */
const clearlyLarger = 1.1;

interface Picture extends PixelSize {
  key: string;
  exif?: PixelSize;
  thumbnail?: PixelSize;
}

function pictureOf({ photo: { key }, outcome, thumbnail }: AlbumEntry): Picture | undefined {
  if (outcome?.status !== 'saved') return undefined;
  const { width, height, exifWidth, exifHeight, contentType } = outcome;
  if (width === undefined || height === undefined || !contentType.startsWith('image/')) {
    return undefined;
  }
  const exif = exifWidth !== undefined && exifHeight !== undefined;
  return {
    ...{ key, width, height },
    ...(exif && { exif: { width: exifWidth, height: exifHeight } }),
    ...(thumbnail && { thumbnail }),
  };
}

const longest = ({ width, height }: PixelSize): number => Math.max(width, height);
const shortest = ({ width, height }: PixelSize): number => Math.min(width, height);
const shape = (size: PixelSize): string => (longest(size) / shortest(size)).toFixed(1);
/** Width and height for people. */
export const inPixels = ({ width, height }: PixelSize): string => `${width} × ${height}`;

/** What to say of a picture that is smaller than its EXIF says. */
function exifSign(picture: Picture): string | undefined {
  const { exif } = picture;
  if (exif === undefined) return undefined;
  const isLarger =
    exif.width * exif.height > clearlyLarger * picture.width * picture.height &&
    longest(exif) >= longest(picture);
  if (!isLarger) return undefined;
  const how = shape(exif) === shape(picture) ? 'made smaller' : 'cut or made smaller';
  return `the camera made it with ${inPixels(exif)} pixels (EXIF), the site has ${inPixels(picture)}: it was ${how} since`;
}

function thumbnailSign(picture: Picture, largest: number | undefined): string | undefined {
  const { thumbnail: own } = picture;
  if (own !== undefined && longest(picture) <= longest(own)) {
    return `with ${inPixels(picture)} pixels it is no larger than its thumbnail (${inPixels(own)})`;
  }
  if (own !== undefined || largest === undefined || longest(picture) > largest) return undefined;
  return `with ${inPixels(picture)} pixels it is no larger than the album's thumbnails (${largest} pixels at their longest side)`;
}

/** Pictures with the same longest side. */
interface Alike {
  pictures: number;
  /** How many of them have a sign of their own. */
  signed: number;
  shapes: Set<string>;
}

const noneAlike = (): Alike => ({ pictures: 0, signed: 0, shapes: new Set() });

/**
 * A service that makes pictures smaller fits them into a square: pictures of several shapes then have
 * the same longest side. A camera's pictures of one size have one shape.
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

/** Looks, photo by photo, for signs that the site's files are not what the camera made. */
export class OriginalityCheck {
  readonly #bySide = new Map<number, Alike>();
  readonly #signs: OriginalitySign[] = [];
  #measured = 0;
  #signed = 0;
  #comparedWithOwn = 0;

  constructor(private readonly thumbnails: MeasuredThumbnails) {}

  /**
   * Checks a photo of the album. Each photo is to be added once.
   *
   * @returns whether it has a sign of its own
   */
  add(entry: AlbumEntry): boolean {
    const picture = pictureOf(entry);
    if (picture === undefined) return false;
    const own = [thumbnailSign(picture, this.thumbnails.longestSide), exifSign(picture)]
      .filter((sign) => sign !== undefined)
      .map((sign) => ({ key: picture.key, sign }));
    const hasSign = own.length > 0;
    this.#signs.push(...own);
    this.#measured += 1;
    if (hasSign) this.#signed += 1;
    if (picture.thumbnail !== undefined) this.#comparedWithOwn += 1;
    const alike = this.#bySide.get(longest(picture)) ?? noneAlike();
    alike.pictures += 1;
    alike.shapes.add(shape(picture));
    if (hasSign) alike.signed += 1;
    this.#bySide.set(longest(picture), alike);
    return hasSign;
  }

  /** The result for the photos that were added. */
  result(): Originality {
    const common = commonSide(this.#measured, this.#bySide);
    const alike = common && this.#bySide.get(common.longestSide);
    return {
      measured: this.#measured,
      thumbnails: { ...this.thumbnails, own: this.#comparedWithOwn },
      signs: this.#signs,
      ...(common && { commonSide: common }),
      doubtful: this.#signed + (alike ? alike.pictures - alike.signed : 0),
    };
  }
}
