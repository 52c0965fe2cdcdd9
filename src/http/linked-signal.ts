/** A signal of its own for one request, aborted when the run's is. */
export interface LinkedSignal {
  signal: AbortSignal;
  /** Unties the two when the request is over, so that a long run's signal gathers no listeners. */
  release(): void;
}

/** Ties a new signal to one that lives longer. */
export function linkedSignal(parent: AbortSignal): LinkedSignal {
  const controller = new AbortController();
  const abort = () => controller.abort(parent.reason);
  if (parent.aborted) abort();
  else parent.addEventListener('abort', abort);
  return {
    signal: controller.signal,
    release: () => parent.removeEventListener('abort', abort),
  };
}
