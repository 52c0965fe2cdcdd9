import { once } from 'node:events';
import type { Socket } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { Mutex } from 'async-mutex';
import { Delay } from './delay.js';
import type { Line } from './line.js';
import { TokenBucket } from './token-bucket.js';

/** Bytes that arrive together, as a few packets do. */
const piece = 8192;
/**
 * Milliseconds of the line that wait before it, as in a router's queue. With fewer, the line would
 * stand idle whenever this process is late; more would only delay answers.
 */
const queue = 10;

/**
 * One direction of a line. All its connections share its capacity, in the order in which they have
 * something to send. A turn is what is there at once, up to 64 KB: a sender with an open window fills
 * a router's queue likewise. With turns of a few packets, downloads that begin together would end
 * together, and leave the line idle together.
 */
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
      if (to.writableNeedDrain) await once(to, 'drain');
      await this.#turns.runExclusive(() => this.#send(chunk, to));
    }
    this.#delay.send(this.#capacity.send(0, performance.now()) + this.#oneWay, () => to.end());
  }

  async #send(bytes: Buffer, to: Socket): Promise<void> {
    for (let start = 0; start < bytes.length; start += piece) {
      const tooEarly = this.#capacity.wait(performance.now()) - queue;
      if (tooEarly > 0) await pause(tooEarly);
      const part = bytes.subarray(start, start + piece);
      const sentAt = this.#capacity.send(part.length, performance.now());
      this.#delay.send(sentAt + this.#oneWay, () => {
        if (!to.destroyed) to.write(part);
      });
    }
  }
}
