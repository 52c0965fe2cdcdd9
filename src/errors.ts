/**
 * How a command can end: the process's exit code and what it means. The code, the help text and
 * `status` read this one table.
 */
export const exitCodes = {
  complete: { code: 0, meaning: 'the album is complete: every photo listed is saved and checked' },
  unexpected: { code: 1, meaning: 'an unexpected error' },
  usage: { code: 2, meaning: 'bad usage, settings or profile' },
  incomplete: {
    code: 3,
    meaning:
      'finished, but some listed photos could not be saved, or something speaks against the list being whole; each is named with its reason',
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
 * to do next. It never contains a password or a cookie. `ending` decides the exit code.
 */
export class EscapeError extends Error {
  constructor(
    readonly ending: Ending,
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
    this.name = new.target.name;
  }
}

/** Settings, flags or a profile are wrong. `problems` lists all of them, one sentence each. */
export class UsageError extends EscapeError {
  constructor(readonly problems: readonly string[]) {
    super('usage', problems.join('\n'));
  }
}

function errorWith(ending: Ending) {
  return class extends EscapeError {
    constructor(message: string, options?: ErrorOptions) {
      super(ending, message, options);
    }
  };
}

/** The site refused the sign-in, or asks for something that only a person can do. */
export class SignInError extends errorWith('signIn') {}

/** The site cannot be reached for now. The same command, run later, resumes where this one stopped. */
export class UnreachableError extends errorWith('later') {
  /** Milliseconds after which the site asked to come back, where it did. */
  readonly pause: number | undefined;

  constructor(message: string, { pause, ...options }: ErrorOptions & { pause?: number } = {}) {
    super(message, options);
    this.pause = pause;
  }
}

/** A file or folder cannot be written: the disk is full, or permission is missing. */
export class DiskError extends errorWith('disk') {}

/** Another process is using the storage folder. */
export class StorageBusyError extends errorWith('busy') {}

/**
 * The files in the storage folder cannot be used: they are damaged, were written by a newer version,
 * or are not this program's.
 */
export class StorageDamagedError extends errorWith('unexpected') {}
