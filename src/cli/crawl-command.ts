import { type Ending, UsageError } from '../errors.js';
import { loadProfile } from '../profile/load.js';
import type { Profile } from '../profile/schema.js';
import type { EscapeOrder } from '../rescue/escape-album.js';
import { savedIdentity } from '../rescue/saved-album.js';
import { readProxySettings } from '../settings/proxy-settings.js';
import { missing } from '../settings/settings.js';
import { ownStorage, settingsOf } from '../settings/settings-table.js';
import { credentialsFor, missingFromAccount, resolveWithStdin } from './account.js';
import { profileOf } from './album-profile.js';
import { tryBrowserCookies, usableCookies } from './browser-cookies.js';
import type { CommandCall } from './command-call.js';
import { learnOrder } from './learn-command.js';
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
  const isNamed = settings.profile !== undefined || settings.url === undefined;
  const named = isNamed ? tryLoading(settings.profile ?? 'kodak-pulse', problems) : undefined;
  if (isNamed) problems.push(...missingFromAccount(named, settings, call));
  const url = settings.url ?? named?.url;
  const read = tryBrowserCookies(settings, url, problems);
  if (named && !url && isUrlValid) problems.push(missing('url'));
  const proxies = readProxySettings(call.sources.environment, problems);
  if (problems.length > 0 || !url) throw new UsageError([...problems, howToBegin]);
  if (!isNamed) await refuseOther(storage, url, username, call);
  const cookies = usableCookies(read, url, call.terminal);
  const visit = { settings, siteUrl: url, cookies, proxies };
  const profile =
    named ?? (await profileOf(url, storage, () => learnOrder(visit, call), call.terminal));
  const unset = isNamed ? [] : missingFromAccount(profile, settings, call);
  if (unset.length > 0) throw new UsageError([...unset, howToBegin]);

  const identity = { profile: profile.name, url, username };
  const name = url === profile.url ? profile.name : new URL(url).hostname;
  const refusal = await refusalOf(storage, identity, name, call);
  if (refusal.length > 0) throw new UsageError(refusal);
  const credentials = await credentialsFor(profile, settings, cookies, call);
  const timing = { idleTimeout: settings.timeout * 1000 };
  return { ...settings, proxies, profile, identity, credentials, storage, timing };
}

/** Refuses a folder with another album before anything is requested from this one's site. */
async function refuseOther(
  storage: string,
  url: string,
  username: string,
  call: CommandCall,
): Promise<void> {
  const present = await savedIdentity(storage);
  if (present === undefined || (present.url === url && present.username === username)) return;
  const identity = { profile: present.profile, url, username };
  const refusal = await refusalOf(storage, identity, new URL(url).hostname, call);
  if (refusal.length > 0) throw new UsageError(refusal);
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
