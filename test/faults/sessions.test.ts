import { describe, expect, test } from '@jest/globals';
import type { Fault, FaultHook, FaultRequest } from '../../src/replica/fault/fault.js';
import { withRescue } from '../helpers/escape-replica.js';
import { originalRequests, signIns } from '../helpers/request-log.js';
import { comparison } from '../helpers/saved-album.js';

const onPage =
  (
    number: number,
    fault: Fault,
    when: (request: FaultRequest) => boolean = () => true,
  ): FaultHook =>
  (request) =>
    request.kind === 'page' && request.page === number && request.signedIn && when(request)
      ? fault
      : undefined;
const first = ({ attempt }: FaultRequest) => attempt === 1;

describe('an album whose session ends in mid-walk is signed in to again, once', () => {
  test.each<[string, Fault]>([
    ['by a redirect to the form', { kind: 'signed-out', by: 'redirect' }],
    ['by the form in place of the page', { kind: 'signed-out', by: 'form' }],
    ['by mistake, by a redirect', { kind: 'signed-out', by: 'redirect', keepsSession: true }],
    ['by mistake, by the form', { kind: 'signed-out', by: 'form', keepsSession: true }],
  ])('where it ends %s', async (_how, fault) => {
    const options = { photos: 12, pageSize: 5, fault: onPage(2, fault, first) };
    await withRescue(options, async ({ run, replica, storage }) => {
      const { ending, lines } = await run();

      expect(lines.at(-1)).toBe('saved 12 · already had 0 · failed 0 · listed 12');
      expect(ending).toBe('complete');
      expect(signIns(replica)).toHaveLength(2);
      const ofPage2 = replica.requests.filter(({ kind, page }) => kind === 'page' && page === 2);
      // In the first walk refused and taken again, in the second walk taken once.
      expect(ofPage2.map(({ status }) => status).slice(-2)).toEqual([200, 200]);
      expect(ofPage2).toHaveLength(3);
      const { saved, served } = await comparison(storage, replica);
      expect(saved).toEqual(served);
    });
  });

  test('and as often as it ends, as long as pages come in between', async () => {
    const fault: FaultHook = ({ kind, page = 1, signedIn, attempt }) =>
      // The first page is also the one that proves a sign-in.
      kind === 'page' && page > 1 && signedIn && attempt === 1
        ? { kind: 'signed-out', by: 'redirect' }
        : undefined;
    await withRescue({ photos: 12, pageSize: 2, fault }, async ({ run, replica, storage }) => {
      const { ending } = await run();

      expect(ending).toBe('complete');
      // Five pages and two behind the last each ended the session once.
      expect(signIns(replica)).toHaveLength(1 + 7);
      const { saved, served } = await comparison(storage, replica);
      expect(saved).toEqual(served);
    });
  });

  test('also where the form cannot be had at once', async () => {
    const ended = onPage(2, { kind: 'signed-out', by: 'redirect' }, first);
    let asked = 0;
    const fault: FaultHook = (request) => {
      if (request.kind !== 'sign-in') return ended(request);
      asked += 1;
      // The first is the sign-in of the start; its redirect, and the renewal, come behind it.
      return asked > 2 && asked < 6 && request.method === 'GET'
        ? { kind: 'status', status: 503 }
        : undefined;
    };
    await withRescue({ photos: 12, pageSize: 5, fault }, async ({ run, replica }) => {
      expect((await run()).ending).toBe('complete');
      expect(signIns(replica)).toHaveLength(2);
    });
  });
});

describe('a site that does not let in ends the run with code 4', () => {
  test.each(['redirect', 'form'] as const)('where it ends every session, by %s', async (by) => {
    const fault = onPage(2, { kind: 'signed-out', by });
    await withRescue({ photos: 12, pageSize: 5, fault }, async ({ run, replica }) => {
      const { ending, lines } = await run();

      expect(ending).toBe('signIn');
      expect(lines.join('\n')).toContain('only a person can do');
      expect(lines.at(-1)).toMatch(/^saved \d+ · already had 0 · failed 0 · listed 5$/);
      expect(signIns(replica).length).toBeLessThanOrEqual(4);
    });
  });

  test.each(['error', 'form', 'redirect'] as const)(
    'where it refuses the second sign-in, by %s; what was saved is safe',
    async (by) => {
      const ended = onPage(2, { kind: 'signed-out', by: 'form' }, first);
      let open = false;
      const fault: FaultHook = (request) => {
        if (open) return undefined;
        if (request.method !== 'POST') return ended(request);
        return request.attempt > 1 ? { kind: 'refuse-sign-in', by } : undefined;
      };
      await withRescue({ photos: 12, pageSize: 5, fault }, async ({ run, replica, storage }) => {
        const { ending, lines } = await run();
        expect(ending).toBe('signIn');
        expect(lines.at(-1)).toMatch(/^saved \d+ · already had 0 · failed 0 · listed 5$/);

        open = true;
        const again = await run();
        expect(again.ending).toBe('complete');
        expect(again.lines.at(-1)).toMatch(/failed 0 · listed 12$/);
        const { saved, served } = await comparison(storage, replica);
        expect(saved).toEqual(served);
      });
    },
  );
});

// A renewal that found the site down counts as a session that the site has ended: after three of
// them it says "accepts the sign-in and then asks for it again", and ends with code 4.
test('a site that is down when the session is renewed ends the run with code 5', async () => {
  const ended = onPage(2, { kind: 'signed-out', by: 'form', keepsSession: true });
  let posted = false;
  const fault: FaultHook = (request) => {
    posted ||= request.method === 'POST';
    const isRenewal = request.kind === 'sign-in' && request.method === 'GET' && posted;
    return isRenewal ? { kind: 'status', status: 503 } : ended(request);
  };
  await withRescue({ photos: 12, pageSize: 5, fault }, async ({ run }) => {
    expect((await run()).ending).toBe('later');
  });
});

describe('an answer to one request does not throw the session away', () => {
  const statuses = [401, 403, 429];

  test('401, 403 and 429 on originals', async () => {
    const fault: FaultHook = ({ kind, photoIndex = 0, attempt }) => {
      const status = statuses[photoIndex - 3];
      return kind === 'original' && status !== undefined && attempt === 1
        ? { kind: 'status', status }
        : undefined;
    };
    await withRescue({ photos: 12, pageSize: 5, fault }, async ({ run, replica }) => {
      expect((await run()).ending).toBe('complete');
      expect(signIns(replica)).toHaveLength(1);
      expect(originalRequests(replica)).toHaveLength(12 + statuses.length);
    });
  });

  test('401, 403 and 429 on pages, which are fetched again', async () => {
    const fault: FaultHook = (request) => {
      const status = statuses[(request.page ?? 0) - 2];
      return request.kind === 'page' && request.signedIn && status !== undefined && first(request)
        ? { kind: 'status', status }
        : undefined;
    };
    await withRescue({ photos: 12, pageSize: 3, fault }, async ({ run, replica }) => {
      const { ending, lines } = await run();
      expect(lines.at(-1)).toBe('saved 12 · already had 0 · failed 0 · listed 12');
      expect(ending).toBe('complete');
      expect(signIns(replica)).toHaveLength(1);
    });
  });
});
