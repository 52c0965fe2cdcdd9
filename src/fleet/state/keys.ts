import { UsageError } from '../../errors.js';
import { plainName } from '../../files/plain-name.js';

/** Which adding of a job, and which start of it. */
export interface AttemptNumber {
  /** A number that goes up with every adding, such as its time in milliseconds. */
  generation: string;
  /** From 1, up with every start. */
  attempt: number;
}

/** The key of an original. The first part spreads them over folders. */
export function originalKey(sha256: string): string {
  return `originals/${sha256.slice(0, 2)}/${sha256}`;
}

/** The folder of the snapshots of an album's state, by attempt. */
export function snapshotFolder(albumId: string): string {
  return `state/${plainName(albumId)}/`;
}

/** The folder of the notes of an album's originals, by attempt. */
export function journalFolder(albumId: string): string {
  return `journal/${plainName(albumId)}/`;
}

/**
 * The name of an attempt. Names sort as attempts follow each other.
 *
 * @throws UsageError for a generation that is no whole number
 */
export function attemptName({ generation, attempt }: AttemptNumber): string {
  if (!/^\d{1,16}$/.test(generation)) {
    throw new UsageError([`${JSON.stringify(generation)} is no number of an adding`]);
  }
  return `${generation.padStart(16, '0')}-${String(attempt).padStart(6, '0')}`;
}

/** The name of an object within its attempt; they sort in the order of writing. */
export function sequenceName(sequence: number): string {
  return String(sequence).padStart(8, '0');
}
