import type { Ending } from '../errors.js';
import { FleetQueues } from '../fleet/fleet-queues.js';
import { type AlbumRow, type FleetDetails, fleetStatus } from '../fleet/fleet-status.js';
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
/** Spaces before what stands below a row on a terminal. */
const indent = '    ';

/** Prints how a fleet stands. @param asJson for programs, in place of a table */
export async function showFleet(
  { terminal: { out }, sources }: CommandCall,
  asJson: boolean,
): Promise<Ending> {
  const { redis: url } = requireSettings(sources, settingsOf.fleetQueue);
  const { redis } = await connectToRedis(url);
  const queues = new FleetQueues(redis);
  try {
    const now = Date.now();
    const details = await fleetStatus(queues, now);
    const width = out.isTTY === true ? out.columns : undefined;
    const shown = asJson
      ? `${JSON.stringify(details.status, null, 2)}\n`
      : inWords(details, now, width);
    out.write(shown);
    return 'complete';
  } finally {
    await queues.close();
    redis.disconnect();
  }
}

/** @param width columns of the terminal; undefined where a program reads: then an album is a line */
function inWords(details: FleetDetails, now: number, width: number | undefined): string {
  const { counts, albums } = details.status;
  if (albums.length === 0) return 'No album is queued. Add some: fleet add albums.csv\n';
  const states = Object.entries(stateNames).map(
    ([state, name]) => `${name} ${numberInWords(counts[state as keyof typeof counts])}`,
  );
  const left = secondsLeft(albums, details.active, now);
  const time = left === undefined ? '' : `about ${durationInWords(left)} left\n`;
  const rows = table([
    ['album', 'state', 'attempts', 'photos', ''],
    ...albums.map((album) => rowInWords(album, details, now)),
  ]);
  const reasons = ['', ...albums.map((album) => reasonInWords(album, details, now))];
  const lines = rows.map((row, place) => withReason(row, reasons[place] ?? '', width));
  const needsPerson = counts.incomplete + counts.needsPerson + counts.failed;
  const advice =
    needsPerson === 0
      ? ''
      : '\nUser names are in the list, passwords in the secrets file of each worker.\nWhen what was wrong is mended: fleet add --retry ID\n';
  return `${states.join(' · ')}\n${time}\n${lines.join('')}${advice}`;
}

function rowInWords(album: AlbumRow, { active }: FleetDetails, now: number): string[] {
  const { id, state, attempts, listed, saved, failed } = album;
  const lost = failed > 0 ? `, ${numberInWords(failed)} failed` : '';
  const photos = listed === 0 ? '' : `${numberInWords(saved)} of ${numberInWords(listed)}${lost}`;
  const progress = active.get(id);
  const pace = progress === undefined ? '' : progressInWords(progress, now);
  return [id, stateNames[state], String(attempts), photos, pace];
}

function progressInWords({ pages, saved, bytes, startedAt }: JobProgress, now: number): string {
  if (pages === 0) return 'signing in';
  const pace = (saved * 1000) / Math.max(1, now - startedAt);
  return `${numberInWords(pages)} pages · ${bytesInWords(bytes)} · ${numberInWords(pace)}/s`;
}

/** What is wrong with an album, or when and why it is tried again. */
function reasonInWords({ id, reason }: AlbumRow, { waiting }: FleetDetails, now: number): string {
  const wait = waiting.get(id);
  if (wait === undefined) return plainText(reason ?? '');
  const { next, text } = wait;
  const again = next === undefined ? '' : `again in ${durationInWords((next - now) / 1000)}: `;
  return plainText(`${again}${text}`);
}

/** Puts the reason of a row behind it or, on a terminal, below it in lines that are not too long. */
function withReason(row: string, reason: string, width: number | undefined): string {
  if (reason === '') return `${row.trimEnd()}\n`;
  if (width === undefined) return `${row}  ${reason}\n`;
  const lines: string[] = [];
  for (const word of reason.split(' ')) {
    const last = lines.at(-1);
    const isRoom = last !== undefined && last.length + 1 + word.length <= width;
    if (isRoom) lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(`${indent}${word}`);
  }
  return `${row.trimEnd()}\n${lines.join('\n')}\n`;
}

/** Rows of text in columns. */
function table(rows: readonly string[][]): string[] {
  const widths = (rows[0] ?? []).map((_, column) =>
    Math.max(...rows.map((row) => (row[column] ?? '').length)),
  );
  return rows.map((row) => row.map((cell, place) => cell.padEnd(widths[place] ?? 0)).join('  '));
}
