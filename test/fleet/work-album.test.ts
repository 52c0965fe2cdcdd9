import { readdirSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import { originalRequests } from '../helpers/request-log.js';
import { withFleetAlbum } from './fleet-album.js';

test('an album goes into the store, and nothing is left on the local disk', () =>
  withFleetAlbum({ photos: 60 }, async ({ replica, store, local, work }) => {
    const end = await work();
    expect(end).toMatchObject({ ending: 'complete', counts: { listed: 60, saved: 60, failed: 0 } });
    expect(await store.list('originals/')).toHaveLength(60);
    expect(await store.list('journal/')).toEqual([]);
    expect(await store.list('state/')).toHaveLength(1);
    expect(readdirSync(local)).toEqual([]);
    expect(originalRequests(replica)).toHaveLength(60);
  }));

test('a second attempt begins where the first one ended, and asks for no original again', () =>
  withFleetAlbum({ photos: 60 }, async ({ replica, store, work }) => {
    await work();
    replica.addPhotos(5);
    const end = await work({ attempt: 2 });
    expect(end).toMatchObject({ ending: 'complete', counts: { listed: 65, saved: 65, failed: 0 } });
    expect(originalRequests(replica)).toHaveLength(65);
    expect((await store.list('state/')).at(-1)).toMatch(/-000002\/00000001\.sqlite\.gz$/);
  }));
