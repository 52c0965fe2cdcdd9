import { once } from 'node:events';
import type { RunControl } from '../crawler/run-control.js';
import type { Ending } from '../errors.js';
import { say, type Terminal } from './terminal.js';

/**
 * Serves the replica of Kodak Pulse until it is stopped, and prints the lines for `.env`.
 *
 * @param photos how many photos the album holds
 * @param port TCP port on 127.0.0.1; 0 takes a free one
 */
export async function serveReplica(
  photos: number,
  port: number,
  terminal: Terminal,
  control: RunControl,
): Promise<Ending> {
  const { startReplica } = await import('../replica/server.js');
  const replica = await startReplica({ photos, port, log: false });
  try {
    say(
      terminal,
      `A replica of Kodak Pulse with ${photos} photos runs at ${replica.url} until Ctrl-C.\nOpen it in a browser, or put these lines into .env and run npm start in another terminal:`,
    );
    terminal.out.write(replica.envLines);
    if (!control.dropped.aborted) await once(control.dropped, 'abort');
    return control.cause?.ending ?? 'complete';
  } finally {
    await replica.close();
  }
}
