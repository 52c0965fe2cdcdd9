import type { Removal } from './album.js';
import type { RequestRecord, ServedCounters } from './request-log.js';

/** A photo as the replica lists it. */
export interface ReplicaPhoto {
  /** GUID. */
  readonly id: string;
  /** .NET ticks, decimal, as in the addresses. */
  readonly version: string;
  readonly originalUrl: string;
  readonly thumbnailUrl: string;
  /** EXIF capture time, `YYYY-MM-DDTHH:MM:SS`. */
  readonly takenAt: string;
  /** ISO 8601 with ms, UTC; follows from `version`. */
  readonly uploadedAt: string;
  /** The page's `rot` attribute. */
  readonly rotation: string;
}

/** A running replica. */
export interface Replica {
  /** The TCP port on 127.0.0.1 where it listens. */
  readonly port: number;
  /** The site's address, `http://127.0.0.1:PORT/`. */
  readonly url: string;
  /**
   * The image host's address now, `http://localhost:PORT/`: another host, so cookies do not reach it.
   */
  readonly imageUrl: string;
  readonly username: string;
  readonly password: string;
  /** Lines of a `.env` file that point the program at this replica, each ended by a newline. */
  readonly envLines: string;
  /** Every request so far, in order of arrival; empty with `log: false`. */
  readonly requests: readonly RequestRecord[];
  readonly served: ServedCounters;
  /** The album as it is now, in listing order, the newest upload first. */
  photos(): ReplicaPhoto[];
  /**
   * Returns the bytes of an original, also of a removed photo; without `version`, of the latest.
   *
   * @throws RangeError if there never was such a photo
   */
  originalBytes(id: string, version?: string): Promise<Buffer>;
  /** Adds photos at the front and returns them, the newest first. */
  addPhotos(count: number): ReplicaPhoto[];
  /** Removes photos (a count from the front, or ids) and returns them. */
  removePhotos(which: Removal): ReplicaPhoto[];
  /** Replaces the photo with that id by another picture with a later version. */
  replacePhoto(id: string): ReplicaPhoto;
  /**
   * Moves all images to another host. The first host answers 410 from then on; a later one is gone as
   * soon as they move again.
   */
  moveImages(): Promise<void>;
  /** Ends every session, so that the next page request leads to the sign-in form. */
  expireSessions(): void;
  /** How many answers are held back by a `stall` now. */
  readonly stalled: number;
  /** Releases every answer that is held back by a `stall`. */
  release(): void;
  /** Stops the server and closes all connections. May be called twice. */
  close(): Promise<void>;
}
