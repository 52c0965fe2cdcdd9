import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { ReplicaOptions } from '../src/replica/options.js';
import type { ReplicaFigures } from './replica-process.js';

/** A replica in a process of its own, so that its work is not counted as the program's. */
interface SeparateReplica {
  /** Lines of a `.env` file that point the program at it. */
  envLines: string;
  /** What it has seen since it was last asked. */
  figures(): Promise<ReplicaFigures>;
}

/** Starts a replica in a process of its own, for the time of the work. */
export async function withSeparateReplica<Result>(
  options: ReplicaOptions,
  work: (replica: SeparateReplica) => Promise<Result>,
): Promise<Result> {
  const script = fileURLToPath(new URL('replica-process.js', import.meta.url));
  const child = fork(script, [JSON.stringify(options)]);
  try {
    const [envLines] = await once(child, 'message');
    return await work({
      envLines,
      async figures() {
        child.send('figures');
        const [figures] = await once(child, 'message');
        return figures;
      },
    });
  } finally {
    child.disconnect();
  }
}
