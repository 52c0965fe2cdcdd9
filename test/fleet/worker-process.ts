import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { packageFile } from '../../src/files/package-folder.js';
import type { AlbumJob, WorkOptions } from '../../src/fleet/work-album.js';

/** What a worker of its own process is to do. */
export interface WorkerOrder {
  job: AlbumJob;
  password: string;
  /** As FLEET_STORE. */
  location: string;
  /** Where it keeps what is under way. */
  local: string;
  attempt: number;
  options: WorkOptions;
}

const worker = packageFile('dist-bench/fleet-worker.js');

/** Builds the worker. To be called before the first is started. */
export function buildWorker(): void {
  // Inside of the package, where it finds the thread for originals and the packages.
  execFileSync(packageFile('node_modules/.bin/esbuild'), [
    packageFile('test/fleet/worker.ts'),
    ...['--bundle', '--packages=external', '--format=esm', '--platform=node'],
    ...['--keep-names', '--log-level=warning', `--outfile=${worker}`],
  ]);
}

/** Starts a worker in a process of its own, which may be killed. */
export function startWorker(order: WorkerOrder): ChildProcess {
  return spawn(process.execPath, [worker], {
    env: { ...process.env, ORDER: JSON.stringify(order) },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
}
