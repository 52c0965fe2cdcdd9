import { afterEach, expect, test } from '@jest/globals';
import { openStore } from '../../src/fleet/store/open-store.js';
import { originalRequests } from '../helpers/request-log.js';
import { describeSwift } from '../helpers/swift-test.js';
import { withFleetAlbum } from './fleet-album.js';
import { withSwiftStore } from './store/swift-store.js';

describeSwift('a store that is down, for a while or for good', (swift) => {
  afterEach(async () => {
    await swift().kill('object');
    await swift().start('object');
  });

  test('a worker whose store is down gives its album back all the same when it is stopped', () =>
    withSwiftStore(swift(), ({ store }) => {
      const stop = new AbortController();
      let asked = 0;
      const fault = ({ kind }: { kind: string }) => {
        // Nothing more may be asked for until the next attempt begins, with other requests.
        if (kind === 'original' && ++asked === 20) {
          void swift()
            .kill('object')
            .then(() => stop.abort());
        }
        return undefined;
      };
      return withFleetAlbum(
        { photos: 40, fault },
        async ({ replica, work }) => {
          expect(await work({ stop: stop.signal })).toMatchObject({ ending: 'terminated' });
          await swift().start('object');
          const end = await work({ attempt: 2 });
          expect(end).toMatchObject({ ending: 'complete', counts: { saved: 40 } });
          expect(originalRequests(replica).length).toBeLessThanOrEqual(40 + 8);
        },
        store,
      );
    }));

  test('a store that stays down ends the attempt for now', () =>
    withSwiftStore(swift(), async ({ location }) => {
      const store = await openStore(location, 1000);
      let asked = 0;
      const fault = ({ kind }: { kind: string }) => {
        if (kind === 'original' && ++asked === 10) void swift().kill('object');
        return undefined;
      };
      await withFleetAlbum(
        { photos: 40, fault },
        async ({ work }) => {
          expect(await work()).toMatchObject({
            ending: 'later',
            cause: expect.stringContaining('does not answer as it should'),
          });
        },
        store,
      );
      store.close();
    }));

  test('a store that cannot tell for now is not taken for one that has nothing', () =>
    withSwiftStore(swift(), async ({ location }) => {
      const store = await openStore(location, 500);
      await store.putBytes('key', Buffer.from('x'));
      await swift().kill('object');
      await expect(store.has('key')).rejects.toThrow(/does not answer as it should \(503/);
      await expect(store.open('key')).rejects.toThrow(/does not answer as it should \(503/);
      await expect(store.putBytes('key', Buffer.from('y'))).rejects.toThrow(/\(503/);
      await swift().start('object');
      expect(await store.has('key')).toBe(true);
      store.close();
    }));

  test('a worker waits for a store that is down for a while, and asks for nothing again', () =>
    withSwiftStore(swift(), ({ store }) => {
      let asked = 0;
      let outage: Promise<void> | undefined;
      const fault = ({ kind }: { kind: string }) => {
        if (kind === 'original') asked += 1;
        if (asked === 20)
          outage ??= swift()
            .kill('object')
            .then(() => swift().start('object'));
        return undefined;
      };
      return withFleetAlbum(
        { photos: 40, fault },
        async ({ replica, work }) => {
          const end = await work();
          await outage;
          expect(end).toMatchObject({ ending: 'complete', counts: { saved: 40 } });
          expect(originalRequests(replica)).toHaveLength(40);
        },
        store,
      );
    }));
});
