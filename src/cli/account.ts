import { text } from 'node:stream/consumers';
import { EscapeError } from '../errors.js';
import type { Profile } from '../profile/schema.js';
import type { Credentials } from '../session/sign-in-site.js';
import {
  missing,
  type ResolvedSettings,
  resolveSettings,
  type Settings,
} from '../settings/settings.js';
import { type SettingName, settingsTable } from '../settings/settings-table.js';
import type { CommandCall } from './command-call.js';
import type { Terminal } from './terminal.js';

type Account = Pick<
  Settings,
  'username' | 'password' | 'cookie' | 'token' | 'cookies' | 'cookiesFromBrowser'
>;

/** Whether the session of a signed-in browser is given, in place of signing in. */
function hasSession({ cookie, token, cookies, cookiesFromBrowser }: Account): boolean {
  return [cookie, token, cookies, cookiesFromBrowser].some((given) => given !== undefined);
}

/** Reads and checks settings, one of which may come from standard input. */
export async function resolveWithStdin<Name extends SettingName>(
  { sources, fromStdin, terminal }: CommandCall,
  names: readonly Name[],
): Promise<ResolvedSettings<Name>> {
  const [secret, ...others] = fromStdin;
  if (secret === undefined) return resolveSettings(sources, names);
  if (others.length === 0) {
    const value = (await text(terminal.in)).replace(/\r?\n$/, '');
    return resolveSettings({ ...sources, flags: { ...sources.flags, [secret]: value } }, names);
  }
  const { settings, problems } = resolveSettings(sources, names);
  const flags = fromStdin.map((name) => settingsTable[name].flag).join(' and ');
  return { settings, problems: [...problems, `Standard input takes only one of ${flags}`] };
}

/**
 * What a profile's sign-in needs and was not given, one sentence each.
 *
 * @param profile undefined where it could not be loaded, and may need everything
 */
export function missingFromAccount(
  profile: Profile | undefined,
  account: Account,
  { fromStdin, terminal, sources: { flags } }: CommandCall,
): string[] {
  const { username, password } = account;
  const signIn = profile?.signIn.by;
  if (signIn === 'none' || hasSession(account)) return [];
  // A value that was given and is not valid is a problem already.
  const isGiven = flags.cookies !== undefined || flags.cookiesFromBrowser !== undefined;
  if (isGiven || fromStdin.some((name) => name !== 'password')) return [];
  if (signIn === 'pasted') {
    return [
      `${missing('cookie')}, copied from a browser that is signed in. ALBUM_TOKEN (or --token-stdin), --cookies and --cookies-from-browser would do as well`,
    ];
  }
  const canAsk = terminal.in.isTTY === true && terminal.err.isTTY === true;
  const hasPassword = password !== undefined || fromStdin.length > 0 || canAsk;
  return [
    ...(username === undefined ? [missing('username')] : []),
    ...(hasPassword ? [] : [missing('password')]),
  ];
}

/**
 * What to sign in with. Where the profile needs a password and none is set, the terminal asks for it.
 *
 * @param cookies those of a signed-in browser, if they are given
 * @throws EscapeError (interrupted) for Ctrl-C in place of the password
 */
export async function credentialsFor(
  { signIn, title }: Profile,
  account: Account,
  cookies: Credentials['cookies'],
  terminal: Terminal,
): Promise<Credentials> {
  const { username = '', password = '', cookie, token } = account;
  const needsPassword = !hasSession(account) && ['form', 'json', 'basic'].includes(signIn.by);
  const isMissing = needsPassword && password === '';
  return {
    username,
    password: isMissing ? await askPassword(terminal, title, username) : password,
    cookie,
    cookies,
    token,
  };
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
