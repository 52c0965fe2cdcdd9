import { afterEach, expect, test } from '@jest/globals';
import { openStore } from '../../src/fleet/store/open-store.js';
import { originalRequests } from '../helpers/request-log.js';
import { describeSwift } from '../helpers/swift-test.js';
import { withFleetAlbum } from './fleet-album.js';
import { withSwiftStore } from './store/swift-store.js';

describeSwift('a store that stays down', (swift) => {
  afterEach(async () => {
    await swift().kill('object');
    await swift().start('object');
  });

  test('a worker whose store is down gives its album back all the same when it is stopped', () =>
    withSwiftStore(swift(), ({ store }) => {
      const stop = new AbortController();
      let asked = 0;
      const fault = ({ kind }: { kind: string }) => {
        if (kind === 'original') asked += 1;
        if (asked === 20)
          void swift()
            .kill('object')
            .then(() => stop.abort());
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
        if (kind === 'original') asked += 1;
        if (asked === 10) void swift().kill('object');
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
});
