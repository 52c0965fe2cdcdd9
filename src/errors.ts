/**
 * How a run can end: the process's exit code and what it means. One table serves the code, the
 * help text and the README.
 */
export const exitCodes = {
  complete: { code: 0, meaning: 'the album is complete: every photo listed is saved and checked' },
  unexpected: { code: 1, meaning: 'an unexpected error' },
  usage: { code: 2, meaning: 'bad usage, settings or profile' },
  incomplete: {
    code: 3,
    meaning: 'finished, but some listed photos could not be saved; each is named with its reason',
  },
  signIn: { code: 4, meaning: 'sign-in refused, or it needs a person' },
  later: {
    code: 5,
    meaning:
      'gave up for now (site unreachable, rate limit); the state is saved, run the same command again',
  },
  disk: { code: 6, meaning: 'the disk is full or cannot be written' },
  busy: { code: 7, meaning: 'another run is using this storage folder' },
  interrupted: {
    code: 130,
    meaning: 'interrupted by Ctrl-C (SIGINT); the state is saved, run the same command again',
  },
  terminated: {
    code: 143,
    meaning: 'interrupted by SIGTERM; the state is saved, run the same command again',
  },
} as const satisfies Record<string, { code: number; meaning: string }>;

/** The name of a way to end, as listed in {@link exitCodes}. */
export type Ending = keyof typeof exitCodes;

/**
 * An error whose message is written for the person at the terminal: what happened, where, and what
 * to do next. It never holds a password or a cookie. `ending` decides the exit code.
 */
export class EscapeError extends Error {
  override readonly name: string = 'EscapeError';

  constructor(
    readonly ending: Ending,
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}

/** Settings, flags or a profile are not as they must be. Every problem is listed, not the first. */
export class UsageError extends EscapeError {
  override readonly name = 'UsageError';

  constructor(readonly problems: readonly string[]) {
    super('usage', problems.join('\n'));
  }
}

/** The site refused the sign-in, or asks for what only a person can do. */
export class SignInError extends EscapeError {
  override readonly name = 'SignInError';

  constructor(message: string, options?: ErrorOptions) {
    super('signIn', message, options);
  }
}

/** The site cannot be reached for now; the same command later goes on where this run stood. */
export class UnreachableError extends EscapeError {
  override readonly name = 'UnreachableError';

  constructor(message: string, options?: ErrorOptions) {
    super('later', message, options);
  }
}

/** The storage folder cannot be written: the disk is full, or permission is missing. */
export class DiskError extends EscapeError {
  override readonly name = 'DiskError';

  constructor(message: string, options?: ErrorOptions) {
    super('disk', message, options);
  }
}

/** Another process is using the storage folder. */
export class StorageBusyError extends EscapeError {
  override readonly name = 'StorageBusyError';

  constructor(message: string, options?: ErrorOptions) {
    super('busy', message, options);
  }
}

/** What stands in the storage folder cannot be used: damaged, of a newer version, not ours. */
export class StorageDamagedError extends EscapeError {
  override readonly name = 'StorageDamagedError';

  constructor(message: string, options?: ErrorOptions) {
    super('unexpected', message, options);
  }
}
