import type { Fault } from './fault/fault.js';

/** What a request was for. */
export type RequestKind =
  | 'page'
  | 'sign-in'
  | 'sign-out'
  | 'original'
  | 'thumbnail'
  | 'asset'
  | 'unknown';

/** One request that the replica saw. */
export interface RequestRecord {
  readonly method: string;
  /** The `Host` header, port included. */
  readonly host: string;
  /** Path and query string as they came. */
  readonly path: string;
  readonly kind: RequestKind;
  /** The page asked for, from 1; for kind `page`. */
  readonly page?: number;
  /** The photo's GUID; for kinds `original` and `thumbnail`. */
  readonly photoId?: string;
  /** Whether the request carried a `Cookie` header. */
  readonly cookie: boolean;
  /** Whether the request carried an `Authorization` header. */
  readonly authorization: boolean;
  /** The `Range` header, if any. */
  readonly range?: string;
  /** When it came, in ms since the replica started. */
  readonly at: number;
  /** The status answered; 0 until then, or if no status was ever sent. */
  status: number;
  /** Body bytes sent so far. */
  bytes: number;
  /** What went wrong with it, if it was made to. */
  fault?: Fault['kind'];
}

/** What the replica has served in all. */
export interface ServedCounters {
  requests: number;
  /** Body bytes, without headers. */
  bytes: number;
  readonly byKind: Record<RequestKind, number>;
}

/** Gives counters that stand at nothing. */
export function newCounters(): ServedCounters {
  const byKind = {
    page: 0,
    'sign-in': 0,
    'sign-out': 0,
    original: 0,
    thumbnail: 0,
    asset: 0,
    unknown: 0,
  };
  return { requests: 0, bytes: 0, byKind };
}
