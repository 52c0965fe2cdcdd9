import { DiskError } from '../errors.js';
import {
  CannotResumeError,
  DamagedOriginalError,
  DownloadError,
  NotAnOriginalError,
  RefusedError,
} from '../http/download-error.js';
import type { Authorization, RequestAuthorization } from '../http/request-authorization.js';
import type { ProxySettings } from '../settings/proxy-settings.js';
import type { MeasuredPicture } from './measure-picture.js';
import type { OriginalRequest, SavedOriginal } from './save-original.js';

/** What the thread for originals has to know about a run before its first task. */
export interface ThreadSettings {
  /** The album's address. */
  siteUrl: string;
  userAgent: string;
  proxies?: ProxySettings | undefined;
  /** Milliseconds without a byte after which a transfer is broken off. */
  idleTimeout: number;
  /** Milliseconds before a transfer that broke off is resumed for the first time. */
  retryDelay: number;
  /** Milliseconds for which a host is paused after 429 or 503 without a Retry-After. */
  pause: number;
  /** Where files are written. */
  folder: string;
}

/** The kinds of task, each with its result. */
export interface TaskResults {
  save: SavedOriginal;
  measure: MeasuredPicture | undefined;
}

/** A task for the thread, once it is authorized. */
export interface Task<Kind extends keyof TaskResults = keyof TaskResults> extends OriginalRequest {
  task: number;
  kind: Kind;
}

/** To the thread. */
export type ToThread =
  | { kind: 'begin'; settings: ThreadSettings }
  /** A task that has no slot waits for one. */
  | { kind: 'task'; task: Task; hasSlot: boolean }
  | { kind: 'slot' }
  /** The next slot that a task leaves is to be given back. */
  | { kind: 'slot wanted' }
  /** Tasks that wait for a slot are to be returned. */
  | { kind: 'hold back' }
  | { kind: 'authorized'; request: number; authorization: Serialized<Authorization> }
  | { kind: 'drop' }
  | { kind: 'close' };

/** A call to the run's authorization that needs no answer. */
export type AuthorizationNote = {
  [Name in NotedCall]: {
    name: Name;
    values: Parameters<RequestAuthorization[Name]>;
  };
}[NotedCall];

type NotedCall = Exclude<keyof RequestAuthorization, 'authorize'>;

/** From the thread. */
export type FromThread =
  | { kind: 'loaded' }
  /** A task has left its slot, or has been returned. */
  | { kind: 'needs no slot' }
  /** A slot is given back. */
  | { kind: 'slot' }
  | { kind: 'returned'; task: number }
  | { kind: 'ended'; task: number; result: Serialized<TaskResults[keyof TaskResults]> }
  /** A redirect or a challenge asks for an address to be authorized. */
  | { kind: 'authorize'; request: number; url: string; challenge: string | undefined }
  | { kind: 'note'; note: AuthorizationNote };

/** A result, or the error in its place, as it passes between threads. */
export type Serialized<Value> = { value: Value } | { error: SerializedError };

/** An error as it passes between threads, which would lose a class of our own. */
type SerializedError =
  | { type: keyof typeof downloadErrors; reason: string; failure: DownloadError['failure'] }
  | { type: 'DamagedOriginalError'; reason: string; sha256: string | undefined }
  | { type: 'DiskError'; message: string }
  | { type: 'other'; error: unknown };

const downloadErrors = { DownloadError, NotAnOriginalError, RefusedError, CannotResumeError };

function typeOf(error: DownloadError): keyof typeof downloadErrors {
  if (error instanceof NotAnOriginalError) return 'NotAnOriginalError';
  if (error instanceof RefusedError) return 'RefusedError';
  return error instanceof CannotResumeError ? 'CannotResumeError' : 'DownloadError';
}

/** Makes an error ready to pass to another thread. */
export function serializedError(error: unknown): SerializedError {
  if (error instanceof DamagedOriginalError) {
    const { reason, sha256 } = error;
    return { type: 'DamagedOriginalError', reason, sha256 };
  }
  if (error instanceof DownloadError) {
    const { reason, failure } = error;
    return { type: typeOf(error), reason, failure };
  }
  return error instanceof DiskError
    ? { type: 'DiskError', message: error.message }
    : { type: 'other', error };
}

/** The error that was serialized. */
function deserializedError(error: SerializedError): unknown {
  if (error.type === 'other') return error.error;
  if (error.type === 'DiskError') return new DiskError(error.message);
  if (error.type === 'DamagedOriginalError') {
    return new DamagedOriginalError(error.reason, error.sha256);
  }
  return new downloadErrors[error.type](error.reason, error.failure);
}

/** Makes the result of a piece of work ready to pass to another thread. */
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
 * The result that was serialized.
 *
 * @throws the error that was serialized in its place
 */
export function deserializedResult<Value>(result: Serialized<Value>): Value {
  if ('error' in result) throw deserializedError(result.error);
  return result.value;
}
