import { expect, test } from '@jest/globals';
import { Secrets } from '../../src/album/secrets.js';
import { handleFailed } from '../../src/crawl/failed-request.js';
import { type CrawlRequest, detailRequest, listingRequest } from '../../src/crawl/requests.js';
import type { RunContext } from '../../src/crawl/run-context.js';
import { RunControl } from '../../src/crawl/run-control.js';
import { EscapeError } from '../../src/errors.js';
import type { RequestAuthorization } from '../../src/http/request-authorization.js';
import { listedPhoto } from '../helpers/sample-photo.js';

const url = 'https://album.test/photo/1';

/** The requests that are put into the queue for one that fails as its run is stopped. */
async function nextOf(request: CrawlRequest): Promise<CrawlRequest[]> {
  const control = new RunControl();
  const authorization = { failed: () => undefined } as unknown as RequestAuthorization;
  const run = { control, authorization, secrets: new Secrets(), retryDelay: 600_000 } as RunContext;
  const added: CrawlRequest[] = [];
  const handled = handleFailed(request, new Error('reset'), run, async (next) => added.push(next));
  control.stop(new EscapeError('interrupted', 'Stopped.'));
  await handled;
  return added;
}

test('a photo’s own page is tried again by the next run, where this one is stopped meanwhile', async () => {
  const request = detailRequest(url, listedPhoto('1'), [null], 0);
  expect(await nextOf(request)).toMatchObject([
    { url, label: 'DETAIL', uniqueKey: `${request.uniqueKey} try 2`, skipNavigation: true },
  ]);
});

test('so it is where the run was being stopped already', async () => {
  const control = new RunControl();
  control.stop(new EscapeError('interrupted', 'Stopped.'));
  const authorization = { failed: () => undefined } as unknown as RequestAuthorization;
  const added: CrawlRequest[] = [];
  await handleFailed(
    detailRequest(url, listedPhoto('1'), [null], 0),
    new Error('reset'),
    { control, authorization, secrets: new Secrets(), retryDelay: 600_000 } as RunContext,
    async (next) => added.push(next),
  );
  expect(added).toHaveLength(1);
});

test('a listing page of a run that was stopped needs no further try: the next run walks anew', async () => {
  const control = new RunControl();
  control.stop(new EscapeError('interrupted', 'Stopped.'));
  const place = { walk: 1, page: 1, url, titles: [], albumUrl: url, number: 1 };
  const added: CrawlRequest[] = [];
  await handleFailed(
    listingRequest(url, 'r1', place),
    new Error('reset'),
    { control } as RunContext,
    async (next) => added.push(next),
  );
  expect(added).toEqual([]);
});
