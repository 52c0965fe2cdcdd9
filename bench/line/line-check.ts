import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { createServer as createHttpServer } from 'node:http';
import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net';
import { devNull } from 'node:os';
import { setTimeout as pause } from 'node:timers/promises';
import { promisify } from 'node:util';
import type { Line } from './line.js';
import { withSeparateRelay } from './separate-relay.js';

/** What a relay was measured to do, beside what its line should do. */
export interface LineCheck {
  line: Line;
  /** Bits a second that arrived on so many connections, counted as iperf does. */
  counted: { connections: number; bitsPerSecond: number }[];
  /** Bits a second as curl had them; missing without curl. */
  curl?: { connections: number; bitsPerSecond: number }[];
  /** Milliseconds for an answer of a few bytes, as curl had them; missing without curl. */
  smallAnswer?: { onNewConnection: number; onOpenConnection: number };
}

/** Milliseconds from the first byte to those that are counted, and of the counting. */
const warmUp = 300;
const counting = 2000;
/** Bytes that curl fetches in all: two seconds of the home line. */
const curlBytes = 12_500_000;
const connectionCounts = [1, 8];

/**
 * Measures what a line's relay carries, with a source of bytes of its own and with curl.
 *
 * @throws Error if curl is there and fails
 */
export async function checkLine(line: Line, hasCurl: boolean): Promise<LineCheck> {
  const check: LineCheck = { line, counted: [] };
  await throughRelay(line, createServer({ noDelay: true }, pour), async (port) => {
    for (const connections of connectionCounts) {
      check.counted.push({ connections, bitsPerSecond: await countedBits(port, connections) });
    }
  });
  if (!hasCurl) return check;
  const web = createHttpServer(({ url = '/' }, response) => {
    response.end(Buffer.alloc(Number(url.slice(1))));
  });
  await throughRelay(line, web, async (port) => {
    check.curl = [];
    for (const connections of connectionCounts) {
      check.curl.push({ connections, bitsPerSecond: await curlBits(port, connections) });
    }
    const [onNewConnection = Number.NaN, onOpenConnection = Number.NaN] = await curl(
      ['--write-out', '%{time_total}\n'],
      [1, 1].map((bytes) => address(port, bytes)),
    );
    check.smallAnswer = {
      onNewConnection: onNewConnection * 1000,
      onOpenConnection: onOpenConnection * 1000,
    };
  });
  return check;
}

async function throughRelay(line: Line, server: Server, work: (port: number) => Promise<void>) {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  try {
    await withSeparateRelay(line, async ({ port, forwardTo }) => {
      await forwardTo((server.address() as AddressInfo).port);
      await work(port);
    });
  } finally {
    server.close();
  }
}

/** Sends bytes for as long as they are taken. */
function pour(socket: Socket): void {
  const bytes = Buffer.alloc(65_536);
  socket.on('error', () => socket.destroy());
  const more = () => {
    while (!socket.destroyed && socket.write(bytes));
  };
  socket.on('drain', more);
  more();
}

async function countedBits(port: number, connections: number): Promise<number> {
  let bytes = 0;
  const sockets = Array.from({ length: connections }, () =>
    connect(port, '127.0.0.1').on('data', (chunk) => {
      bytes += chunk.length;
    }),
  );
  await Promise.all(sockets.map((socket) => once(socket, 'data')));
  await pause(warmUp);
  const [before, begun] = [bytes, performance.now()];
  await pause(counting);
  const bits = ((bytes - before) * 8) / ((performance.now() - begun) / 1000);
  for (const socket of sockets) socket.destroy();
  return bits;
}

/** Bits a second after the round trips that come before the first byte: the connection's and the request's. */
async function curlBits(port: number, connections: number): Promise<number> {
  const share = Math.ceil(curlBytes / connections);
  const addresses = Array.from({ length: connections }, () => address(port, share));
  const times = await curl(
    [
      ...['--parallel', '--parallel-immediate', '--parallel-max', String(connections)],
      ...['--write-out', '%{time_starttransfer}\n%{time_total}\n'],
    ],
    addresses,
  );
  const begun = Math.min(...times.filter((_, at) => at % 2 === 0));
  const ended = Math.max(...times.filter((_, at) => at % 2 === 1));
  return (share * connections * 8) / (ended - begun);
}

/** The numbers that curl writes about the addresses that it fetches. */
async function curl(words: readonly string[], addresses: readonly string[]): Promise<number[]> {
  const { stdout } = await promisify(execFile)('curl', [
    ...['--disable', '--silent', '--show-error', '--fail', '--noproxy', '*'],
    ...words,
    ...addresses.flatMap((url) => ['--output', devNull, url]),
  ]);
  return stdout.trimEnd().split('\n').map(Number);
}

function address(port: number, bytes: number): string {
  return `http://127.0.0.1:${port}/${bytes}`;
}
