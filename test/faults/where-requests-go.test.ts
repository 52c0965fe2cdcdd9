import type { ServerResponse } from 'node:http';
import { describe, expect, test } from '@jest/globals';
import type { Fault, FaultHook } from '../../src/replica/fault/fault.js';
import type { ReplicaOptions } from '../../src/replica/options.js';
import type { Replica } from '../../src/replica/replica.js';
import { type Rescue, withRescue } from '../helpers/escape-replica.js';
import { type Seen, withOtherHost } from '../helpers/other-host.js';
import { originalRequests, signIns } from '../helpers/request-log.js';
import { comparison } from '../helpers/saved-album.js';

/** A form such as the album's own. */
const form =
  '<form method="post"><input name="username"><input name="password" type="password"></form>';

/** Shows that nothing of a session and nothing of the account reached the other host. */
function expectNoSecrets(seen: readonly Seen[], { username, password }: Replica): void {
  for (const { method, headers, body, url } of seen) {
    expect(method).toBe('GET');
    expect(headers).not.toHaveProperty('cookie');
    expect(headers).not.toHaveProperty('authorization');
    const all = JSON.stringify([url, headers, body]);
    for (const secret of [username, password, encodeURIComponent(username)]) {
      expect(all).not.toContain(secret);
    }
  }
}

function rescueBeside(
  answer: (response: ServerResponse, url: string) => unknown,
  options: (other: string) => ReplicaOptions,
  work: (rescue: Rescue, seen: Seen[], other: string) => Promise<void>,
): Promise<void> {
  return withOtherHost(answer, (other, seen) =>
    withRescue({ photos: 12, pageSize: 5, ...options(other) }, (rescue) =>
      work(rescue, seen, other),
    ),
  );
}

test('nothing is sent but GET and the one POST of the sign-in, and cookies to the album alone', async () => {
  const fault: FaultHook = ({ kind, photoIndex = 0, page, signedIn, attempt }) => {
    if (attempt > 1) return undefined;
    if (kind === 'original' && photoIndex % 3 === 0) return { kind: 'status', status: 500 };
    if (kind === 'original' && photoIndex % 3 === 1) return { kind: 'reset' };
    if (page === 2 && signedIn) return { kind: 'signed-out', by: 'redirect' };
    return undefined;
  };
  await withRescue({ photos: 12, pageSize: 5, fault }, async ({ run, replica }) => {
    expect((await run()).ending).toBe('complete');

    const imageHost = new URL(replica.imageUrl).host;
    for (const { method, kind, host, cookie, authorization } of replica.requests) {
      expect(authorization).toBe(false);
      if (method !== 'GET') expect({ method, kind }).toEqual({ method: 'POST', kind: 'sign-in' });
      if (host === imageHost) expect(cookie).toBe(false);
      if (host === imageHost) expect(['original', 'thumbnail']).toContain(kind);
      if (kind === 'original') expect(host).toBe(imageHost);
    }
    expect(signIns(replica)).toHaveLength(2);
    // The album's own pages do come with the cookie, or this test would show nothing.
    expect(replica.requests.some(({ kind, cookie }) => kind === 'page' && cookie)).toBe(true);
  });
});

describe('a redirect to another host is followed without cookies', () => {
  test('from an original, whatever the status', async () => {
    const statuses = [301, 302, 303, 307, 308] as const;
    const bytes: Record<string, Buffer> = {};
    const to = (other: string): FaultHook => {
      return ({ kind, photoIndex = 0 }) => {
        const status = statuses[photoIndex];
        return kind === 'original' && status !== undefined
          ? { kind: 'redirect', to: `${other}/${status}.jpg`, status }
          : undefined;
      };
    };
    await rescueBeside(
      (response, url) => response.end(bytes[url]),
      (other) => ({ fault: to(other) }),
      async ({ run, replica, storage }, seen) => {
        for (const [index, status] of statuses.entries()) {
          const { id = '' } = replica.photos()[index] ?? {};
          bytes[`/${status}.jpg`] = await replica.originalBytes(id);
        }
        expect((await run()).ending).toBe('complete');
        expect(seen.map(({ url }) => url).sort()).toEqual(Object.keys(bytes));
        expectNoSecrets(seen, replica);
        const { saved, served } = await comparison(storage, replica);
        expect(saved).toEqual(served);
      },
    );
  });

  test('from a page of the album, whatever the status', async () => {
    const statuses: Record<number, 302 | 307> = { 2: 302, 3: 307 };
    const to = (other: string): FaultHook => {
      return ({ kind, page = 0, attempt, signedIn }) => {
        const status = statuses[page];
        return kind === 'page' && status !== undefined && signedIn && attempt === 1
          ? { kind: 'redirect', to: other, status }
          : undefined;
      };
    };
    await rescueBeside(
      (response) => response.writeHead(503).end(),
      (other) => ({ fault: to(other) }),
      async ({ run, replica }, seen) => {
        expect((await run()).ending).toBe('complete');
        expect(seen).toHaveLength(2);
        expectNoSecrets(seen, replica);
      },
    );
  });
});

describe('the password goes to the album’s own form only', () => {
  const signIn = (fault: (other: string) => Fault, method: string) => (other: string) => ({
    fault: (({ kind, method: asked }) =>
      kind === 'sign-in' && asked === method ? fault(other) : undefined) as FaultHook,
  });

  test('not to another host that the form names: code 4', async () => {
    await rescueBeside(
      (response) => response.end('thank you'),
      signIn((other) => ({ kind: 'form-action', action: `${other}/collect` }), 'GET'),
      async ({ run, replica }, seen, other) => {
        const { ending, lines } = await run();
        expect(ending).toBe('signIn');
        expect(lines.join('\n')).toContain(`would send the password to ${other}. It was not sent`);
        expect(seen).toEqual([]);
        expect(signIns(replica)).toEqual([]);
      },
    );
  });

  test('not to another host that the sign-in page redirects to: code 4', async () => {
    await rescueBeside(
      (response) => response.setHeader('content-type', 'text/html').end(form),
      signIn((other) => ({ kind: 'redirect', to: `${other}/` }), 'GET'),
      async ({ run, replica }, seen) => {
        const { ending, lines } = await run();
        expect(ending).toBe('signIn');
        expect(lines.join('\n')).toContain('It was not sent');
        expectNoSecrets(seen, replica);
        expect(signIns(replica)).toEqual([]);
      },
    );
  });

  test.each([301, 302, 303, 307, 308] as const)(
    'not along a redirect (%i) of the sign-in',
    async (status) => {
      await rescueBeside(
        (response) => response.setHeader('content-type', 'text/html').end('<h1>Hello</h1>'),
        signIn((other) => ({ kind: 'redirect', to: `${other}/`, status }), 'POST'),
        async ({ run, replica }, seen) => {
          const { ending } = await run();
          expect(ending).toBe('signIn');
          expectNoSecrets(seen, replica);
        },
      );
    },
  );
});

test('an original is asked for where the page says, and nowhere else', async () => {
  await withRescue({ photos: 12, pageSize: 5 }, async ({ run, replica }) => {
    await run();
    const asked = originalRequests(replica).map(({ host, path }) => `http://${host}${path}`);
    expect(asked.sort()).toEqual(
      replica
        .photos()
        .map(({ originalUrl }) => originalUrl)
        .sort(),
    );
  });
});
