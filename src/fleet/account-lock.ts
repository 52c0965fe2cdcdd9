import { createHash } from 'node:crypto';
import type { Redis } from 'ioredis';
import type { AlbumJob } from './work-album.js';

const extendScript = `
if redis.call('get', KEYS[1]) == ARGV[1] then return redis.call('pexpire', KEYS[1], ARGV[2]) end
return 0`;
const releaseScript = `
if redis.call('get', KEYS[1]) == ARGV[1] then return redis.call('del', KEYS[1]) end
return 0`;

/**
 * The right to be signed in to an account. Two albums may have the same account, and a site may end
 * the one session when another begins, or lock the account.
 */
export class AccountLock {
  readonly #key: string | undefined;

  /**
   * @param token tells this holder from others
   * @param duration milliseconds that it lasts unless it is extended
   */
  constructor(
    private readonly redis: Redis,
    { url, username }: AlbumJob,
    private readonly token: string,
    private readonly duration: number,
  ) {
    if (username === '') return;
    const account = JSON.stringify([new URL(url).host, username]);
    this.#key = `photo-escape-fleet:accounts:${createHash('sha256').update(account).digest('hex')}`;
  }

  /** @returns whether the account is free; then it is this holder's. One without a name always is. */
  async acquire(): Promise<boolean> {
    if (this.#key === undefined) return true;
    return (await this.redis.set(this.#key, this.token, 'PX', this.duration, 'NX')) === 'OK';
  }

  /** @returns whether it is still this holder's */
  async extend(): Promise<boolean> {
    if (this.#key === undefined) return true;
    return (await this.redis.eval(extendScript, 1, this.#key, this.token, this.duration)) === 1;
  }

  /** Gives it up, if it is this holder's. */
  async release(): Promise<void> {
    if (this.#key !== undefined) await this.redis.eval(releaseScript, 1, this.#key, this.token);
  }
}
