import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { afterEach, describe, expect, test } from '@jest/globals';
import { type Line, lineSeconds } from '../../../bench/line/line.js';
import { startRelay } from '../../../bench/line/relay.js';
import { TokenBucket } from '../../../bench/line/token-bucket.js';

describe('a token bucket', () => {
  test('bytes are sent one after the other, at the rate of the line', () => {
    const bucket = new TokenBucket(8_000_000);
    expect(bucket.wait(100)).toBe(0);
    expect(bucket.send(5000, 100)).toBe(105);
    expect(bucket.send(1000, 101)).toBe(106);
    expect(bucket.wait(102)).toBe(4);
    expect(bucket.send(0, 102)).toBe(106);
  });

  test('an idle line saves up nothing', () => {
    const bucket = new TokenBucket(8_000_000);
    bucket.send(1000, 0);
    expect(bucket.wait(500)).toBe(0);
    expect(bucket.send(1000, 500)).toBe(501);
  });

  test('the time of a line is that of the bytes alone', () => {
    expect(lineSeconds(1374 * 125_000, { roundTrip: 40, bitsPerSecond: 50_000_000 })).toBe(27.48);
  });
});

describe('the relay', () => {
  const fast: Line = { roundTrip: 10, bitsPerSecond: 800_000_000 };

  let open: { close(): void }[] = [];
  afterEach(() => {
    for (const one of open) one.close();
    open = [];
  });

  /** A server behind a relay; returns the relay's port. */
  async function behindRelay(line: Line, serve: (socket: Socket) => void): Promise<number> {
    const server: Server = createServer({ allowHalfOpen: true }, serve);
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const relay = await startRelay(line);
    relay.forwardTo((server.address() as AddressInfo).port);
    open.push(server, relay);
    return relay.port;
  }

  /** Bytes that differ from place to place. */
  function sample(length: number): Buffer {
    return Buffer.from(Array.from({ length }, (_, at) => (at * 31 + (at >> 8)) % 251));
  }

  describe('the relay', () => {
    test('carries every byte both ways in order, and the end of each way by itself', async () => {
      const port = await behindRelay(fast, (socket) => {
        // Answers only after the client's end, which must not close the way back.
        const received: Buffer[] = [];
        socket.on('data', (chunk) => received.push(chunk));
        socket.on('end', () => socket.end(Buffer.concat([...received, ...received])));
      });
      const sent = sample(300_000);
      const answers = await Promise.all(
        Array.from({ length: 5 }, () => {
          const socket = connect({ port, host: '127.0.0.1', allowHalfOpen: true });
          socket.end(sent);
          return buffer(socket);
        }),
      );
      for (const answer of answers) expect(answer.equals(Buffer.concat([sent, sent]))).toBe(true);
    });

    test('takes little from the server for a client that does not read, and slows no other', async () => {
      const taken: number[] = [];
      const port = await behindRelay(fast, (socket) => {
        const piece = Buffer.alloc(65_536);
        const at = taken.push(0) - 1;
        const pour = () => {
          do taken[at] = (taken[at] ?? 0) + piece.length;
          while (socket.write(piece));
        };
        socket.on('drain', pour).on('error', () => socket.destroy());
        pour();
      });
      const stalled = connect(port, '127.0.0.1');
      await once(stalled, 'readable');
      const reading = connect(port, '127.0.0.1');
      let read = 0;
      for await (const chunk of reading) {
        read += chunk.length;
        if (read > 60_000_000) break;
      }
      // The kernel's buffers of the two connections hold a few MB each.
      expect(taken[0]).toBeLessThan(30_000_000);
      stalled.destroy();
    });

    test('breaks off one side when the other does', async () => {
      const broken: Promise<string>[] = [];
      const port = await behindRelay(fast, (socket) => {
        broken.push(
          new Promise((resolve) => {
            socket.on('error', ({ message }) => resolve(message)).resume();
          }),
        );
        socket.write('hello');
      });
      const client = connect(port, '127.0.0.1');
      await once(client, 'data');
      client.resetAndDestroy();
      expect(await Promise.all(broken)).toEqual(['read ECONNRESET']);
    });

    test('closes a connection where there is no server', async () => {
      const relay = await startRelay(fast);
      open.push(relay);
      const early = connect(relay.port, '127.0.0.1').resume();
      await once(early, 'close');
    });
  });
});
