import { readFileSync, writeFileSync } from 'node:fs';
import { redactSecrets } from '../album/redact-secrets.js';
import type { RunControl } from '../crawl/run-control.js';
import { DiskError, type Ending, UnreachableError, UsageError } from '../errors.js';
import { Page } from '../page/page.js';
import { examinePage, type Finding, finding } from '../profile/examine-page.js';
import { strictest } from '../profile/limits.js';
import { loadProfile } from '../profile/load.js';
import type { Profile } from '../profile/schema.js';
import { signedOutBy } from '../profile/signed-out.js';
import { listingFile, startAddresses } from '../profile/site-addresses.js';
import { missing, resolveSettings, type SettingSources } from '../settings/settings.js';
import { plainText } from '../text/plain-text.js';
import { type AccountFlags, givenAccount } from './account.js';
import { say, type Terminal } from './terminal.js';

/** What the command line says, beside the settings. */
export interface CheckFlags extends AccountFlags {
  /** Path of a saved page to check against, in place of asking the site. */
  page?: string;
  /** Path of a file to keep the page in. */
  save?: string;
}

/** Where a page that was saved stood, as far as nobody says so. */
const somewhere = 'https://album.invalid/';

/**
 * Checks a profile against its site, or against a saved page, and prints what it found.
 *
 * @param name a built-in profile's name, or a path
 * @returns `complete` only if the profile works
 * @throws UsageError if the profile or the settings are not as they must be
 */
export async function checkProfile(
  name: string,
  sources: SettingSources,
  flags: CheckFlags,
  terminal: Terminal,
  control: RunControl,
): Promise<Ending> {
  const profile = loadProfile(name);
  const findings =
    flags.page === undefined
      ? await foundOnSite(profile, sources, flags, terminal, control)
      : foundOnPage(profile, sources, flags.page);
  const width = Math.max(...findings.map(({ what }) => what.length));
  for (const { what, found, isProblem } of findings) {
    terminal.out.write(`${isProblem ? '✗' : ' '} ${what.padEnd(width)}  ${found}\n`);
  }
  const problems = findings.filter(({ isProblem }) => isProblem);
  if (problems.length > 0) {
    say(
      terminal,
      `${profile.title}: ${problems.length} of the above keep the profile from working.`,
    );
    return problems[0]?.what === 'sign-in' ? 'signIn' : 'usage';
  }
  say(terminal, `${profile.title}: the profile works.`);
  return 'complete';
}

function foundOnPage(profile: Profile, sources: SettingSources, path: string): Finding[] {
  const { settings, problems } = resolveSettings(sources, ['url', 'username']);
  if (problems.length > 0) throw new UsageError(problems);
  const siteUrl = settings.url ?? profile.url ?? somewhere;
  const [albumUrl = siteUrl] = startAddresses(profile, {
    siteUrl,
    username: settings.username ?? '',
  });
  const url = listingFile(profile, albumUrl);
  const served = new Page({ url, text: readPage(path) });
  const signedOut = signedOutBy(served, profile);
  if (signedOut !== undefined) {
    const what = `${path} is one for those who are signed out: ${signedOut}`;
    return [finding('page', `${what}. Save the page while you are signed in`, true)];
  }
  return examinePage(served, profile, { albumUrl, number: 1 }).findings;
}

function readPage(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    throw new UsageError([`The page ${path} cannot be read: ${(error as Error).message}`]);
  }
}

async function foundOnSite(
  profile: Profile,
  sources: SettingSources,
  flags: CheckFlags,
  terminal: Terminal,
  control: RunControl,
): Promise<Finding[]> {
  const { settings, problems } = resolveSettings(sources, [
    'url',
    'username',
    'password',
    'cookie',
    'token',
    'maxPerMinute',
    'userAgent',
  ]);
  const siteUrl = settings.url ?? profile.url;
  if (siteUrl === undefined && problems.length === 0) problems.push(missing('url'));
  const account = await givenAccount(profile, settings, flags, terminal);
  problems.push(...account.problems);
  if (problems.length > 0 || siteUrl === undefined) throw new UsageError(problems);
  const { tryProfile } = await import('../rescue/try-profile.js');
  const { maxPerMinute } = strictest(profile, { concurrency: 1, ...settings });
  const trial = await tryProfile({
    profile,
    account: { siteUrl, username: settings.username ?? '' },
    credentials: await account.credentials(),
    maxPerMinute,
    userAgent: settings.userAgent,
    signal: control.dropped,
  }).catch((error: unknown) => {
    control.dropped.throwIfAborted();
    throw unreachable(siteUrl, error);
  });
  if (flags.save !== undefined) savePage(flags.save, trial.page, trial.secrets, terminal);
  return trial.findings;
}

/** A failure of the network ends the check; what is the program's own goes on as it is. */
function unreachable(siteUrl: string, error: unknown): unknown {
  const { name, message } = error as Error;
  if (name !== 'RequestError' && name !== 'TimeoutError' && name !== 'ReadError') return error;
  return new UnreachableError(`${siteUrl} cannot be reached: ${plainText(message)}`, {
    cause: error,
  });
}

function savePage(
  path: string,
  page: Page | undefined,
  secrets: readonly string[],
  terminal: Terminal,
): void {
  if (page === undefined) {
    say(terminal, `No page was read, so ${path} was not written.`);
    return;
  }
  try {
    writeFileSync(path, redactSecrets(page.text, secrets), { mode: 0o600 });
  } catch (error) {
    throw new DiskError(`${path} could not be written: ${(error as Error).message}`, {
      cause: error,
    });
  }
  say(terminal, `${page.url} was kept in ${path}. Look through it before you show it to anyone.`);
}
