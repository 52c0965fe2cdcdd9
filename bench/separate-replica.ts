import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { ReplicaOptions } from '../src/replica/options.js';
import type { ReplicaFigures, ReplicaQuestion } from './replica-process.js';

/** A replica in its own process, so that its work does not count as the program's. */
export interface SeparateReplica {
  /** Lines of a `.env` file with its address and account. */
  envLines: string;
  /** The requests that it counted since the last call. */
  figures(): Promise<ReplicaFigures>;
  /** The addresses of all originals, in the album's order. */
  addresses(): Promise<string[]>;
}

/**
 * Starts a replica in its own process, and stops it after the work.
 *
 * @throws Error if that process ends before the work does
 */
export async function withSeparateReplica<Result>(
  options: ReplicaOptions,
  work: (replica: SeparateReplica) => Promise<Result>,
): Promise<Result> {
  const script = fileURLToPath(new URL('replica-process.js', import.meta.url));
  const child = fork(script, [JSON.stringify(options)]);
  const ask = <Answer>(question: ReplicaQuestion): Promise<Answer> => {
    child.send(question);
    return nextMessage(child);
  };
  try {
    return await work({
      envLines: await nextMessage(child),
      figures: () => ask('figures'),
      addresses: () => ask('addresses'),
    });
  } finally {
    if (child.connected) child.disconnect();
  }
}

async function nextMessage<Message>(child: ChildProcess): Promise<Message> {
  const over = new AbortController();
  const { signal } = over;
  const message = once(child, 'message', { signal });
  const end = once(child, 'exit', { signal }).then(([code]) => {
    throw new Error(`The replica's process ended with ${code}.`);
  });
  try {
    const [received] = await Promise.race([message, end]);
    return received;
  } finally {
    over.abort();
  }
}
