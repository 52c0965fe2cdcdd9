import type { AddressInfo } from 'node:net';
import { createServer, type Socket } from 'node:net';

/**
 * Runs the work with a server that speaks Redis's protocol (RESP2) and says that it has this version.
 * Debian has one version of Redis alone.
 */
export async function withOldRedis<Result>(
  version: string,
  work: (url: string) => Promise<Result>,
): Promise<Result> {
  const info = `redis_version:${version}\r\nmaxmemory_policy:noeviction\r\naof_enabled:1\r\n`;
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('data', (commands) => {
      // Each command is an array (*) of words; clients send them whole.
      for (const command of commands
        .toString()
        .split(/^\*\d+\r\n/m)
        .slice(1)) {
        const isInfo = /^\$4\r\ninfo\r\n/i.test(command);
        socket.write(isInfo ? `$${info.length}\r\n${info}\r\n` : '+OK\r\n');
      }
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  try {
    return await work(`redis://127.0.0.1:${(server.address() as AddressInfo).port}`);
  } finally {
    for (const socket of sockets) socket.destroy();
    server.close();
  }
}
