import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';

/** A relay in front of a server. */
export interface SilentRelay {
  port: number;
  /** From now on nothing passes, and nobody is told: connections stay open, new ones too. */
  cut(): void;
  /** Lets new connections pass. Those that were cut stay dead. */
  mend(): void;
  close(): void;
}

/** Starts a relay to a port on this machine. */
export async function startRelay(to: number): Promise<SilentRelay> {
  const sockets = new Set<Socket>();
  let isCut = false;
  const server = createServer((near) => {
    sockets.add(near);
    // An error of a connection that is ended by force is no news.
    near.on('error', () => undefined).on('close', () => sockets.delete(near));
    if (isCut) return void near.resume();
    const far = connect(to, '127.0.0.1');
    sockets.add(far);
    far.on('error', () => near.destroy()).on('close', () => sockets.delete(far));
    near.pipe(far).pipe(near);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    port: (server.address() as AddressInfo).port,
    cut() {
      isCut = true;
      for (const socket of sockets) socket.unpipe().resume();
    },
    mend() {
      isCut = false;
    },
    close() {
      for (const socket of sockets) socket.destroy();
      server.close();
    },
  };
}
