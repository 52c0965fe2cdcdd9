import { setTimeout as delay } from 'node:timers/promises';

/** Waits until the condition holds, asking again and again; the test's own time limit ends it. */
export async function waitUntil(condition: () => boolean): Promise<void> {
  while (!condition()) await delay(2);
}
