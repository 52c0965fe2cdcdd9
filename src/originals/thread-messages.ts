import { DiskError } from '../errors.js';
import { CannotResumeError, DownloadError, NotAnOriginalError } from '../http/download-error.js';
import type { RequestAuthorization } from '../http/request-authorization.js';
import type { PixelSize } from '../picture/pixel-size.js';
import type { SavedOriginal } from './save-original.js';

/** What the thread for originals needs to know of a run before its first task. */
export interface ThreadSettings {
  /** The album's address. */
  siteUrl: string;
  userAgent: string;
  /** Milliseconds without a byte after which a transfer is broken off. */
  idleTimeout: number;
  /** Milliseconds that a host is left alone after 429 or 503 without a Retry-After. */
  pause: number;
  /** Where files are written. */
  folder: string;
}

/** What can be asked of the thread, each with what comes of it. */
export interface TaskResults {
  save: SavedOriginal;
  measure: PixelSize | undefined;
}

/** Something for the thread to do, once it has a slot and has passed the gate. */
export interface Task<Kind extends keyof TaskResults = keyof TaskResults> {
  task: number;
  kind: Kind;
  url: string;
  /** The headers that open the address. */
  opening: Record<string, string>;
}

/** What the thread asks of the run while a task is under way. */
export type Question =
  | { kind: 'pass'; url: string }
  | { kind: 'go on'; task: number; from: number; error: SerializedError };

/** To the thread. */
export type ToThread =
  | { kind: 'begin'; settings: ThreadSettings }
  | { kind: 'task'; task: Task }
  | { kind: 'answer'; question: number; answer: Serialized<unknown> }
  | { kind: 'drop' }
  | { kind: 'close' };

/** What the gate is told, and with what. */
export type AuthorizationNote = {
  [Name in 'answered' | 'failed' | 'slowDown']: {
    name: Name;
    values: Parameters<RequestAuthorization[Name]>;
  };
}['answered' | 'failed' | 'slowDown'];

/** From the thread. */
export type FromThread =
  | { kind: 'received'; task: number }
  | { kind: 'ended'; task: number; result: Serialized<TaskResults[keyof TaskResults]> }
  | { kind: 'question'; question: number; asked: Question }
  | { kind: 'note'; note: AuthorizationNote };

/** A result, or why there is none, as it passes between threads. */
export type Serialized<Value> = { value: Value } | { error: SerializedError };

/** An error as it passes between threads, where classes of our own would be lost. */
export type SerializedError =
  | { type: keyof typeof downloadErrors; reason: string; failure: DownloadError['failure'] }
  | { type: 'DiskError'; message: string }
  | { type: 'other'; error: unknown };

const downloadErrors = { DownloadError, NotAnOriginalError, CannotResumeError };

function typeOf(error: DownloadError): keyof typeof downloadErrors {
  if (error instanceof NotAnOriginalError) return 'NotAnOriginalError';
  return error instanceof CannotResumeError ? 'CannotResumeError' : 'DownloadError';
}

/** Makes an error ready to pass to another thread. */
export function serializedError(error: unknown): SerializedError {
  if (error instanceof DownloadError) {
    const { reason, failure } = error;
    return { type: typeOf(error), reason, failure };
  }
  return error instanceof DiskError
    ? { type: 'DiskError', message: error.message }
    : { type: 'other', error };
}

/** The error that was packed. */
export function deserializedError(packed: SerializedError): unknown {
  if (packed.type === 'other') return packed.error;
  if (packed.type === 'DiskError') return new DiskError(packed.message);
  return new downloadErrors[packed.type](packed.reason, packed.failure);
}

/** Makes what comes of a piece of work ready to pass to another thread. */
export async function serializedResult<Value>(
  work: () => Promise<Value>,
): Promise<Serialized<Value>> {
  try {
    return { value: await work() };
  } catch (error) {
    return { error: serializedError(error) };
  }
}

/**
 * The result that was packed.
 *
 * @throws the error that was packed in its place
 */
export function deserializedResult<Value>(packed: Serialized<Value>): Value {
  if ('error' in packed) throw deserializedError(packed.error);
  return packed.value;
}
