import { readFileSync, writeFileSync } from 'node:fs';
import { redactSecrets } from '../album/redact-secrets.js';
import { DiskError, type Ending, UsageError } from '../errors.js';
import type { Finding } from '../profile/examine-page.js';
import { strictest } from '../profile/limits.js';
import { loadProfile } from '../profile/load.js';
import type { Profile } from '../profile/schema.js';
import { checkPage } from '../rescue/check-page.js';
import type { Trial } from '../rescue/try-profile.js';
import { readProxySettings } from '../settings/proxy-settings.js';
import { missing, requireSettings } from '../settings/settings.js';
import { settingsOf } from '../settings/settings-table.js';
import { credentialsFor, missingFromAccount, resolveWithStdin } from './account.js';
import { tryBrowserCookies, usableCookies } from './browser-cookies.js';
import type { CommandCall } from './command-call.js';
import { say, type Terminal } from './terminal.js';

/** The options of the command. */
export interface CheckOptions {
  /** Path of a saved page to check, instead of the site. */
  page?: string;
  /** Path of a file to keep the page in. */
  save?: string;
}

/** The address of a saved page, where neither the profile nor a setting gives one. */
const unknownAddress = 'https://album.invalid/';

/**
 * Checks a profile on its site or on a saved page, and prints what it found.
 *
 * @param name a built-in profile's name, or a path
 * @returns `complete` only if the profile works; `signIn` where the site refused the sign-in
 * @throws UsageError if the profile or the settings are wrong; UnreachableError
 */
export async function checkProfile(
  call: CommandCall,
  name: string,
  { page, save }: CheckOptions,
): Promise<Ending> {
  const { terminal } = call;
  const profile = loadProfile(name);
  if (page !== undefined) return sayFindings(terminal, profile, findOnPage(call, profile, page));
  const trial = await tryOnSite(call, profile);
  if (save !== undefined) savePage(save, trial, terminal);
  return sayFindings(terminal, profile, trial.findings);
}

function markOf({ isProblem, isWarning }: Finding): string {
  if (isProblem) return '✗';
  return isWarning ? '!' : ' ';
}

/** Findings as lines in columns, marked where they are problems or doubts. */
export function findingLines(findings: readonly Finding[]): string[] {
  const width = Math.max(...findings.map(({ what }) => what.length));
  return findings.map((one) => `${markOf(one)} ${one.what.padEnd(width)}  ${one.found}`);
}

function sayFindings(terminal: Terminal, { title }: Profile, findings: readonly Finding[]): Ending {
  for (const line of findingLines(findings)) terminal.out.write(`${line}\n`);
  const problems = findings.filter(({ isProblem }) => isProblem);
  if (problems.length === 0) {
    const isDoubtful = findings.some(({ isWarning }) => isWarning);
    const but = isDoubtful ? '. What is marked ! above may go wrong in a run' : '';
    say(terminal, `${title}: the profile works${but}.`);
    return 'complete';
  }
  const isRefused = problems.some(({ signInRefused }) => signInRefused);
  const verdict = isRefused
    ? 'the site refused the sign-in, so the profile could not be tried'
    : 'the profile does not work. What is marked ✗ above says why';
  say(terminal, `${title}: ${verdict}.`);
  return isRefused ? 'signIn' : 'usage';
}

function findOnPage({ sources }: CommandCall, profile: Profile, path: string) {
  const { url = profile.url ?? unknownAddress, username = '' } = requireSettings(sources, [
    'url',
    'username',
  ]);
  return checkPage(profile, { siteUrl: url, username }, { path, bytes: readPage(path) });
}

function readPage(path: string): Buffer {
  try {
    return readFileSync(path);
  } catch (error) {
    throw new UsageError([`The page ${path} cannot be read: ${(error as Error).message}`]);
  }
}

async function tryOnSite(call: CommandCall, profile: Profile): Promise<Trial> {
  const { settings, problems } = await resolveWithStdin(call, settingsOf.check);
  const siteUrl = settings.url ?? profile.url;
  if (siteUrl === undefined && problems.length === 0) problems.push(missing('url'));
  problems.push(...missingFromAccount(profile, settings, call));
  const read = tryBrowserCookies(settings, siteUrl, problems);
  const proxies = readProxySettings(call.sources.environment, problems);
  if (problems.length > 0 || siteUrl === undefined) throw new UsageError(problems);
  const cookies = usableCookies(read, siteUrl, call.terminal);
  const { tryProfile } = await import('../rescue/try-profile.js');
  return tryProfile({
    profile,
    account: { siteUrl, username: settings.username ?? '' },
    credentials: await credentialsFor(profile, settings, cookies, call),
    maxPerMinute: strictest(profile, { concurrency: 1, ...settings }).maxPerMinute,
    userAgent: settings.userAgent,
    idleTimeout: settings.timeout * 1000,
    proxies,
    signal: call.control.dropped,
  });
}

function savePage(path: string, { page, secrets }: Trial, terminal: Terminal): void {
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
