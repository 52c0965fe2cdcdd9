import { type Ending, UsageError } from '../errors.js';
import { loadProfile } from '../profile/load.js';
import type { Profile } from '../profile/schema.js';
import type { EscapeOrder } from '../rescue/escape-album.js';
import { readProxySettings } from '../settings/proxy-settings.js';
import { missing } from '../settings/settings.js';
import { ownStorage, settingsOf } from '../settings/settings-table.js';
import { credentialsFor, missingFromAccount, resolveWithStdin } from './account.js';
import { tryBrowserCookies, usableCookies } from './browser-cookies.js';
import type { CommandCall } from './command-call.js';
import { saveAlbum } from './save-album.js';
import { refusalOf } from './storage-choice.js';

const howToBegin =
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
 * Works out from the settings and the profile which album to save, where to and how. Asks for a
 * missing password.
 *
 * @throws UsageError naming every problem, before anything is requested or written
 */
export async function crawlOrder(call: CommandCall): Promise<EscapeOrder> {
  const { settings, problems } = await resolveWithStdin(call, settingsOf.crawl);
  const { storage = ownStorage, username = '' } = settings;
  const isUrlValid = problems.length === 0;
  const profile = settings.profile ? tryLoading(settings.profile, problems) : undefined;
  problems.push(...missingFromAccount(profile, settings, call));
  const url = settings.url ?? profile?.url;
  const read = tryBrowserCookies(settings, url, problems);
  if (profile && !url && isUrlValid) problems.push(missing('url'));
  const proxies = readProxySettings(call.sources.environment, problems);
  if (problems.length > 0 || !profile || !url) throw new UsageError([...problems, howToBegin]);

  const identity = { profile: profile.name, url, username };
  const name = url === profile.url ? profile.name : new URL(url).hostname;
  const refusal = await refusalOf(storage, identity, name, call);
  if (refusal.length > 0) throw new UsageError(refusal);
  const cookies = usableCookies(read, url, call.terminal);
  const credentials = await credentialsFor(profile, settings, cookies, call);
  const timing = { idleTimeout: settings.timeout * 1000 };
  return { ...settings, proxies, profile, identity, credentials, storage, timing };
}

/**
 * The main job: signs in, reads the album's pages, saves what is not saved yet.
 *
 * @param verbose whether Crawlee's own log is shown
 * @throws UsageError naming every problem, before anything is requested or written
 */
export async function crawlAlbum(call: CommandCall, verbose: boolean): Promise<Ending> {
  return saveAlbum(await crawlOrder(call), call, verbose);
}
