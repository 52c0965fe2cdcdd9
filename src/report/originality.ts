import type { AlbumEntry } from '../album/entries.js';
import type { PixelSize } from '../album/pixel-size.js';

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
  /** Thumbnails that were fetched to compare with, and the longest side among them in pixels. */
  thumbnails: { measured: number; longestSide?: number };
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

function pictureOf({ photo: { key }, outcome }: AlbumEntry): Picture[] {
  if (outcome?.status !== 'saved') return [];
  const { width, height, exifWidth, exifHeight, contentType } = outcome;
  if (width === undefined || height === undefined || !contentType.startsWith('image/')) return [];
  const exif = exifWidth !== undefined && exifHeight !== undefined;
  return [{ key, width, height, ...(exif && { exif: { width: exifWidth, height: exifHeight } }) }];
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

/**
 * A service that makes pictures smaller fits them into a box: pictures of several shapes then have
 * one longest side. A camera gives pictures of one shape one size.
 */
function commonSide(pictures: readonly Picture[]): Originality['commonSide'] {
  const bySide = new Map<number, Picture[]>();
  for (const picture of pictures) {
    const alike = bySide.get(longest(picture));
    if (alike === undefined) bySide.set(longest(picture), [picture]);
    else alike.push(picture);
  }
  const [side, alike] = [...bySide].reduce(
    (most, next) => (next[1].length > most[1].length ? next : most),
    [0, []] as [number, Picture[]],
  );
  const isSign =
    pictures.length >= fewPictures &&
    alike.length * 2 >= pictures.length &&
    side <= largestServiceSide &&
    new Set(alike.map(shape)).size > 1;
  if (!isSign) return undefined;
  const sentence = `${alike.length} of ${pictures.length} pictures, of different shapes, are ${side} pixels at their longest side: this is how services make pictures smaller`;
  return { longestSide: side, pictures: alike.length, sentence };
}

/**
 * Looks for signs that what the site holds is not what the camera made.
 *
 * @param entries the album's photos
 * @param thumbnails sizes of those thumbnails that were fetched, by the photo's key
 */
export function originality(
  entries: readonly AlbumEntry[],
  thumbnails: ReadonlyMap<string, PixelSize>,
): Originality {
  const pictures = entries.flatMap(pictureOf);
  const sides = [...thumbnails.values()].map(longest);
  const largest = sides.length === 0 ? undefined : Math.max(...sides);
  const signs = pictures.flatMap((picture) =>
    [thumbnailSign(picture, thumbnails, largest), exifSign(picture)].flatMap((sign) =>
      sign === undefined ? [] : [{ key: picture.key, sign }],
    ),
  );
  const common = commonSide(pictures);
  const alike = pictures.filter((picture) => longest(picture) === common?.longestSide);
  const doubtful = new Set([...signs, ...alike].map(({ key }) => key)).size;
  return {
    measured: pictures.length,
    thumbnails: {
      measured: thumbnails.size,
      ...(largest !== undefined && { longestSide: largest }),
    },
    signs,
    ...(common && { commonSide: common }),
    doubtful,
  };
}
