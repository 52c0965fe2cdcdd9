import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals';
import { handleFailed } from '../../src/crawl/failed-request.js';
import {
  type CrawlRequest,
  detailRequest,
  imageRequest,
  listingRequest,
  loginRequest,
  requestSchemas,
} from '../../src/crawl/requests.js';
import { type PageRequest, retryPage } from '../../src/crawl/retry-page.js';
import type { RunContext } from '../../src/crawl/run-context.js';
import { RunControl } from '../../src/crawl/run-control.js';
import { EscapeError } from '../../src/errors.js';
import type { WalkPlace } from '../../src/walk/walk-place.js';

describe('requests', () => {
  const site = 'https://album.test/';
  const albumUrl = `${site}Frame/AllPictures`;
  const first: WalkPlace = {
    walk: 1,
    page: 1,
    url: albumUrl,
    titles: [],
    albumUrl,
    level: 0,
    number: 1,
  };

  test('the sign-in page is fetched anew in every run', () => {
    const request = loginRequest(site, 'r1');
    expect(request).toMatchObject({ url: site, label: 'LOGIN', userData: {} });
    expect(request.uniqueKey).not.toBe(loginRequest(site, 'r2').uniqueKey);
  });

  test('a listing page is another request in every run and walk', () => {
    const requests = [
      listingRequest(albumUrl, 'r1', first),
      listingRequest(albumUrl, 'r2', first),
      listingRequest(albumUrl, 'r1', { ...first, walk: 2 }),
      listingRequest(albumUrl, 'r1', { ...first, page: 2 }),
    ];
    expect(new Set(requests.map(({ uniqueKey }) => uniqueKey)).size).toBe(requests.length);
  });

  test('an original is the same request in every run, and a new one after each failure', () => {
    const keys = [0, 1, 2].map((failures) => imageRequest('a', failures).uniqueKey);
    expect(new Set(keys).size).toBe(3);
    expect(imageRequest('a', 0).uniqueKey).toBe(keys[0]);
  });

  test('a photo’s own page is another request in every run', () => {
    expect(detailRequest('a', 'r1').uniqueKey).not.toBe(detailRequest('a', 'r2').uniqueKey);
  });

  test('a request for a photo holds nothing that can run out: the key alone', () => {
    for (const { url, userData } of [imageRequest('a', 1), detailRequest('a', 'r1')]) {
      expect([url, userData]).toEqual(['photo:a', { key: 'a' }]);
    }
  });

  test('a try of a sign-in is not fetched as a page either', () => {
    const next = retryPage(loginRequest(site, 'r1'), new Error('no answer'))?.request;
    expect(next?.skipNavigation).toBe(true);
  });

  test('an original is not fetched as a page', () => {
    expect(imageRequest('a', 0).skipNavigation).toBe(true);
  });

  test('what the requests carry passes the check of their labels, on disk and back', () => {
    const requests = [
      loginRequest(site, 'r1'),
      listingRequest(albumUrl, 'r1', first),
      detailRequest('a', 'r1'),
      imageRequest('a', 0),
    ];
    for (const { label, userData } of requests) {
      const stored = JSON.parse(JSON.stringify(userData));
      expect(requestSchemas[label].parse(stored)).toEqual(userData);
    }
  });

  test('a page that cannot be read is tried six times, each try a request of its own', () => {
    const tried: PageRequest[] = [];
    let request: PageRequest | undefined = listingRequest(albumUrl, 'r1', first);
    while (request !== undefined) {
      tried.push(request);
      request = retryPage(request, new Error('no answer'))?.request;
    }
    expect(new Set(tried.map(({ uniqueKey }) => uniqueKey)).size).toBe(6);
    for (const { url, label, userData } of tried) {
      expect({ url, label }).toEqual({ url: albumUrl, label: 'LISTING' });
      expect(userData).toMatchObject({ place: first });
    }
  });
});

describe('a request that failed', () => {
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
});

describe('a page that is tried again', () => {
  const failed = loginRequest('https://album.test/', 'r1');

  test('a run that is stopped while a page waits for its next try is not disturbed by it', async () => {
    const control = new RunControl();
    const next = retryPage(failed, new Error('reset'));
    const pause = next?.pause({ retryDelay: 600_000, control } as RunContext);
    control.stop(new EscapeError('interrupted', 'Stopped.'));
    await expect(pause).resolves.toBeUndefined();
  });
});

describe('run control', () => {
  const interrupted = new EscapeError('interrupted', 'Stopped.');
  const full = new EscapeError('disk', 'The disk is full.');

  beforeEach(() => {
    jest.useFakeTimers();
  });
  afterEach(() => {
    jest.useRealTimers();
  });

  test('a run goes on until it is stopped', () => {
    const control = new RunControl();
    expect(control.cause).toBeUndefined();
    expect(control.dropped.aborted).toBe(false);
  });

  test('a stop without grace drops what is under way, for that cause', () => {
    const control = new RunControl();
    control.stop(full);
    expect(control.cause).toBe(full);
    expect(control.dropped.reason).toBe(full);
  });

  test('a stop with grace lets downloads finish, and drops them when it has passed', () => {
    const control = new RunControl();
    control.stop(interrupted, 4000);
    expect(control.cause).toBe(interrupted);
    jest.advanceTimersByTime(3999);
    expect(control.dropped.aborted).toBe(false);
    jest.advanceTimersByTime(1);
    expect(control.dropped.reason).toBe(interrupted);
  });

  test('nothing new is begun from the first stop on, and that is said once', () => {
    const control = new RunControl();
    const nothingNew = jest.fn();
    control.onStop(nothingNew);
    expect(nothingNew).not.toHaveBeenCalled();
    control.stop(interrupted, 4000);
    control.stop(full);
    expect(nothingNew).toHaveBeenCalledTimes(1);
  });

  test('whoever asks after the stop is told at once', () => {
    const control = new RunControl();
    control.stop(interrupted, 4000);
    const nothingNew = jest.fn();
    control.onStop(nothingNew);
    expect(nothingNew).toHaveBeenCalledTimes(1);
  });

  test('the first cause counts, and a later stop shortens the grace', () => {
    const control = new RunControl();
    control.stop(interrupted, 4000);
    control.stop(full, 10);
    jest.advanceTimersByTime(10);
    expect(control.cause).toBe(interrupted);
    expect(control.dropped.reason).toBe(interrupted);
  });

  test('a run that has ended waits for no grace', () => {
    const control = new RunControl();
    control.stop(interrupted, 4000);
    control.close();
    expect(jest.getTimerCount()).toBe(0);
    expect(control.dropped.aborted).toBe(false);
  });

  // The timer begins anew with whatever grace the later call brings.
  test('a later stop does not lengthen the grace', () => {
    const control = new RunControl();
    control.stop(interrupted, 10);
    control.stop(full, 4000);
    jest.advanceTimersByTime(10);
    expect(control.dropped.aborted).toBe(true);
  });
});
