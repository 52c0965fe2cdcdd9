import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { Direction } from './direction.js';
import type { Line } from './line.js';

/** A server that passes connections on to another port, as slowly as a line does. */
export interface Relay {
  /** Its port on 127.0.0.1. */
  port: number;
  /** Says to which port of 127.0.0.1 connections go. Before that they are closed. */
  forwardTo(port: number): void;
  /** Takes no more connections; those that are open stay. */
  close(): void;
}

/**
 * Starts a relay on a free port of 127.0.0.1. Delay and capacity are those of the line; a new
 * connection costs a round trip before its first byte is carried. It has no model of lost packets or
 * of TCP's slow start: a connection may use the whole line from its first byte on.
 */
export async function startRelay(line: Line): Promise<Relay> {
  const there = new Direction(line);
  const back = new Direction(line);
  let target: number | undefined;

  const relay = async (client: Socket): Promise<void> => {
    client.on('error', () => client.destroy());
    // The first packet of a connection is on its way to the server, ...
    await pause(line.roundTrip / 2);
    if (target === undefined) {
      client.destroy();
      return;
    }
    const server = connect({ port: target, host: '127.0.0.1', allowHalfOpen: true, noDelay: true });
    const breakOff = () => {
      client.resetAndDestroy();
      server.resetAndDestroy();
    };
    client.on('error', breakOff);
    server.on('error', breakOff);
    // ... and its answer is on the way back.
    const opened = pause(line.roundTrip / 2);
    await Promise.all([
      back.carry(server, client),
      opened.then(() => there.carry(client, server)),
    ]).catch(breakOff);
  };

  const server = createServer({ allowHalfOpen: true, noDelay: true }, relay);
  await listening(server);
  return {
    port: (server.address() as AddressInfo).port,
    forwardTo(port) {
      target = port;
    },
    close() {
      server.close();
    },
  };
}

function listening(server: Server): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject).listen(0, '127.0.0.1', resolve);
  });
}
