import { once } from 'node:events';
import type { OptionValues } from 'commander';
import { Redis } from 'ioredis';
import { type Ending, UsageError } from '../errors.js';
import { startBoard } from '../fleet/board.js';
import { connectToRedis, patientConnection } from '../fleet/redis-connection.js';
import { requireSettings } from '../settings/settings.js';
import { settingsOf } from '../settings/settings-table.js';
import type { CommandCall } from './command-call.js';
import { say } from './terminal.js';

/** Serves the queue's web page on this machine until it is stopped. */
export async function serveBoard(
  { terminal, control, sources }: CommandCall,
  { port, allowChanges }: OptionValues,
): Promise<Ending> {
  const { redis: url } = requireSettings(sources, settingsOf.fleetQueue);
  (await connectToRedis(url)).redis.disconnect();
  const redis = new Redis(url, patientConnection);
  redis.on('error', (error) => say(terminal, `Redis: ${error.message}`));
  try {
    const board = await startBoard(redis, { port, mayChange: allowChanges === true }).catch(
      (error: NodeJS.ErrnoException) => {
        if (error.code !== 'EADDRINUSE') throw error;
        throw new UsageError([`Port ${port} is in use. Choose another with --port`]);
      },
    );
    say(
      terminal,
      `The board runs until Ctrl-C, ${allowChanges ? 'and may change the queue' : 'for reading only'}:`,
    );
    terminal.out.write(`${board.url}\n`);
    if (!control.dropped.aborted) await once(control.dropped, 'abort');
    await board.close();
    return control.cause?.ending ?? 'complete';
  } finally {
    redis.disconnect();
  }
}
