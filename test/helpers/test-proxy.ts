import http from 'node:http';
import https from 'node:https';
import { type AddressInfo, connect } from 'node:net';

/** A request as a proxy saw it. */
export interface ProxiedRequest {
  /** GET http://… or CONNECT host:port. */
  line: string;
  headers: http.IncomingHttpHeaders;
}

/** How a proxy differs from one that lets everything through. */
interface ProxyChange {
  /** Refuses with this status. */
  refusal?: number;
  /** Serves over TLS. */
  tls?: https.ServerOptions;
  /** The port on loopback that every name leads to; without it names are looked up. */
  port?: number;
}

/** Runs the work beside a proxy that notes every request. */
export async function withProxy<Result>(
  work: (url: string, seen: ProxiedRequest[]) => Promise<Result>,
  { refusal, tls, port }: ProxyChange = {},
): Promise<Result> {
  const seen: ProxiedRequest[] = [];
  const server = tls ? https.createServer(tls) : http.createServer();
  const sockets = new Set<{ destroy(): unknown }>();
  server.on('request', (request, response) => {
    const { method, url = '', headers } = request;
    seen.push({ line: `${method} ${url}`, headers });
    if (refusal !== undefined) {
      response.writeHead(refusal, { 'proxy-authenticate': 'Basic realm="office"' }).end();
      return;
    }
    const { 'proxy-authorization': _own, ...passed } = headers;
    const target = new URL(url);
    const address =
      port === undefined ? target : new URL(target.pathname, `http://127.0.0.1:${port}`);
    const onward = http.request(address, { method, headers: passed }, (answer) => {
      response.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(response);
    });
    onward.on('error', () => response.writeHead(502).end());
    request.pipe(onward);
  });
  server.on('connect', ({ method, url = '', headers }, socket) => {
    seen.push({ line: `${method} ${url}`, headers });
    sockets.add(socket);
    socket.on('error', () => undefined);
    if (refusal !== undefined) {
      socket.end(`HTTP/1.1 ${refusal} No\r\nContent-Length: 0\r\n\r\n`);
      return;
    }
    const target = new URL(`http://${url}`);
    const onward = connect(port ?? Number(target.port), '127.0.0.1', () => {
      socket.write('HTTP/1.1 200 Connection established\r\n\r\n');
      onward.pipe(socket).pipe(onward);
    });
    sockets.add(onward);
    onward.on('error', () => socket.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  try {
    const { port: own } = server.address() as AddressInfo;
    return await work(`${tls ? 'https' : 'http'}://127.0.0.1:${own}`, seen);
  } finally {
    for (const socket of sockets) socket.destroy();
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  }
}
