/** The facts of a generated photo, before it is drawn. */
export interface PhotoFacts {
  /** The file's name: unique, and no path. */
  readonly name: string;
  readonly kind: 'jpeg' | 'png' | 'gif';
  /** In pixels. */
  readonly width: number;
  readonly height: number;
  /** What the camera wrote; missing for photos without EXIF. */
  readonly camera?: {
    readonly make: string;
    readonly model: string;
    /** `YYYY-MM-DDTHH:MM:SS`, by the camera's clock. */
    readonly takenAt: string;
    /** EXIF orientation: 1 upright, 6 on its side. */
    readonly orientation: 1 | 6;
    readonly caption?: string;
  };
}

/** Photos in an album. */
const albumSize = 130;

/** Names and extensions as cameras and people write them, and that sites stumble over. */
const names: readonly [stem: string, ending: string, camera?: [make: string, model: string]][] = [
  ['Holiday trip ', 'jpg'],
  ['IMG_2', 'JPG', ['Canon', 'Canon EOS 500D']],
  ['Müller & Söhne ', 'JPG', ['Panasonic', 'DMC-TZ10']],
  ['a+b ', 'jpg', ['Apple', 'iPhone 4']],
  ["Oma's garden ", 'jpeg', ['NIKON CORPORATION', 'NIKON D90']],
  ['rain; wind, sun ', 'JPEG', ['Panasonic', 'DMC-TZ10']],
  ['DSC_1', 'JPG', ['NIKON CORPORATION', 'NIKON D90']],
  ['straße (alt) ', 'jpg'],
  ['été à Évian ', 'jpeg', ['Apple', 'iPhone 4']],
  ['P1000', 'JPG', ['Panasonic', 'DMC-TZ10']],
  ['100% sun ', 'jpg', ['Canon', 'Canon EOS 500D']],
  ['plan & route ', 'PNG'],
  ['screen = shot ', 'png'],
];

/** Some are smaller than a site's thumbnails, so that the photo may be its own thumbnail. */
const sizes: readonly [width: number, height: number][] = [
  [800, 600],
  [512, 384],
  [600, 800],
  [96, 72],
  [1200, 900],
  [640, 640],
  [1024, 400],
];

/** In ASCII, as EXIF requires. */
const captions = ['Rain & thunder', 'Lunch at the "Krone"', "Oma's <80th> birthday", 'Half way up'];

/**
 * The facts of an album of 130 photos, the same in every run: JPEG, PNG and one GIF. Where the
 * site's software leaves GIF out, a PNG takes its place.
 */
export function albumFacts({ gif }: { gif: boolean }): PhotoFacts[] {
  return Array.from({ length: albumSize }, (_, index) => {
    const [stem, ending, camera] = at(names, index);
    const [width, height] = at(sizes, index);
    const isGif = gif && index === albumSize - 1;
    const caption = index % 3 === 0 ? at(captions, index / 3) : undefined;
    return {
      name: `${stem}${String(index + 1).padStart(3, '0')}.${isGif ? 'gif' : ending}`,
      kind: isGif ? 'gif' : ending.toLowerCase() === 'png' ? 'png' : 'jpeg',
      width,
      height,
      ...(camera && {
        camera: {
          make: camera[0],
          model: camera[1],
          takenAt: takenAt(index),
          orientation: index % 10 === 0 ? 6 : 1,
          ...(caption !== undefined && { caption }),
        },
      }),
    };
  });
}

function at<Item>(list: readonly Item[], index: number): Item {
  return list[index % list.length] as Item;
}

/** A time some hours, minutes and seconds after the photo before it. */
function takenAt(index: number): string {
  const step = ((7 * 60 + 23) * 60 + 41) * 1000;
  return new Date(Date.UTC(2009, 0, 8, 4, 46, 44) + index * step).toISOString().slice(0, 19);
}
