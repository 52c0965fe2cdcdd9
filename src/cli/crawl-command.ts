import type { RunControl } from '../crawl/run-control.js';
import { type Ending, UsageError } from '../errors.js';
import { loadProfile } from '../profile/load.js';
import type { Profile } from '../profile/schema.js';
import { type EscapeOrder, escapeAlbum, otherAlbum } from '../rescue/escape-album.js';
import { missing, resolveSettings, type SettingSources } from '../settings/settings.js';
import { type AccountFlags, givenAccount } from './account.js';
import type { Terminal } from './terminal.js';

/** What the command line says, beside the settings. */
export interface CrawlFlags extends AccountFlags {
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

/**
 * Settles what to save, from the settings and the profile, and asks for a password that is missing.
 *
 * @throws UsageError naming every problem, before anything is requested or written
 */
export async function crawlOrder(
  sources: SettingSources,
  flags: CrawlFlags,
  terminal: Terminal,
): Promise<EscapeOrder> {
  const { settings, problems } = resolveSettings(sources, [
    'profile',
    'url',
    'username',
    'password',
    'cookie',
    'token',
    'concurrency',
    'maxPerMinute',
    'userAgent',
    'thumbnails',
    'storage',
  ]);
  const { storage, concurrency, maxPerMinute, userAgent, thumbnails, username = '' } = settings;
  const settingsAreFine = problems.length === 0;
  const profile = settings.profile ? tryLoading(settings.profile, problems) : undefined;
  const account = await givenAccount(profile, settings, flags, terminal);
  problems.push(...account.problems);
  const url = settings.url ?? profile?.url;
  if (profile !== undefined && url === undefined && settingsAreFine) problems.push(missing('url'));
  const identity = profile && url ? { profile: profile.name, url, username } : undefined;
  if (identity && storage) problems.push(...(await otherAlbum(storage, identity)));
  if (problems.length > 0 || !profile || !identity) {
    throw new UsageError([...problems, tryItOut]);
  }
  return {
    profile,
    identity,
    credentials: await account.credentials(),
    storage,
    concurrency,
    maxPerMinute,
    userAgent,
    thumbnails,
    verbose: flags.verbose,
  };
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
  return escapeAlbum(await crawlOrder(sources, flags, terminal), terminal, control);
}
