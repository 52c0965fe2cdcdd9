import { createRandom, drawGuid, type Random } from './random.js';
import { millisecondsFromTicks, ticksFromMilliseconds } from './ticks.js';

/** How the frame rotates the photo for display, as the site's pages write it. */
export type Rotation = 'RotateNone' | 'Rotate90' | 'Rotate180' | 'Rotate270';

/** One photo as the site knows it, without addresses. */
export interface AlbumPhoto {
  /** GUID, constant as long as the photo is in the album. */
  readonly id: string;
  /** .NET ticks of the last change, decimal. */
  readonly version: string;
  /** Running number in the order of upload, from 0. */
  readonly serial: number;
  /** When the camera took it, by the camera's clock: `YYYY-MM-DDTHH:MM:SS`. */
  readonly takenAt: string;
  readonly rotation: Rotation;
}

/** A source of photos, each uploaded later than the one before it. */
export interface PhotoSource {
  /** The photos the album starts with, the newest first. */
  readonly initial: AlbumPhoto[];
  /** Makes one more photo, newer than all before it. */
  next(): AlbumPhoto;
}

const day = 86_400_000;
const firstUpload = Date.UTC(2010, 10, 2, 18, 4, 11, 380);
/** The one upload time known of the real album: 2016-11-24T00:43:59.2171Z. */
const lastUploadTicks = 636_155_450_392_171_000n;
const lastUpload = millisecondsFromTicks(lastUploadTicks);

/** Makes the source of photos for an album of `count` photos that depends on `seed` alone. */
export function createPhotoSource(seed: string, count: number): PhotoSource {
  const uploads = drawUploads(createRandom(`${seed}/uploads`), count);
  const initial = uploads.map((upload, serial) =>
    makePhoto(seed, serial, upload, serial === count - 1 ? lastUploadTicks : undefined),
  );
  let serial = count;
  let latest = lastUpload;
  return {
    initial: initial.reverse(),
    next() {
      latest += 60_000 + (serial % 7) * 1_111;
      return makePhoto(seed, serial++, latest);
    },
  };
}

/** Returns the upload time in ISO 8601 with milliseconds, UTC. */
export function uploadedAt(photo: AlbumPhoto): string {
  return new Date(millisecondsFromTicks(BigInt(photo.version))).toISOString();
}

/** Families mail their pictures in bursts: most gaps are minutes, some are weeks. */
function drawUploads(random: Random, count: number): number[] {
  const moments: number[] = [];
  let sum = 0;
  for (let index = 0; index < count; index++) {
    sum += 0.0005 + random() ** 12;
    moments.push(sum);
  }
  const scale = (lastUpload - firstUpload) / sum;
  return moments.map((moment) => Math.floor(firstUpload + moment * scale));
}

function makePhoto(seed: string, serial: number, upload: number, ticks?: bigint): AlbumPhoto {
  const random = createRandom(`${seed}/photo/${serial}`);
  const id = drawGuid(random);
  const tenths = BigInt(Math.floor(random() * 10)) * 1_000n;
  return {
    id,
    version: String(ticks ?? ticksFromMilliseconds(upload) + tenths),
    serial,
    takenAt: drawTakenAt(random, upload),
    rotation: drawRotation(random()),
  };
}

/** A day or more before the upload and not before 2010, at an hour at which people take pictures. */
function drawTakenAt(random: Random, upload: number): string {
  const lag = Math.floor(2 + 300 * random() ** 6);
  const midnight = Math.floor(upload / day) * day - lag * day;
  const hour = Math.floor(random() < 0.4 ? 17 + random() * 6 : 6 + random() * 12);
  const second = Math.floor(random() * 3_600);
  return new Date(midnight + (hour * 3_600 + second) * 1_000).toISOString().slice(0, 19);
}

function drawRotation(chance: number): Rotation {
  if (chance < 0.05) return 'Rotate90';
  if (chance < 0.07) return 'Rotate270';
  if (chance < 0.075) return 'Rotate180';
  return 'RotateNone';
}
