import { expect } from '@jest/globals';
import { redisTest } from '../helpers/redis-test.js';
import { waitUntil } from '../helpers/wait-until.js';
import { albums, endOf, withFleet } from './test-fleet.js';

redisTest('a worker that is stopped while Redis is away ends, and its album is taken later', () =>
  withFleet(async (fleet) => {
    await fleet.add(albums(['a']));
    let isBegun = false;
    const { worker, ended } = fleet.work((_album, _password, { stop }) => {
      isBegun = true;
      return new Promise((resolve) => {
        stop.addEventListener('abort', () => resolve(endOf('terminated')));
      });
    });
    await waitUntil(() => isBegun);
    await fleet.server.stop();
    worker.stop('it is evening');
    await ended;
    await worker.close();

    await fleet.server.start();
    await fleet.work(async () => endOf('complete'), { untilEmpty: true }).ended;
    expect(await fleet.states()).toEqual({ a: ['complete', null] });
  }),
);
