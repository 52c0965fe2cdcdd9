import type { Readable } from 'node:stream';

/** A file that is to be stored: whole, and checked before. */
export interface CheckedFile {
  path: string;
  /** In bytes. */
  bytes: number;
  /** Lower-case hexadecimal. */
  sha256: string;
}

/**
 * Whole objects by their keys: lower-case letters, digits, dots, hyphens and underscores, in parts that
 * are separated by slashes. What a method has stored is durable when its promise resolves, and until
 * then a reader sees the former object, or none.
 *
 * Every method rejects with an `EscapeError` if the store fails or refuses it, and with the signal's
 * reason if it is aborted.
 */
export interface ObjectStore {
  /** For people: as it is set. */
  readonly name: string;
  /** Stores a file; the receiver refuses bytes that do not have this SHA-256. */
  putFile(key: string, file: CheckedFile, signal?: AbortSignal): Promise<void>;
  /** Stores bytes, likewise checked by the receiver. */
  putBytes(key: string, bytes: Uint8Array, signal?: AbortSignal): Promise<void>;
  /** Whether there is such an object. A store that cannot tell for now rejects. */
  has(key: string, signal?: AbortSignal): Promise<boolean>;
  /**
   * The bytes of an object, or undefined where there is no such object. Where they break off, the
   * stream ends with a `BrokenTransferError`.
   */
  open(key: string, signal?: AbortSignal): Promise<Readable | undefined>;
  /** Keys below a folder, which ends with a slash, in ascending order. */
  list(folder: string, signal?: AbortSignal): Promise<string[]>;
  /** Removing what is not there does nothing. */
  remove(key: string, signal?: AbortSignal): Promise<void>;
  /** Closes connections. */
  close(): void;
}
