import { once } from 'node:events';
import { type Ending, UsageError } from '../errors.js';
import type { CommandCall } from './command-call.js';
import { say } from './terminal.js';

/** The options of the command. */
export interface ReplicaOptions {
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
  { terminal, control }: CommandCall,
  options: ReplicaOptions,
): Promise<Ending> {
  const { startReplica } = await import('../replica/server.js');
  const replica = await startReplica({ ...options, log: false }).catch(
    (error: NodeJS.ErrnoException) => {
      if (error.code !== 'EADDRINUSE') throw error;
      throw new UsageError([
        `Port ${options.port} is in use. Choose another with --port, or leave it out`,
      ]);
    },
  );
  try {
    say(
      terminal,
      `A replica of Kodak Pulse with ${options.photos} photos runs at ${replica.url} until Ctrl-C.\nOpen it in a browser, or put these lines into .env and run npm start in another terminal:`,
    );
    terminal.out.write(replica.envLines);
    if (!control.dropped.aborted) await once(control.dropped, 'abort');
    return control.cause?.ending ?? 'complete';
  } finally {
    await replica.close();
  }
}
