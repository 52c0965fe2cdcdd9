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
  /** The site's address, `http://127.0.0.1:PORT/`. */
  readonly url: string;
  /** The image host's address, `http://localhost:PORT/`: another host, so cookies do not reach it. */
  readonly imageUrl: string;
  readonly username: string;
  readonly password: string;
  /** Lines of a `.env` file that point the program at this replica, each ended by a newline. */
  readonly envLines: string;
  /** Every request so far, in the order they came; empty with `log: false`. */
  readonly requests: readonly RequestRecord[];
  readonly served: ServedCounters;
  /** The album as it is now, in listing order, the newest upload first. */
  photos(): ReplicaPhoto[];
  /**
   * Gives the bytes of an original, also of one that has left the album. Without `version` the
   * latest is meant. Rejects with RangeError if there never was such a photo.
   */
  originalBytes(id: string, version?: string): Promise<Buffer>;
  /** Adds photos at the front and gives them, the newest first. */
  addPhotos(count: number): ReplicaPhoto[];
  /** Takes photos out (a count from the front, or ids) and gives them. */
  removePhotos(which: Removal): ReplicaPhoto[];
  /** Puts another picture, with a later version, in the place of the photo of that id. */
  replacePhoto(id: string): ReplicaPhoto;
  /** Ends every session, so that the next page asked for leads to the sign-in form. */
  expireSessions(): void;
  /** How many answers a `stall` holds back now. */
  readonly stalled: number;
  /** Lets every answer go on that a `stall` holds back. */
  release(): void;
  /** Stops listening, ends open connections, and resolves when all is down. May be called twice. */
  close(): Promise<void>;
}
