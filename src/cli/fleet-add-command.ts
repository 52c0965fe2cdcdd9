import type { OptionValues } from 'commander';
import { type Ending, UsageError } from '../errors.js';
import { addAlbums, retryAlbums } from '../fleet/add-albums.js';
import { readAlbumsFile } from '../fleet/albums-file.js';
import { FleetQueues } from '../fleet/fleet-queues.js';
import { connectToRedis } from '../fleet/redis-connection.js';
import { requireSettings } from '../settings/settings.js';
import { settingsOf } from '../settings/settings-table.js';
import { numberInWords } from '../text/in-words.js';
import type { CommandCall } from './command-call.js';
import { say } from './terminal.js';

/**
 * Queues the albums of a list, or begins albums anew.
 *
 * @param file the list
 * @throws UsageError naming every bad row, with nothing added
 */
export async function addToFleet(
  { terminal, sources }: CommandCall,
  file: string | undefined,
  { retry, perHost }: OptionValues,
): Promise<Ending> {
  const { redis: url } = requireSettings(sources, settingsOf.fleetQueue);
  if (file === undefined && retry === undefined) {
    throw new UsageError([
      'Which albums? Give a list (fleet add albums.csv), or begin one anew (fleet add --retry ID)',
    ]);
  }
  const albums = file === undefined ? [] : readAlbumsFile(file);
  const { redis, facts } = await connectToRedis(url);
  const queues = new FleetQueues(redis);
  try {
    if (!facts.keepsFile) {
      say(
        terminal,
        'This Redis keeps no append-only file: after its restart the queue may be lost, and albums must be added again. Set appendonly yes in redis.conf.',
      );
    }
    if (file !== undefined) {
      const { added, alreadyThere } = await addAlbums(queues, file, albums, perHost);
      terminal.out.write(
        `added ${numberInWords(added)} · already there ${numberInWords(alreadyThere)}\n`,
      );
    }
    if (retry !== undefined) {
      await retryAlbums(queues, retry);
      terminal.out.write(`begun anew ${numberInWords(new Set(retry).size)}\n`);
    }
    return 'complete';
  } finally {
    await queues.close();
    redis.disconnect();
  }
}
