import type { ReplicaOptions } from '../src/replica/options.js';
import type { ReplicaFigures, ReplicaQuestion, ReplicaStart } from './replica-process.js';
import { withSeparateProcess } from './separate-process.js';

/** A replica in its own process, so that its work does not count as the program's. */
export interface SeparateReplica extends ReplicaStart {
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
export function withSeparateReplica<Result>(
  options: ReplicaOptions,
  work: (replica: SeparateReplica) => Promise<Result>,
): Promise<Result> {
  return withSeparateProcess<ReplicaStart, Result>(
    'replica-process.js',
    options,
    ({ start, ask }) => {
      const question = <Answer>(name: ReplicaQuestion) => ask<Answer>(name);
      return work({
        ...start,
        figures: () => question('figures'),
        addresses: () => question('addresses'),
      });
    },
  );
}
