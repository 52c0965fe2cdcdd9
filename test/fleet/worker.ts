// A worker in a process of its own: gets its order in the environment; SIGTERM makes it give the album back.
import { openStore } from '../../src/fleet/store/open-store.js';
import { workAlbum } from '../../src/fleet/work-album.js';
import type { WorkerOrder } from './worker-process.js';

const order = JSON.parse(process.env.ORDER ?? '') as WorkerOrder;
const { job, password, location, local, attempt, options } = order;
const stop = new AbortController();
process.on('SIGTERM', () => stop.abort());
const store = await openStore(location);
await workAlbum(
  job,
  password,
  store,
  local,
  {
    ...{ generation: '1', attempt, stop: stop.signal, lost: new AbortController().signal },
    onProgress: () => undefined,
  },
  options,
);
store.close();
