import type { Fault } from './fault/fault.js';
import type { ReceivedRequest, RequestKind } from './received-request.js';

/** One request to the replica, and what was answered. */
export interface RequestRecord extends ReceivedRequest {
  /** The status answered; 0 until then, or if no status was ever sent. */
  status: number;
  /** Body bytes sent so far. */
  bytes: number;
  /** The fault that the hook chose for it, if any. */
  fault?: Fault['kind'];
}

/** Totals of what the replica has served. */
export interface ServedCounters {
  requests: number;
  /** Body bytes, without headers. */
  bytes: number;
  readonly byKind: Record<RequestKind, number>;
}

/** New counters, all zero. */
export function newCounters(): ServedCounters {
  const byKind = {
    page: 0,
    'sign-in': 0,
    'sign-out': 0,
    original: 0,
    thumbnail: 0,
    asset: 0,
    moved: 0,
    unknown: 0,
  };
  return { requests: 0, bytes: 0, byKind };
}
