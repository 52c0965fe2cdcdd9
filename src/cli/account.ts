import { text } from 'node:stream/consumers';
import { EscapeError, SignInError } from '../errors.js';
import type { Profile } from '../profile/schema.js';
import { signInNeeds } from '../profile/sign-in-needs.js';
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
  'username' | 'password' | 'code' | 'cookie' | 'token' | 'cookies' | 'cookiesFromBrowser'
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
  const { username, password, code } = account;
  if (profile?.signIn.by === 'none' || hasSession(account)) return [];
  // A value that was given and is not valid is a problem already.
  const isGiven = flags.cookies !== undefined || flags.cookiesFromBrowser !== undefined;
  if (isGiven || fromStdin.some((name) => name !== 'password')) return [];
  if (profile?.signIn.by === 'pasted') {
    return [
      `${missing('cookie')}, copied from a browser that is signed in. ALBUM_TOKEN (or --token-stdin), --cookies and --cookies-from-browser would do as well`,
    ];
  }
  const needs = profile === undefined ? ['username', 'password'] : signInNeeds(profile);
  const isMissing = {
    username: username === undefined,
    password: password === undefined && fromStdin.length === 0 && !canAsk(terminal),
    code: code === undefined && !canAsk(terminal),
  };
  return (['username', 'password', 'code'] as const)
    .filter((name) => needs.includes(name) && isMissing[name])
    .map(missing);
}

function canAsk({ in: input, err }: Terminal): boolean {
  return input.isTTY === true && err.isTTY === true;
}

/**
 * What to sign in with. Where the profile needs a password and none is set, the terminal asks for it;
 * for a one-time code it asks when its turn comes.
 *
 * @param cookies those of a signed-in browser, if they are given
 * @throws EscapeError (interrupted) for Ctrl-C in place of the password
 */
export async function credentialsFor(
  profile: Profile,
  account: Account,
  cookies: Credentials['cookies'],
  call: CommandCall,
): Promise<Credentials> {
  const { username = '', password = '', cookie, token } = account;
  const isNeeded = !hasSession(account) && signInNeeds(profile).includes('password');
  const question = `Password of ${username} at ${profile.title}:`;
  return {
    username,
    password: isNeeded && password === '' ? await askUnseen(question, call) : password,
    code: (again) => getCode(profile, account.code, again, call),
    cookie,
    cookies,
    token,
  };
}

async function getCode(
  { title }: Profile,
  code: string | undefined,
  again: boolean,
  call: CommandCall,
): Promise<string> {
  if (code !== undefined && !again) return code;
  if (canAsk(call.terminal)) return askUnseen(`One-time code for ${title}:`, call);
  const ended = again ? ' has ended the session, and' : '';
  throw new SignInError(
    `${title}${ended} asks for a new one-time code. What was saved is safe: run the same command again with the code in ALBUM_CODE, or on a terminal, which asks for it.`,
  );
}

async function askUnseen(message: string, { terminal, control }: CommandCall): Promise<string> {
  const { default: password } = await import('@inquirer/password');
  terminal.isAsking = true;
  try {
    return await password(
      { message, mask: false },
      {
        input: terminal.in as NodeJS.ReadStream,
        output: terminal.err as NodeJS.WriteStream,
        signal: control.dropped,
      },
    );
  } catch (error) {
    if (!(error instanceof Error) || error.name !== 'ExitPromptError') throw error;
    throw new EscapeError('interrupted', 'Stopped at the question. Run the same command again.');
  } finally {
    terminal.isAsking = false;
  }
}
