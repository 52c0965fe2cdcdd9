import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';

/** A wire tap between the program and the album's site. */
export interface Tap {
  /** The site's address by way of the tap. */
  url: string;
  /** All that the program has sent, headers included. */
  readonly sent: string;
  /** All that the site has answered. */
  readonly answered: string;
}

/** Passes bytes on to a server on 127.0.0.1, and notes them. */
export async function withTap(serverUrl: string, work: (tap: Tap) => Promise<void>): Promise<void> {
  const noted = { sent: '', answered: '' };
  const sockets = new Set<Socket>();
  const server = createServer((near) => {
    const far = connect(Number(new URL(serverUrl).port), '127.0.0.1');
    for (const [from, to, name] of [
      [near, far, 'sent'],
      [far, near, 'answered'],
    ] as const) {
      sockets.add(from);
      from.on('data', (chunk: Buffer) => {
        noted[name] += chunk.toString('latin1');
        to.write(chunk);
      });
      from.on('error', () => to.resetAndDestroy()).on('end', () => to.end());
      from.on('close', () => sockets.delete(from));
    }
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  try {
    await work({
      url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
      get sent() {
        return noted.sent;
      },
      get answered() {
        return noted.answered;
      },
    });
  } finally {
    const closed = once(server.close(), 'close');
    for (const socket of sockets) socket.destroy();
    await closed;
  }
}
