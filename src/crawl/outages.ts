import type { Secrets } from '../album/secrets.js';
import { type EscapeError, UnreachableError } from '../errors.js';
import { HostThrottle, type Outage, type SharedThrottle } from '../http/host-throttle.js';
import { plainText } from '../text/plain-text.js';
import type { RunControl } from './run-control.js';

/** How many requests may be sent. */
interface ThrottleLimits {
  /** Requests a minute at the most; no limit without it. */
  maxPerMinute: number | undefined;
  /** Milliseconds that a host may ask for. */
  longestPause: number;
  /** What the run shares with others; nothing without it. */
  shared: SharedThrottle | undefined;
}

/** The run that an outage may stop. */
interface StoppableRun {
  control: RunControl;
  secrets: Secrets;
  /** Whether it has read what the album lists. */
  hasWalked(): boolean;
}

/** What hosts that fail, or ask for too long a pause, mean for a run. */
export class Outages {
  readonly throttle: HostThrottle;
  #last: UnreachableError | undefined;

  constructor(
    { maxPerMinute, longestPause, shared }: ThrottleLimits,
    private readonly run: StoppableRun,
  ) {
    this.throttle = new HostThrottle(
      maxPerMinute,
      longestPause,
      (host, reason, kind, pause) =>
        this.#note(outage(host, run.secrets.hideInMessage(reason), pause), kind),
      shared,
    );
  }

  #note(problem: UnreachableError, kind: Outage): void {
    if (kind === 'pauses') this.run.control.stop(problem);
    if (this.run.control.cause !== undefined) return;
    this.#last = problem;
    // A host that only fails does not keep the run from reading what the album lists today, nor what
    // is under way on another host from ending.
    if (this.run.hasWalked()) this.run.control.stop(problem, Number.POSITIVE_INFINITY);
  }

  /**
   * Why a run ended before its work was done, or undefined where it did not.
   *
   * @param isUnsaved whether photos that the album lists are not saved
   */
  causeOfEnd(isUnsaved: boolean): EscapeError | undefined {
    const { cause } = this.run.control;
    // An outage that kept back no photo but some that are no longer listed is none of the album's.
    if (!isUnsaved) return cause === this.#last ? undefined : cause;
    const [silent] = this.throttle.silent();
    const stillFails = this.throttle.hasOutage ? this.#last : undefined;
    return cause ?? stillFails ?? (silent ? outage(silent, 'it does not answer') : undefined);
  }
}

function outage(host: string, reason: string, pause?: number): UnreachableError {
  return new UnreachableError(
    `Gave up for now, because of ${host}: ${plainText(reason)}. What was saved is safe; run the same command again later.`,
    { ...(pause !== undefined && { pause }) },
  );
}
