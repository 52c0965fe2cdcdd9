import { once } from 'node:events';
import type { Socket } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { Mutex } from 'async-mutex';
import { Delay } from './delay.js';
import type { Line } from './line.js';
import { TokenBucket } from './token-bucket.js';

/** Bytes that a connection sends before it is the next one's turn. */
const turn = 8192;
/**
 * Milliseconds of the line that wait before it, as in a router's queue. With fewer, the line would
 * stand idle whenever this process is late; more would only delay answers.
 */
const queue = 10;

/** One direction of a line. All its connections share its capacity, turn by turn. */
export class Direction {
  readonly #capacity: TokenBucket;
  readonly #delay = new Delay();
  readonly #oneWay: number;
  readonly #turns = new Mutex();

  constructor({ roundTrip, bitsPerSecond }: Line) {
    this.#capacity = new TokenBucket(bitsPerSecond);
    this.#oneWay = roundTrip / 2;
  }

  /**
   * Carries everything from one socket to another, to the end of it. No more is read than the line
   * takes, and nothing while the receiver does not read: at most the queue and what travels is held.
   * Rejects if one of the sockets fails.
   */
  async carry(from: Socket, to: Socket): Promise<void> {
    for await (const chunk of from.iterator({ destroyOnReturn: false })) {
      const bytes: Buffer = chunk;
      for (let start = 0; start < bytes.length; start += turn) {
        if (to.writableNeedDrain) await once(to, 'drain');
        await this.#send(bytes.subarray(start, start + turn), to);
      }
    }
    this.#delay.send(this.#capacity.send(0, performance.now()) + this.#oneWay, () => to.end());
  }

  #send(bytes: Buffer, to: Socket): Promise<void> {
    return this.#turns.runExclusive(async () => {
      const tooEarly = this.#capacity.wait(performance.now()) - queue;
      if (tooEarly > 0) await pause(tooEarly);
      const sentAt = this.#capacity.send(bytes.length, performance.now());
      this.#delay.send(sentAt + this.#oneWay, () => {
        if (!to.destroyed) to.write(bytes);
      });
    });
  }
}
