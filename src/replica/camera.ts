import type { ExifFields } from './exif.js';
import type { AlbumPhoto, Rotation } from './photo.js';
import { createRandom } from './random.js';

/** Cameras, and the year from which each could be bought. */
const cameras = [
  { since: 2008, make: 'EASTMAN KODAK COMPANY', model: 'KODAK EASYSHARE M1033 DIGITAL CAMERA' },
  { since: 2009, make: 'Canon', model: 'Canon PowerShot SX120 IS' },
  { since: 2010, make: 'NIKON', model: 'COOLPIX S3000' },
  { since: 2011, make: 'Apple', model: 'iPhone 4' },
  { since: 2012, make: 'SAMSUNG', model: 'GT-I9100' },
  { since: 2014, make: 'Apple', model: 'iPhone 5s' },
  { since: 2015, make: 'LGE', model: 'Nexus 5' },
] as const;

/** The EXIF orientation of a photo taken with the camera turned like this. */
const orientations = {
  RotateNone: 1,
  Rotate90: 6,
  Rotate180: 3,
  Rotate270: 8,
} as const satisfies Record<Rotation, number>;

/** Returns what the camera wrote into the photo's EXIF block; the same for the same photo. */
export function cameraFields(photo: AlbumPhoto): ExifFields {
  const year = Number(photo.takenAt.slice(0, 4));
  const owned = cameras.filter((camera) => camera.since <= year && camera.since >= year - 4);
  const pick = createRandom(`${photo.id}/camera`)();
  const camera = owned[Math.floor(pick * owned.length)] ?? cameras[0];
  return {
    make: camera.make,
    model: camera.model,
    takenAt: photo.takenAt,
    orientation: orientations[photo.rotation],
  };
}
