import { expect, test } from '@jest/globals';
import { handleFailed } from '../../src/crawl/failed-request.js';
import {
  type CrawlRequest,
  detailRequest,
  imageRequest,
  listingRequest,
  loginRequest,
} from '../../src/crawl/requests.js';
import type { RunContext } from '../../src/crawl/run-context.js';
import { RunControl } from '../../src/crawl/run-control.js';
import { EscapeError } from '../../src/errors.js';

const url = 'https://album.test/';
const place = { walk: 1, page: 1, url, titles: [], albumUrl: url, level: 0, number: 1 };

test.each<CrawlRequest>([
  imageRequest('1', 0),
  detailRequest('1', 'r1'),
  listingRequest(url, 'r1', place),
  loginRequest(url, 'r1'),
])(
  '$label of a run that was stopped needs no further try: the next run lists anew',
  async (request) => {
    const control = new RunControl();
    control.stop(new EscapeError('interrupted', 'Stopped.'));
    const added: CrawlRequest[] = [];
    await handleFailed(request, new Error('reset'), { control } as RunContext, async (next) =>
      added.push(next),
    );
    expect(added).toEqual([]);
  },
);
