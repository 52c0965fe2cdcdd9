import { text } from 'node:stream/consumers';
import type { RunControl } from '../crawler/run-control.js';
import { type Ending, EscapeError, UsageError } from '../errors.js';
import { loadProfile } from '../profile/load.js';
import type { Profile } from '../profile/schema.js';
import { missing, resolveSettings, type SettingSources } from '../settings.js';
import { escapeAlbum, otherAlbum } from './escape-album.js';
import type { Terminal } from './terminal.js';

/** What the command line says, beside the settings. */
export interface CrawlFlags {
  passwordStdin: boolean;
  verbose: boolean;
}

const tryItOut =
  'Copy .env.example to .env and fill it in; or try it without an account: npm run demo';

function tryLoading(name: string, problems: string[]): Profile | undefined {
  try {
    return loadProfile(name);
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    problems.push(...error.problems);
    return undefined;
  }
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

async function givenPassword(
  fromEnvironment: string | undefined,
  { passwordStdin }: CrawlFlags,
  terminal: Terminal,
): Promise<string | undefined> {
  if (!passwordStdin) return fromEnvironment;
  return (await text(terminal.in)).replace(/\r?\n$/, '') || undefined;
}

/**
 * The main job: signs in, walks the album, saves what is not saved yet.
 *
 * @throws UsageError naming every problem, before anything is requested or written
 */
export async function crawlAlbum(
  sources: SettingSources,
  flags: CrawlFlags,
  terminal: Terminal,
  control: RunControl,
): Promise<Ending> {
  const { settings, problems } = resolveSettings(sources, [
    'profile',
    'url',
    'username',
    'password',
    'concurrency',
    'maxPerMinute',
    'userAgent',
    'storage',
  ]);
  const { storage, concurrency, maxPerMinute, userAgent, username } = settings;
  const profile = settings.profile && tryLoading(settings.profile, problems);
  const given = await givenPassword(settings.password, flags, terminal);
  const canAsk = !flags.passwordStdin && terminal.in.isTTY === true && terminal.err.isTTY === true;
  if (!username) problems.push(missing('username'));
  if (!given && !canAsk) problems.push(missing('password'));
  const url = settings.url ?? (profile ? profile.url : undefined);
  const identity =
    profile && url && username ? { profile: profile.name, url, username } : undefined;
  if (identity && storage) problems.push(...(await otherAlbum(storage, identity)));
  if (problems.length > 0 || !profile || !identity) {
    throw new UsageError([...problems, tryItOut]);
  }
  const password = given ?? (await askPassword(terminal, profile.title, identity.username));
  return escapeAlbum(
    {
      profile,
      identity,
      credentials: { username: identity.username, password },
      storage,
      concurrency,
      maxPerMinute,
      userAgent,
      verbose: flags.verbose,
    },
    terminal,
    control,
  );
}
