import { once } from 'node:events';
import type { RunControl } from '../crawl/run-control.js';
import { type Ending, UsageError } from '../errors.js';
import { say, type Terminal } from './terminal.js';

/** How the replica is to be, as the command line says it. */
export interface ReplicaFlags {
  /** Photos in its album. */
  photos: number;
  /** TCP port on 127.0.0.1; 0 takes a free one. */
  port: number;
  /** Size of every original in bytes; drawn pictures without it. */
  photoBytes?: number;
  /** Milliseconds before every answer. */
  latency: number;
}

/** Serves the replica of Kodak Pulse until it is stopped, and prints the lines for `.env`. */
export async function serveReplica(
  flags: ReplicaFlags,
  terminal: Terminal,
  control: RunControl,
): Promise<Ending> {
  const { startReplica } = await import('../replica/server.js');
  const replica = await startReplica({ ...flags, log: false }).catch(
    (error: NodeJS.ErrnoException) => {
      if (error.code !== 'EADDRINUSE') throw error;
      throw new UsageError([
        `Port ${flags.port} is in use. Choose another with --port, or leave it out`,
      ]);
    },
  );
  try {
    say(
      terminal,
      `A replica of Kodak Pulse with ${flags.photos} photos runs at ${replica.url} until Ctrl-C.\nOpen it in a browser, or put these lines into .env and run npm start in another terminal:`,
    );
    terminal.out.write(replica.envLines);
    if (!control.dropped.aborted) await once(control.dropped, 'abort');
    return control.cause?.ending ?? 'complete';
  } finally {
    await replica.close();
  }
}
