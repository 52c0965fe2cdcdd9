import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import type { ServerResponse } from 'node:http';
import { join } from 'node:path';
import { expect } from '@jest/globals';
import { pauseChannel } from '../../src/fleet/fleet-queues.js';
import { FolderStore } from '../../src/fleet/store/folder-store.js';
import { workAlbum } from '../../src/fleet/work-album.js';
import { picture } from '../helpers/escape-site.js';
import { redisTest } from '../helpers/redis-test.js';
import { withTemporaryFolder } from '../helpers/temporary-folder.js';
import { waitUntil } from '../helpers/wait-until.js';
import { withServer } from '../helpers/with-server.js';
import { workOptions } from './fleet-album.js';
import { withFleet } from './test-fleet.js';

const profile = `
name: club
title: The club
signIn: { by: none }
item:
  row: a
  id: { attribute: id }
  original: [{ attribute: href }]
`;

/** Seconds. */
const retryAfter = 2;

redisTest('a pause that a host asks of one worker is kept by the others, and it was short', () =>
  withFleet((fleet) =>
    withTemporaryFolder(async (folder) => {
      const asked: { path: string; at: number }[] = [];
      let held: ServerResponse | undefined;
      let pausedAt = 0;
      let isHeard = false;
      const serve = async (path: string, response: ServerResponse) => {
        asked.push({ path, at: performance.now() });
        const [, album, photo] = path.split('/');
        if (photo === undefined) {
          response.end(`<a id="1" href="/${album}/1"><a id="2" href="/${album}/2">`);
        } else if (path === '/resting/1' && !isHeard) {
          await waitUntil(() => held !== undefined);
          pausedAt = performance.now();
          response.writeHead(429, { 'retry-after': String(retryAfter) }).end();
        } else if (path === '/other/1' && !isHeard) held = response;
        // What is asked for again, such as after an answer that came too late, is answered.
        else response.end(await picture(Number(photo)));
      };
      await withServer(
        ({ url = '' }, response) => void serve(url, response),
        async (origin) => {
          writeFileSync(join(folder, 'club.yaml'), profile);
          const store = new FolderStore(join(folder, 'store'));
          const crawl: Parameters<typeof fleet.work>[0] = (album, password, attempt) =>
            workAlbum(album, password, store, join(folder, album.id), attempt, {
              ...{ ...workOptions, concurrency: 1 },
            });
          await fleet.add(
            ['resting', 'other'].map((id) => ({
              ...{ id, profile: join(folder, 'club.yaml'), username: '' },
              url: `${origin}/${id}`,
            })),
          );
          const listener = fleet.redis.duplicate();
          await listener.subscribe(pauseChannel);
          const heard = once(listener, 'message');
          const work = () =>
            fleet.work(crawl, { albums: 1, untilEmpty: true, lockDuration: 30_000 }).ended;
          const ended = [work(), work()];
          await heard;
          isHeard = true;
          held?.end(await picture(1));
          await Promise.all(ended);
          listener.disconnect();

          const next = asked.find(({ path, at }) => path.startsWith('/other/') && at > pausedAt);
          expect((next?.at ?? 0) - pausedAt).toBeGreaterThanOrEqual(retryAfter * 1000);
          const states = { other: ['complete', null], resting: ['complete', null] };
          expect(await fleet.states()).toEqual(states);
        },
      );
    }),
  ),
);
