import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ReplicaOptions } from '../../src/replica/options.js';
import type { Replica } from '../../src/replica/replica.js';
import { startReplica } from '../../src/replica/server.js';
import { withTemporaryFolder } from './temporary-folder.js';

/** Runs the work with a replica, and a working folder whose `.env` has its account. */
export async function withProgramReplica(
  options: ReplicaOptions,
  work: (replica: Replica, cwd: string) => Promise<void>,
): Promise<void> {
  const replica = await startReplica({ photoBytes: 4000, ...options });
  try {
    await withTemporaryFolder(async (cwd) => {
      writeFileSync(join(cwd, '.env'), replica.envLines);
      await work(replica, cwd);
    });
  } finally {
    await replica.close();
  }
}
