import { text } from 'node:stream/consumers';
import { EscapeError } from '../errors.js';
import type { Profile } from '../profile/schema.js';
import type { Credentials } from '../session/sign-in-site.js';
import { missing } from '../settings/settings.js';
import type { Terminal } from './terminal.js';

/** What is read from standard input; one of them at the most. */
export interface AccountFlags {
  passwordStdin: boolean;
  cookieStdin: boolean;
  tokenStdin: boolean;
}

/** What was set of an account. */
interface AccountSettings {
  username: string | undefined;
  password: string | undefined;
  cookie: string | undefined;
  token: string | undefined;
}

/** An account as far as it is known before anything is asked for. */
export interface Account {
  /** What is missing, one sentence each. */
  problems: string[];
  /** Gives what to sign in with; on a terminal it asks for a missing password. */
  credentials(): Promise<Credentials>;
}

const stdinFlags = {
  passwordStdin: 'password',
  cookieStdin: 'cookie',
  tokenStdin: 'token',
} as const satisfies Record<keyof AccountFlags, keyof AccountSettings>;

async function readStdin(
  settings: AccountSettings,
  flag: keyof AccountFlags | undefined,
  terminal: Terminal,
): Promise<AccountSettings> {
  if (flag === undefined) return settings;
  const given = (await text(terminal.in)).replace(/\r?\n$/, '') || undefined;
  return { ...settings, [stdinFlags[flag]]: given };
}

/** What a profile's sign-in needs and was not given. A profile that is not known may need all. */
function problemsOf(
  profile: Profile | undefined,
  { username, password, cookie, token }: AccountSettings,
  canAsk: boolean,
): string[] {
  const by = profile?.signIn.by;
  if (by === 'none') return [];
  if (by === 'pasted') {
    if (cookie !== undefined || token !== undefined) return [];
    const what = missing('cookie').replace(/ is not set.*/, '');
    return [
      `Neither ${what} nor ALBUM_TOKEN is set; ${profile?.title} takes one of them, copied from a browser that is signed in (or --cookie-stdin, --token-stdin)`,
    ];
  }
  if (cookie !== undefined || token !== undefined) return [];
  return [
    ...(username ? [] : [missing('username')]),
    ...(password || canAsk ? [] : [missing('password')]),
  ];
}

async function askPassword(terminal: Terminal, title: string, username: string): Promise<string> {
  const { default: password } = await import('@inquirer/password');
  try {
    return await password(
      { message: `Password of ${username} at ${title}:`, mask: false },
      { input: terminal.in as NodeJS.ReadStream, output: terminal.err as NodeJS.WriteStream },
    );
  } catch (error) {
    if (!(error instanceof Error) || error.name !== 'ExitPromptError') throw error;
    throw new EscapeError('interrupted', 'Stopped before anything was requested.');
  }
}

/**
 * Finds out what a person signs in with, as far as the profile asks for it.
 *
 * @param profile undefined where it could not be loaded
 */
export async function givenAccount(
  profile: Profile | undefined,
  settings: AccountSettings,
  flags: AccountFlags,
  terminal: Terminal,
): Promise<Account> {
  const fromStdin = (Object.keys(stdinFlags) as (keyof AccountFlags)[]).filter(
    (name) => flags[name],
  );
  const given = await readStdin(
    settings,
    fromStdin.length === 1 ? fromStdin[0] : undefined,
    terminal,
  );
  const canAsk =
    fromStdin.length === 0 && terminal.in.isTTY === true && terminal.err.isTTY === true;
  const problems = problemsOf(profile, given, canAsk);
  if (fromStdin.length > 1) {
    problems.push(
      'Standard input takes one of --password-stdin, --cookie-stdin and --token-stdin, not several',
    );
  }
  const { username = '', cookie, token } = given;
  const isPasted = cookie !== undefined || token !== undefined;
  const needsPassword =
    !isPasted && (profile?.signIn.by === 'form' || profile?.signIn.by === 'json');
  return {
    problems,
    async credentials() {
      const password =
        needsPassword && !given.password
          ? await askPassword(terminal, profile.title, username)
          : (given.password ?? '');
      return { username, password, cookie, token };
    },
  };
}
