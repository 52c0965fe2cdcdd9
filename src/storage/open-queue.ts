import type { Claim, QueueBackend, QueuedRequest, QueuePlace } from './backend.js';

/** The verbs of one queue, for whoever hands out its requests without Crawlee's `RequestQueue`. */
export type OpenQueue = ReturnType<typeof openQueue>;

/** The verbs of the queue of that id or name, as {@link QueueBackend} has them. */
export function openQueue(queue: QueueBackend, store: string) {
  return {
    count: () => queue.count(store),
    isFinished: () => queue.isFinished(store),
    add: (requests: QueuedRequest[], place: QueuePlace) => queue.add(store, requests, place),
    fetchNext: (limit: number, claim: Claim) => queue.fetchNext(store, limit, claim),
    markHandled: (request: QueuedRequest) => queue.markHandled(store, request),
    reclaim: (request: QueuedRequest, place: QueuePlace) => queue.reclaim(store, request, place),
    release: (id: string, owner: string) => queue.release(store, id, owner, undefined),
  };
}
