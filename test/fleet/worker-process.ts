import { type ChildProcess, spawn } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { AlbumJob, WorkOptions } from '../../src/fleet/work-album.js';

/** What a worker of its own process is to do. */
export interface WorkerOrder {
  job: AlbumJob;
  password: string;
  /** As FLEET_STORE. */
  location: string;
  /** Where it keeps what is under way; its script stands beside it. */
  local: string;
  attempt: number;
  options: WorkOptions;
}

const dist = fileURLToPath(new URL('../../dist/fleet/', import.meta.url));

/** Gets the order in its environment; SIGTERM makes it give the album back. */
const script = `
  import { openStore } from '${dist}store/open-store.js';
  import { workAlbum } from '${dist}work-album.js';
  const { job, password, location, local, attempt, options } = JSON.parse(process.env.ORDER);
  const stop = new AbortController();
  process.on('SIGTERM', () => stop.abort());
  const lost = new AbortController();
  const end = await workAlbum(job, password, await openStore(location), local, {
    generation: '1', attempt, lost: lost.signal, stop: stop.signal, onProgress: () => undefined,
  }, options);
  process.stdout.write(JSON.stringify(end));
`;

/** Starts the built code of a worker in a process of its own, which may be killed. */
export function startWorker(order: WorkerOrder): ChildProcess {
  // Threads of a script that is given by a flag would be given it too.
  const file = `${order.local}-worker.mjs`;
  writeFileSync(file, script);
  return spawn(process.execPath, [file], {
    env: { ...process.env, ORDER: JSON.stringify(order) },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
}
