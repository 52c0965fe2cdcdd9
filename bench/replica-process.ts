import { subscribe } from 'node:diagnostics_channel';
import type { ReplicaOptions } from '../src/replica/options.js';
import { startReplica } from '../src/replica/server.js';

/** The first message of the replica's process. */
export interface ReplicaStart {
  /** Lines of a `.env` file with its address and account. */
  envLines: string;
  /** Where it listens on 127.0.0.1. */
  port: number;
}

/** The answer of the replica's process to `figures`. */
export interface ReplicaFigures {
  /** Requests of any kind since the last question. */
  requests: number;
  /** Requests for originals since the last question. */
  originals: number;
  /** Requests for listing pages since the last question. */
  pages: number;
  /** When the first request since then arrived, in milliseconds since 1970; undefined without one. */
  firstRequestAt?: number;
}

let firstRequestAt: number | undefined;
subscribe('http.server.request.start', () => {
  firstRequestAt ??= Date.now();
});

let before = { requests: 0, original: 0, page: 0 };
const options = JSON.parse(process.argv[2] ?? '{}') as ReplicaOptions;
const replica = await startReplica({ log: false, ...options });

function figures(): ReplicaFigures {
  const { requests, byKind } = replica.served;
  const { original, page } = byKind;
  const sinceBefore: ReplicaFigures = {
    requests: requests - before.requests,
    originals: original - before.original,
    pages: page - before.page,
    ...(firstRequestAt !== undefined && { firstRequestAt }),
  };
  before = { requests, original, page };
  firstRequestAt = undefined;
  return sinceBefore;
}

/** The questions that the process answers, each of them a message. */
const answers = {
  figures,
  /** The addresses of all originals, in the album's order. */
  addresses: () => replica.photos().map(({ originalUrl }) => originalUrl),
};

export type ReplicaQuestion = keyof typeof answers;

process.on('message', (question: ReplicaQuestion) => process.send?.(answers[question]()));
process.once('disconnect', () => process.exit());
const { envLines, port } = replica;
process.send?.({ envLines, port } satisfies ReplicaStart);
