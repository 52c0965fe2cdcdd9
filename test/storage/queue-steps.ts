import type { QueueOperationInfo, RequestQueueClient, RequestSchema } from '@crawlee/types';
import { type BackendName, withBackend } from './backends.js';

/** What a request has that is handled. */
export const done = { handledAt: '2026-01-01T00:00:00.000Z' };

/** The request whose unique key is the name. */
export function request(name: string): RequestSchema {
  return { url: `https://album.test/${name}`, uniqueKey: name };
}

/** A test over a queue that has requests of these names. */
export function withQueue(
  backend: BackendName,
  names: string[],
  work: (queue: RequestQueueClient) => Promise<void>,
): () => Promise<void> {
  return () =>
    withBackend(backend, async (client) => {
      await client.requestQueues().getOrCreate('queue');
      const queue = client.requestQueue('queue');
      for (const name of names) await queue.addRequest(request(name));
      await work(queue);
    });
}

/** The id of the request of that name, which is added if it is not there. */
export async function idOf(queue: RequestQueueClient, name: string): Promise<string> {
  return (await queue.addRequest(request(name))).requestId;
}

/** Locks requests and gives their names. */
export async function lock(
  queue: RequestQueueClient,
  limit = 25,
  lockSecs = 60,
): Promise<string[]> {
  const { items } = await queue.listAndLockHead({ limit, lockSecs });
  return items.map(({ uniqueKey }) => uniqueKey);
}

/** The names of the first requests, locked or not. */
export async function head(queue: RequestQueueClient): Promise<string[]> {
  return (await queue.listHead()).items.map(({ uniqueKey }) => uniqueKey);
}

/** Marks the request of that name as handled. */
export async function handle(queue: RequestQueueClient, name: string): Promise<QueueOperationInfo> {
  return queue.updateRequest({ ...request(name), id: await idOf(queue, name), ...done });
}
