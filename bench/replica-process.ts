import { subscribe } from 'node:diagnostics_channel';
import type { ReplicaOptions } from '../src/replica/options.js';
import { startReplica } from '../src/replica/server.js';

/** What the replica's process tells, on being asked with any message. */
export interface ReplicaFigures {
  /** Requests for originals since it was last asked. */
  originals: number;
  /** Requests for listing pages since it was last asked. */
  pages: number;
  /** When the first request since then came, in milliseconds since 1970; undefined if none came. */
  firstRequestAt?: number;
}

let firstRequestAt: number | undefined;
subscribe('http.server.request.start', () => {
  firstRequestAt ??= Date.now();
});

let before = { original: 0, page: 0 };
const options = JSON.parse(process.argv[2] ?? '{}') as ReplicaOptions;
const replica = await startReplica({ log: false, ...options });

process.on('message', () => {
  const { original, page } = replica.served.byKind;
  const figures: ReplicaFigures = {
    originals: original - before.original,
    pages: page - before.page,
    ...(firstRequestAt !== undefined && { firstRequestAt }),
  };
  before = { original, page };
  firstRequestAt = undefined;
  process.send?.(figures);
});
process.once('disconnect', () => process.exit());
process.send?.(replica.envLines);
