import { describe, expect, test } from '@jest/globals';
import type { DeliveryFault } from '../../src/replica/fault/fault.js';
import type { Replica } from '../../src/replica/replica.js';
import { getRaw, withReplica } from './visit.js';

const photoBytes = 150_000;

async function untilStalled(replica: Replica): Promise<void> {
  while (replica.stalled === 0) await new Promise((resolve) => setImmediate(resolve));
}

/** A replica whose every original arrives as the fault has it. */
function struck(
  fault: DeliveryFault,
  visit: (url: string, bytes: Buffer, replica: Replica) => Promise<void>,
): Promise<void> {
  return withReplica(
    { photos: 1, photoBytes, fault: ({ kind }) => (kind === 'original' ? fault : undefined) },
    async (replica) => {
      const [photo] = replica.photos();
      await visit(photo?.originalUrl ?? '', await replica.originalBytes(photo?.id ?? ''), replica);
    },
  );
}

describe('an original', () => {
  test('whose connection is reset before any answer', () =>
    struck({ kind: 'reset' }, async (url, _, replica) => {
      expect(await getRaw(url)).toMatchObject({ status: 0, error: 'ECONNRESET' });
      expect(replica.requests[0]).toMatchObject({ status: 0, bytes: 0, fault: 'reset' });
    }));

  test('whose connection is reset half way', () =>
    struck({ kind: 'reset', afterBytes: 60_000 }, async (url) => {
      const answer = await getRaw(url);
      expect(answer).toMatchObject({ status: 200, complete: false, error: 'ECONNRESET' });
      expect(answer.headers['content-length']).toBe('150000');
      expect(answer.body.length).toBeLessThanOrEqual(60_000);
    }));

  test('that ends before its announced length', () =>
    struck({ kind: 'cut', afterBytes: 60_000, announced: true }, async (url, bytes) => {
      const answer = await getRaw(url);
      expect(answer).toMatchObject({ status: 200, complete: false });
      expect(answer.headers['content-length']).toBe('150000');
      expect(answer.body.equals(bytes.subarray(0, 60_000))).toBe(true);
    }));

  test('that ends too early and looks whole', () =>
    struck({ kind: 'cut', afterBytes: 60_000, announced: false }, async (url, bytes) => {
      const answer = await getRaw(url);
      expect(answer).toMatchObject({ status: 200, complete: true });
      expect(answer.headers).not.toHaveProperty('content-length');
      expect(answer.body.equals(bytes.subarray(0, 60_000))).toBe(true);
    }));

  test.each([0, 1, 149_999])('cut after %p bytes', (afterBytes) =>
    struck({ kind: 'cut', afterBytes, announced: true }, async (url) => {
      const answer = await getRaw(url);
      expect([answer.complete, answer.body.length]).toEqual([false, afterBytes]);
    }),
  );

  test('that stalls, until it is released', () =>
    struck({ kind: 'stall', afterBytes: 60_000 }, async (url, bytes, replica) => {
      const waiting = getRaw(url);
      await untilStalled(replica);
      replica.release();
      const answer = await waiting;
      expect(answer.complete).toBe(true);
      expect(answer.body.equals(bytes)).toBe(true);
      expect(replica.stalled).toBe(0);
    }));

  test('that stalls, until the client leaves', () =>
    struck({ kind: 'stall', afterBytes: 60_000 }, async (url, _, replica) => {
      const answer = await getRaw(url, {}, ({ body }, leave) => {
        if (body.length === 60_000) untilStalled(replica).then(leave, leave);
      });
      expect([answer.complete, answer.body.length]).toEqual([false, 60_000]);
    }));

  test('that stalls before its headers', () =>
    struck({ kind: 'stall' }, async (url, bytes, replica) => {
      const waiting = getRaw(url);
      await untilStalled(replica);
      expect(replica.requests[0]?.status).toBe(0);
      replica.release();
      expect((await waiting).body.equals(bytes)).toBe(true);
    }));

  test('that trickles', () =>
    struck({ kind: 'drip', bytes: 30_000, interval: 4 }, async (url, bytes, replica) => {
      const sentSoFar: unknown[] = [];
      const answer = await getRaw(url, {}, () => sentSoFar.push(replica.requests[0]?.bytes));
      expect(answer.complete).toBe(true);
      expect(answer.body.equals(bytes)).toBe(true);
      // The first part arrives before the last one is sent.
      expect(sentSoFar[0]).toBeLessThan(photoBytes);
    }));

  test('does not hold up the end of the replica', async () => {
    const fault = { kind: 'stall' } as const;
    let waiting: ReturnType<typeof getRaw> | undefined;
    await struck(fault, async (url, _, replica) => {
      waiting = getRaw(url);
      await untilStalled(replica);
    });
    expect((await waiting)?.status).toBe(0);
  });
});
