import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { ReplicaOptions } from '../src/replica/options.js';
import type { ReplicaFigures, ReplicaQuestion } from './replica-process.js';

/** A replica in a process of its own, so that its work is not counted as the program's. */
export interface SeparateReplica {
  /** Lines of a `.env` file that point the program at it. */
  envLines: string;
  /** What it has seen since it was last asked. */
  figures(): Promise<ReplicaFigures>;
  /** The addresses of all originals, in the album's order. */
  addresses(): Promise<string[]>;
}

/**
 * Starts a replica in a process of its own, for the time of the work. Rejects with Error if that
 * process ends before.
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
