import type { Job, Queue } from 'bullmq';
import type { FleetQueues, QueuedAlbum } from './fleet-queues.js';

/**
 * BullMQ's states of a job, in the order in which an album passes through them. Those to which it can
 * return are looked at again at the end, so that none is missed that moves meanwhile.
 */
const states = [
  ...(['waiting', 'delayed', 'active', 'failed', 'completed'] as const),
  ...(['delayed', 'waiting'] as const),
];
type State = (typeof states)[number];

/** Jobs read in one round trip. */
const batch = 500;

/** An album in the queue. */
export interface FoundAlbum {
  job: Job<QueuedAlbum>;
  state: State;
}

/** Every album of a fleet, each once, with its state. */
export async function* queuedAlbums(queues: FleetQueues): AsyncGenerator<FoundAlbum> {
  for (const queue of await queues.all()) {
    const found = [...(await statesOf(queue))];
    for (let from = 0; from < found.length; from += batch) {
      const jobs = found.slice(from, from + batch).map(async ([id, state]) => {
        const job = await queue.getJob(id);
        return job && { job, state };
      });
      for (const one of await Promise.all(jobs)) if (one !== undefined) yield one;
    }
  }
}

/** Every job of a queue by its id; one that is found in two states counts for the later. */
async function statesOf(queue: Queue<QueuedAlbum>): Promise<Map<string, State>> {
  const lists = states.map((state) => queue.getRanges([state], 0, -1, true));
  const found = new Map<string, State>();
  for (const [place, ids] of (await Promise.all(lists)).entries()) {
    for (const id of ids) found.set(id, states[place] as State);
  }
  return found;
}
