import { setTimeout as delay } from 'node:timers/promises';
import type { HostFailure } from './request-authorization.js';

/** Failures in a row of one host that mean it is down. */
const failuresOfAnOutage = 20;
/** What one request counts at the most, so that a few broken photos do not look like an outage. */
const mostOfOneRequest = { answer: 1, connection: 3 } as const satisfies Record<
  HostFailure,
  number
>;

/** Why requests to a host are given up: it only fails, or asks for a pause that is too long. */
export type Outage = 'fails' | 'pauses';

interface HostState {
  /** When the next request may go, in milliseconds of the process's clock. */
  pausedUntil: number;
  /** Failures in a row, by request. */
  failures: Map<string, number>;
  /** Whether the host has answered in this run; undefined before the first request has ended. */
  hasAnswered: boolean | undefined;
}

/** What the throttles of several runs, on one machine or many, share. */
export interface SharedThrottle {
  /** Called before each request is sent. It may stop the run. */
  beforeRequest(): void;
  /** Tells the other runs of a pause that a host asked for, in milliseconds. */
  share(host: string, milliseconds: number): void;
  /**
   * Hears of the pauses of other runs.
   *
   * @returns the function that ends it
   */
  follow(hear: (host: string, milliseconds: number) => void): () => void;
}

/**
 * Limits the requests to hosts, whoever sends them: so many a minute and no more, none to a host that
 * asked for a pause, and none to a host that only fails.
 */
export class HostThrottle {
  /** Milliseconds between two requests at the least. */
  #spacing: number;
  readonly #hosts = new Map<string, HostState>();
  /** When the last turn came or comes, in milliseconds of the process's clock. */
  #lastTurn = Number.NEGATIVE_INFINITY;
  #onPause: () => void = () => undefined;

  /**
   * @param maxPerMinute requests a minute at the most, or undefined for no limit
   * @param longestPause milliseconds that a host may ask for; beyond that it counts as down
   * @param onOutage called at each failure of a host that has failed too many times in a row, and when
   *   one asks for too long a pause, with its milliseconds
   */
  constructor(
    maxPerMinute: number | undefined,
    private readonly longestPause: number,
    private readonly onOutage: (
      host: string,
      reason: string,
      outage: Outage,
      milliseconds?: number,
    ) => void,
    private readonly shared?: SharedThrottle,
  ) {
    this.#spacing = maxPerMinute === undefined ? 0 : 60_000 / maxPerMinute;
  }

  /**
   * Waits for the turn of a request: sign-in, listing pages, redirects and originals share one
   * queue.
   *
   * @throws the signal's reason if it is aborted meanwhile
   */
  async waitForTurn(url: string | URL, signal: AbortSignal): Promise<void> {
    await this.waitForPauseToEnd(url, signal);
    const now = performance.now();
    const at = Math.max(now, this.#lastTurn + this.#spacing);
    this.#lastTurn = at;
    if (at > now) await pause(at - now, signal);
    if (this.shared === undefined) return;
    this.shared.beforeRequest();
    signal.throwIfAborted();
  }

  /** Puts so many milliseconds between two requests from now on, the next one included. */
  spaceOut(milliseconds: number): void {
    this.#spacing = Math.max(this.#spacing, milliseconds);
  }

  /**
   * Waits until the host's pause has ended.
   *
   * @throws the signal's reason if it is aborted meanwhile
   */
  async waitForPauseToEnd(url: string | URL, signal: AbortSignal): Promise<void> {
    signal.throwIfAborted();
    const host = this.#host(url);
    for (let now = performance.now(); host.pausedUntil > now; now = performance.now()) {
      await pause(host.pausedUntil - now, signal);
    }
  }

  /** Whether the host is paused. */
  isPaused(url: string | URL): boolean {
    return this.#host(url).pausedUntil > performance.now();
  }

  /** Whether requests to the host need not wait, neither for their turn nor for a pause to end. */
  isOpen(url: string | URL): boolean {
    return this.#spacing === 0 && this.shared === undefined && !this.isPaused(url);
  }

  /** Registers what is called when a host is paused. */
  onPause(callback: () => void): void {
    this.#onPause = callback;
  }

  /** Pauses all requests to the host for so many milliseconds. */
  slowDown(url: string | URL, milliseconds: number): void {
    if (milliseconds > this.longestPause) {
      const minutes = Math.ceil(milliseconds / 60_000);
      const reason = `it asks to come back in ${minutes} minutes`;
      this.onOutage(new URL(url).host, reason, 'pauses', milliseconds);
    }
    const { host } = new URL(url);
    this.pause(host, milliseconds);
    if (milliseconds <= this.longestPause) this.shared?.share(host, milliseconds);
  }

  /** Pauses all requests to the host, as another run was asked to. */
  pause(host: string, milliseconds: number): void {
    const state = this.#state(host);
    state.pausedUntil = Math.max(state.pausedUntil, performance.now() + milliseconds);
    this.#onPause();
  }

  /** Notes that the host gave what was requested, or a plain no. */
  answered(url: string | URL): void {
    const host = this.#host(url);
    host.failures.clear();
    host.hasAnswered = true;
  }

  /**
   * Notes a failure.
   *
   * @param request names the request, so that its retries are not counted as other requests
   * @param reason in words for a person
   */
  failed(url: string | URL, request: string, kind: HostFailure, reason: string): void {
    const host = this.#host(url);
    if (kind === 'answer') host.hasAnswered = true;
    else host.hasAnswered ??= false;
    const counted = (host.failures.get(request) ?? 0) + 1;
    host.failures.set(request, Math.min(counted, mostOfOneRequest[kind]));
    if (onlyFails(host)) this.onOutage(new URL(url).host, reason, 'fails');
  }

  /** Whether the host has failed too many times in a row, and not answered since. */
  hasFailed(url: string | URL): boolean {
    return onlyFails(this.#host(url));
  }

  /** Whether some host has failed too many times in a row, and not answered since. */
  get hasOutage(): boolean {
    return [...this.#hosts.values()].some(onlyFails);
  }

  /** The hosts that got requests and never answered. */
  silent(): string[] {
    return [...this.#hosts]
      .filter(([, { hasAnswered }]) => hasAnswered === false)
      .map(([host]) => host);
  }

  #host(url: string | URL): HostState {
    return this.#state(new URL(url).host);
  }

  #state(host: string): HostState {
    let state = this.#hosts.get(host);
    if (state === undefined) {
      state = { pausedUntil: 0, failures: new Map(), hasAnswered: undefined };
      this.#hosts.set(host, state);
    }
    return state;
  }
}

function onlyFails({ failures }: HostState): boolean {
  let inARow = 0;
  for (const count of failures.values()) inARow += count;
  return inARow >= failuresOfAnOutage;
}

async function pause(milliseconds: number, signal: AbortSignal): Promise<void> {
  // Node's own error for an aborted wait hides the reason.
  await delay(milliseconds, undefined, { signal }).catch(() => signal.throwIfAborted());
}
