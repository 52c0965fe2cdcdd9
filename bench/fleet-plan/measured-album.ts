import { join } from 'node:path';
import { FolderStore } from '../../src/fleet/store/folder-store.js';
import type { ObjectStore } from '../../src/fleet/store/object-store.js';
import { type Attempt, workAlbum } from '../../src/fleet/work-album.js';
import { startReplica } from '../../src/replica/server.js';

/** What an album costs on this machine. */
export interface MeasuredAlbum {
  photos: number;
  seconds: number;
  /** Before the first original: loading, signing in, the first page. */
  startSeconds: number;
  /** Each photo, with its part of the pages. */
  secondsPhoto: number;
  requestsPhoto: number;
  /** Bytes of a whole snapshot, by the photos in it. */
  snapshotBytesPhoto: number;
}

/** What was asked of a store. */
interface Asked {
  requests: number;
  /** Bytes of each snapshot. */
  snapshots: number[];
}

const photos = 600;
/** npm runs scripts at the root of the project. */
const profile = './profiles/kodak-pulse.yaml';

/** Saves an album of a replica as a worker does, and counts. @param latency of the site, in milliseconds */
export async function measureAlbum(folder: string, latency: number): Promise<MeasuredAlbum> {
  const asked: Asked = { requests: 0, snapshots: [] };
  const store = counting(new FolderStore(join(folder, 'store')), asked);
  const small = await timed(folder, store, latency, 60);
  asked.requests = 0;
  const large = await timed(folder, store, latency, photos);
  const secondsPhoto = (large.seconds - small.seconds) / (photos - 60);
  return {
    photos,
    seconds: large.seconds,
    startSeconds: Math.max(0, small.seconds - 60 * secondsPhoto),
    secondsPhoto,
    requestsPhoto: asked.requests / photos,
    snapshotBytesPhoto: (asked.snapshots.at(-1) ?? 0) / photos,
  };
}

async function timed(folder: string, store: ObjectStore, latency: number, count: number) {
  const replica = await startReplica({ photos: count, latency, photoBytes: 180_000, log: false });
  const { signal } = new AbortController();
  const { url, username, password } = replica;
  const job = { id: `album-${count}`, profile, url, username };
  const attempt: Attempt = {
    ...{ generation: '1', attempt: 1, lost: signal, stop: signal },
    onProgress: () => undefined,
  };
  const options = {
    ...{ concurrency: 8, maxPerMinute: undefined, userAgent: 'photo-escape plan' },
    ...{ thumbnails: 'sample' as const, timing: { idleTimeout: 60_000 } },
  };
  const begun = performance.now();
  try {
    const end = await workAlbum(job, password, store, join(folder, 'work'), attempt, options);
    if (end.ending !== 'complete')
      throw new Error(`The measured album is ${end.ending}: ${end.cause}`);
    return { seconds: (performance.now() - begun) / 1000 };
  } finally {
    await replica.close();
  }
}

/** The store, with what is asked of it counted. */
function counting(store: ObjectStore, asked: Asked): ObjectStore {
  return new Proxy(store, {
    get(target, name) {
      const value = Reflect.get(target, name);
      if (typeof value !== 'function') return value;
      return (...words: unknown[]) => {
        if (name !== 'close') asked.requests += 1;
        const [key, content] = words as [string, { bytes?: number }];
        if (name === 'putFile' && key.startsWith('state/'))
          asked.snapshots.push(content.bytes ?? 0);
        return value.apply(target, words);
      };
    },
  });
}
