import type { Ending } from '../errors.js';
import { FleetQueues } from '../fleet/fleet-queues.js';
import {
  type ActiveProgress,
  type AlbumRow,
  type FleetStatus,
  fleetStatus,
} from '../fleet/fleet-status.js';
import type { JobProgress } from '../fleet/job-progress.js';
import { connectToRedis } from '../fleet/redis-connection.js';
import { secondsLeft } from '../fleet/time-left.js';
import { requireSettings } from '../settings/settings.js';
import { settingsOf } from '../settings/settings-table.js';
import { bytesInWords, durationInWords, numberInWords } from '../text/in-words.js';
import { plainText } from '../text/plain-text.js';
import type { CommandCall } from './command-call.js';

const stateNames = {
  waiting: 'waiting',
  active: 'active',
  complete: 'complete',
  incomplete: 'incomplete',
  needsPerson: 'needs a person',
  failed: 'failed',
} as const;
const rate = new Intl.NumberFormat('en', { maximumFractionDigits: 1 });

/** Prints how a fleet stands. @param asJson for programs, in place of a table */
export async function showFleet(
  { terminal, sources }: CommandCall,
  asJson: boolean,
): Promise<Ending> {
  const { redis: url } = requireSettings(sources, settingsOf.fleetQueue);
  const { redis } = await connectToRedis(url);
  const queues = new FleetQueues(redis);
  try {
    const { status, active } = await fleetStatus(queues);
    terminal.out.write(
      asJson ? `${JSON.stringify(status, null, 2)}\n` : inWords(status, active, Date.now()),
    );
    return 'complete';
  } finally {
    await queues.close();
    redis.disconnect();
  }
}

function inWords({ counts, albums }: FleetStatus, active: ActiveProgress, now: number): string {
  if (albums.length === 0) return 'No album is queued. Add some: fleet add albums.csv\n';
  const states = Object.entries(stateNames).map(
    ([state, name]) => `${name} ${numberInWords(counts[state as keyof typeof counts])}`,
  );
  const left = secondsLeft(albums, active, now);
  const time = left === undefined ? [] : [`about ${durationInWords(left)} left`];
  const rows = albums.map((album) => rowInWords(album, active.get(album.id), now));
  const header = ['album', 'state', 'attempts', 'photos', ''];
  return `${[...states, ...time].join(' · ')}\n\n${table([header, ...rows])}`;
}

function rowInWords(album: AlbumRow, progress: JobProgress | undefined, now: number): string[] {
  const { id, state, attempts, listed, saved, failed, reason } = album;
  const lost = failed > 0 ? `, ${numberInWords(failed)} failed` : '';
  const photos = listed === 0 ? '' : `${numberInWords(saved)} of ${numberInWords(listed)}${lost}`;
  const beside =
    state === 'active' && progress !== undefined ? progressInWords(progress, now) : (reason ?? '');
  return [id, stateNames[state], String(attempts), photos, plainText(beside, 200)];
}

function progressInWords({ pages, saved, bytes, startedAt }: JobProgress, now: number): string {
  const pace = (saved * 1000) / Math.max(1, now - startedAt);
  return `${numberInWords(pages)} pages · ${bytesInWords(bytes)} · ${rate.format(pace)}/s`;
}

/** Rows of text in columns. */
function table(rows: readonly string[][]): string {
  const widths = (rows[0] ?? []).map((_, column) =>
    Math.max(...rows.map((row) => (row[column] ?? '').length)),
  );
  return rows
    .map(
      (row) =>
        `${row
          .map((cell, column) => cell.padEnd(widths[column] ?? 0))
          .join('  ')
          .trimEnd()}\n`,
    )
    .join('');
}
