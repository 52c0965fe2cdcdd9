import type { FleetQueues, QueuedAlbum } from './fleet-queues.js';
import { type JobProgress, progressOf } from './job-progress.js';
import { parseOutcome } from './outcome.js';
import { type FoundAlbum, queuedAlbums } from './queued-albums.js';
import { deathsInWords, type WaitingReason, waitingReason } from './waiting-reason.js';

/** How an album of a fleet stands. One that is to be tried again is waiting. */
const albumStates = [
  ...(['waiting', 'active', 'complete', 'incomplete', 'needsPerson', 'failed'] as const),
] as const;
type AlbumState = (typeof albumStates)[number];

/** An album of a fleet. */
export interface AlbumRow extends Pick<QueuedAlbum, 'id' | 'profile' | 'url'> {
  state: AlbumState;
  /** How often it was begun. */
  attempts: number;
  /** Photos that it lists, as far as is known, and of those the ones saved and failed. */
  listed: number;
  saved: number;
  failed: number;
  /** What is wrong with it, or why it is tried again; null where there is nothing to say. */
  reason: string | null;
}

/** How a fleet stands; `--json` prints it as it is. */
export interface FleetStatus {
  schema: 1;
  counts: Record<AlbumState, number>;
  /** In the order of their ids. */
  albums: AlbumRow[];
}

/** The progress of the albums that are being worked on, by their ids. */
export type ActiveProgress = ReadonlyMap<string, JobProgress>;

/** What `FleetStatus` says in more detail. */
export interface FleetDetails {
  status: FleetStatus;
  active: ActiveProgress;
  /** Why albums wait, by their ids. */
  waiting: ReadonlyMap<string, WaitingReason>;
}

/** Reads how a fleet stands. @param now milliseconds since 1970 */
export async function fleetStatus(queues: FleetQueues, now = Date.now()): Promise<FleetDetails> {
  const counts = Object.fromEntries(
    albumStates.map((state) => [state, 0]),
  ) as FleetStatus['counts'];
  const albums: AlbumRow[] = [];
  const active = new Map<string, JobProgress>();
  const waiting = new Map<string, WaitingReason>();
  const pauses = await hostPauses(queues, now);
  for await (const found of queuedAlbums(queues)) {
    const row = rowOf(found);
    if (row.state === 'waiting') {
      const reason = waitingReason(found, pauses.get(found.job.queueName), now);
      waiting.set(row.id, reason);
      row.reason = reasonInWords(reason);
    }
    counts[row.state] += 1;
    albums.push(row);
    const progress = progressOf(found.job);
    if (row.state === 'active' && progress !== undefined) active.set(row.id, progress);
  }
  const order = new Intl.Collator('en', { numeric: true });
  albums.sort((one, other) => order.compare(one.id, other.id));
  return { status: { schema: 1, counts, albums }, active, waiting };
}

/** When the pauses of hosts end, in milliseconds since 1970, by their queues. */
async function hostPauses(queues: FleetQueues, now: number): Promise<Map<string, number>> {
  const pauses = new Map<string, number>();
  for (const name of await queues.names()) {
    const left = await queues.pauseLeft(name);
    if (left > 0) pauses.set(name, now + left);
  }
  return pauses;
}

function reasonInWords({ next, text }: WaitingReason): string | null {
  const again = next === undefined ? '' : `again at ${new Date(next).toISOString()}: `;
  return text === '' && again === '' ? null : `${again}${text}`;
}

function rowOf({ job, state: jobState }: FoundAlbum): AlbumRow {
  const { id, profile, url } = job.data;
  const recorded = jobState === 'completed' ? job.returnvalue : job.failedReason;
  const outcome = parseOutcome(recorded);
  const progress = progressOf(job);
  const isCurrent = jobState === 'active' && progress?.attempt === job.attemptsStarted;
  const { listed = 0, saved = 0, failed = 0 } = isCurrent ? current(progress) : (outcome ?? {});
  // A text of another program's, such as a job that was failed by hand on the board.
  const said = outcome?.reason ?? (typeof recorded === 'string' ? recorded : '');
  const deaths = isCurrent ? progress.deaths : 0;
  const text = deaths > 0 ? deathsInWords(deaths) : said;
  return {
    ...{ id, profile, url, state: stateOf(jobState, outcome?.ending) },
    ...{ attempts: job.attemptsStarted, listed, saved, failed },
    reason: text === '' ? null : text,
  };
}

function current({ listed, saved, alreadyHad, failed }: JobProgress) {
  return {
    listed: Math.max(listed, saved + alreadyHad + failed),
    saved: saved + alreadyHad,
    failed,
  };
}

function stateOf(state: FoundAlbum['state'], ending: string | undefined): AlbumState {
  if (state === 'active') return 'active';
  if (state === 'completed') return 'complete';
  if (state !== 'failed') return 'waiting';
  if (ending === 'incomplete') return 'incomplete';
  return ending === 'signIn' || ending === 'usage' ? 'needsPerson' : 'failed';
}
