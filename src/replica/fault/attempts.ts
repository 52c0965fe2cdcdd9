import type { IncomingMessage } from 'node:http';
import type { ReceivedRequest } from '../received-request.js';
import type { Site } from '../site.js';
import type { Fault, FaultHook } from './fault.js';

/** Counts the requests for each thing, and asks the hook for the fault of each. */
export class Attempts {
  readonly #hook: FaultHook;
  readonly #site: Site;
  readonly #counts = new Map<string, number>();

  constructor(hook: FaultHook, site: Site) {
    this.#hook = hook;
    this.#site = site;
  }

  /** Counts a request and returns its fault, if it has one. */
  next(request: IncomingMessage, record: ReceivedRequest): Fault | undefined {
    const signedIn = this.#site.sessions.holds(request.headers.cookie);
    const thing = record.photoId ?? (record.kind === 'page' ? record.page : record.path);
    const key = `${record.method} ${record.kind} ${thing} ${record.kind === 'page' && signedIn}`;
    const attempt = (this.#counts.get(key) ?? 0) + 1;
    this.#counts.set(key, attempt);
    const index = this.#site.album.photos.findIndex((photo) => photo.id === record.photoId);
    return this.#hook({
      ...record,
      ...(index >= 0 && { photoIndex: index }),
      signedIn,
      attempt,
    });
  }
}
