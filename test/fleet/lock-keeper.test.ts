import { expect, test } from '@jest/globals';
import { LockKeeper } from '../../src/fleet/lock-keeper.js';

const duration = 200;

test('a process that was stopped knows that its lock is lost before any timer has run', async () => {
  const keeper = new LockKeeper(duration, async () => true);
  expect(await keeper.keep()).toBe(true);
  keeper.check();
  expect(keeper.lost.aborted).toBe(false);

  // As SIGSTOP would: nothing of this process runs meanwhile.
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, duration);
  expect(keeper.lost.aborted).toBe(false);
  keeper.check();

  expect(keeper.lost.aborted).toBe(true);
  keeper.release();
});

test('a lock that was released is not lost', async () => {
  const keeper = new LockKeeper(duration, async () => true);
  await keeper.keep();
  keeper.release();
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, duration);
  keeper.check();

  expect(keeper.lost.aborted).toBe(false);
});
