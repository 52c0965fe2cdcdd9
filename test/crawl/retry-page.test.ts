import { expect, test } from '@jest/globals';
import { loginRequest } from '../../src/crawl/requests.js';
import { retryPage } from '../../src/crawl/retry-page.js';
import type { RunContext } from '../../src/crawl/run-context.js';
import { RunControl } from '../../src/crawl/run-control.js';
import { EscapeError } from '../../src/errors.js';

const failed = loginRequest('https://album.test/', 'r1');

test('a run that is stopped while a page waits for its next try is not disturbed by it', async () => {
  const control = new RunControl();
  const next = retryPage(failed, new Error('reset'));
  const pause = next?.pause({ retryDelay: 600_000, control } as RunContext);
  control.stop(new EscapeError('interrupted', 'Stopped.'));
  await expect(pause).resolves.toBeUndefined();
});
