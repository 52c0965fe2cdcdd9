import type { Replica } from '../../src/replica/replica.js';
import type { RequestRecord } from '../../src/replica/request-log.js';

/** The requests for originals; for one alone, if its place in the album is given. */
export function originalRequests(replica: Replica, index?: number): RequestRecord[] {
  const id = index === undefined ? undefined : replica.photos()[index]?.id;
  return replica.requests.filter(
    ({ kind, photoId }) => kind === 'original' && (index === undefined || photoId === id),
  );
}

/** The forms that were posted. */
export function signIns(replica: Replica): RequestRecord[] {
  return replica.requests.filter(({ method }) => method === 'POST');
}
