import { type AddressInfo, createServer, type Server, type Socket } from 'node:net';
import { createServer as createTlsServer, type TlsOptions } from 'node:tls';

/**
 * Serves bytes that no HTTP library would write, each answer on a connection of its own.
 *
 * @param answer writes to the connection; `target` is the request's path
 * @param tls serves over TLS
 */
export async function withRawServer<Result>(
  answer: (socket: Socket, target: string) => void,
  work: (origin: string) => Promise<Result>,
  tls?: TlsOptions,
): Promise<Result> {
  const sockets = new Set<Socket>();
  const serve = (socket: Socket) => {
    sockets.add(socket);
    socket.on('error', () => undefined);
    socket.once('data', (request) => answer(socket, request.toString().split(' ')[1] ?? ''));
  };
  const server: Server = tls ? createTlsServer(tls, serve) : createServer(serve);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  try {
    const { port } = server.address() as AddressInfo;
    return await work(`${tls ? 'https' : 'http'}://127.0.0.1:${port}`);
  } finally {
    for (const socket of sockets) socket.destroy();
    await new Promise((resolve) => server.close(resolve));
  }
}
