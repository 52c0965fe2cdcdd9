import { describe, expect, test } from '@jest/globals';
import { HostThrottle } from '../../src/http/host-throttle.js';
import { RequestSlots } from '../../src/http/request-slots.js';

const [site, images] = ['http://album.test/Frame', 'http://images.test/1.jpg'];

function slotsOf(concurrency: number) {
  const throttle = new HostThrottle(undefined, Number.POSITIVE_INFINITY, () => undefined);
  return { throttle, slots: new RequestSlots(concurrency, throttle, new AbortController().signal) };
}

/** Lets all that can go on without a timer go on. */
const settled = () => new Promise((resolve) => setImmediate(resolve));

test('no more are taken than there are, and one that is left goes to the next', async () => {
  const { slots } = slotsOf(2);
  const leave = await slots.acquire(images, 'original');
  await slots.acquire(images, 'original');
  let third = false;
  const waiting = slots.acquire(images, 'original').then(() => {
    third = true;
  });
  await settled();
  expect(third).toBe(false);
  leave();
  await waiting;
});

test('one that is left twice is one, not two', async () => {
  const { slots } = slotsOf(1);
  const leave = await slots.acquire(images, 'original');
  leave();
  leave();
  await slots.acquire(images, 'original');
  let second = false;
  void slots.acquire(images, 'original').then(() => {
    second = true;
  });
  await settled();
  expect(second).toBe(false);
});

test('a page comes before originals that have waited longer', async () => {
  const { slots } = slotsOf(1);
  const leave = await slots.acquire(images, 'original');
  const came: string[] = [];
  const take = async (url: string, rank: 'page' | 'original') => {
    const next = await slots.acquire(url, rank);
    came.push(rank);
    next();
  };
  const all = [take(images, 'original'), take(images, 'original'), take(site, 'page')];
  await settled();
  leave();
  await Promise.all(all);
  expect(came).toEqual(['page', 'original', 'original']);
});

test('who has slots is told when a page waits for one, and not of an original', async () => {
  const throttle = new HostThrottle(undefined, Number.POSITIVE_INFINITY, () => undefined);
  let told = 0;
  const slots = new RequestSlots(1, throttle, new AbortController().signal, () => {
    told += 1;
  });
  const leave = await slots.acquire(site, 'page');
  void slots.acquire(images, 'original').then((next) => next());
  await settled();
  expect(told).toBe(0);
  const page = slots.acquire(site, 'page');
  await settled();
  expect(told).toBe(1);
  leave();
  await page;
});

describe('while a host pauses', () => {
  test('requests to it hold no slot, and those to another go on', async () => {
    const { throttle, slots } = slotsOf(1);
    throttle.slowDown(images, 50);
    const order: string[] = [];
    const original = slots.acquire(images, 'original').then(() => order.push('original'));
    (await slots.acquire(site, 'page'))();
    order.push('page');
    await original;
    expect(order).toEqual(['page', 'original']);
  });

  test('one that got its slot as the pause began gives it back', async () => {
    const { throttle, slots } = slotsOf(1);
    const leave = await slots.acquire(images, 'original');
    const order: string[] = [];
    const original = slots.acquire(images, 'original').then(() => order.push('original'));
    await settled();
    throttle.slowDown(images, 50);
    leave();
    (await slots.acquire(site, 'page'))();
    order.push('page');
    await original;
    expect(order).toEqual(['page', 'original']);
  });
});

test('at the end nobody gets one, and those who wait are told why', async () => {
  const { slots } = slotsOf(1);
  await slots.acquire(images, 'original');
  const waiting = slots.acquire(images, 'original').catch((error: unknown) => error);
  await settled();
  slots.end(new Error('the run is ending'));
  expect(await waiting).toEqual(new Error('the run is ending'));
  await expect(slots.acquire(site, 'page')).rejects.toThrow('the run is ending');
});
