import { accessSync, constants, existsSync, readFileSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { type Ending, UsageError } from '../errors.js';
import { reportedAsDiskError } from '../files/disk-error.js';
import { makeFolder } from '../files/make-folder.js';
import { placeWhole } from '../files/whole-file.js';
import { type Recording, readRecording } from '../learn/har/read-recording.js';
import type { Finding } from '../profile/examine-page.js';
import { type Profile, profileSchema } from '../profile/schema.js';
import type { LearnedResult } from '../rescue/learn-profile.js';
import type { LearnOrder } from '../rescue/profile-learner.js';
import type { Credentials } from '../session/sign-in-site.js';
import { type ProxySettings, readProxySettings } from '../settings/proxy-settings.js';
import { missing, type Settings } from '../settings/settings.js';
import { settingsOf } from '../settings/settings-table.js';
import { plainText } from '../text/plain-text.js';
import { credentialsFor, resolveWithStdin } from './account.js';
import { tryBrowserCookies, usableCookies } from './browser-cookies.js';
import { findingLines } from './check-command.js';
import type { CommandCall } from './command-call.js';
import { learnWithProgress } from './learn-with-progress.js';
import { say, type Terminal } from './terminal.js';

/** The options of the command. */
export interface LearnOptions {
  /** Path of the file to write; standard output without it. */
  out?: string;
  /** Path of a recorded visit. */
  har?: string;
  /** Whether the requests are listed. */
  verbose?: boolean;
  /** Whether what robots.txt forbids is requested too. */
  ignoreRobots?: boolean;
}

/**
 * Learns a profile for an album, writes it, and prints what it found.
 *
 * @param address the album's address; the setting's, or that of the recording, without it
 * @returns `complete` only if the profile passed its trial without a doubt
 * @throws UsageError if the settings are wrong, or the file to write is there; DiskError if it cannot be
 *   written; SignInError; UnreachableError
 */
export async function learn(
  call: CommandCall,
  address: string | undefined,
  { out, har, verbose = false, ignoreRobots = false }: LearnOptions,
): Promise<Ending> {
  const { terminal } = call;
  if (out !== undefined) checkPlace(out);
  const recording = har === undefined ? undefined : readHar(har);
  const more = { recording, ignoresRobots: ignoreRobots };
  const sayNotes = () => {
    for (const note of recording?.notes ?? []) say(terminal, note);
  };
  const learned = await learnOnSite(withAddress(call, address), more).catch((error: unknown) => {
    sayNotes();
    throw error;
  });
  await write(learned.text, out, terminal);
  for (const line of findingLines(learned.findings)) say(terminal, line);
  if (verbose) sayRequests(learned, terminal);
  sayNotes();
  if (learned.advice !== undefined) say(terminal, learned.advice);
  return sayVerdict(learned, out, call);
}

/** The argument is the flag `--url` by another name. */
function withAddress(call: CommandCall, address: string | undefined): CommandCall {
  if (address === undefined) return call;
  const { sources } = call;
  return { ...call, sources: { ...sources, flags: { ...sources.flags, url: address } } };
}

function readHar(path: string): Recording {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (error) {
    throw new UsageError([`The recording ${path} cannot be read: ${(error as Error).message}`]);
  }
  return readRecording(text);
}

/** Learns from the site, with the account of the settings. */
async function learnOnSite(
  call: CommandCall,
  more: Pick<LearnOrder, 'recording' | 'ignoresRobots'>,
): Promise<LearnedResult> {
  const { settings, problems } = await resolveWithStdin(call, settingsOf.check);
  const siteUrl = settings.url ?? more.recording?.startUrl;
  if (siteUrl === undefined && problems.length === 0) problems.push(missing('url'));
  const read = tryBrowserCookies(settings, siteUrl, problems);
  const proxies = readProxySettings(call.sources.environment, problems);
  if (problems.length > 0 || siteUrl === undefined) throw new UsageError(problems);
  const cookies = usableCookies(read, siteUrl, call.terminal);
  const order = await learnOrder({ settings, siteUrl, cookies, proxies }, call);
  return learnWithProgress({ ...order, ...more }, call.terminal);
}

/** What a visit to learn an album is made with. */
interface LearnSettings {
  settings: Pick<Settings, (typeof settingsOf.check)[number]>;
  siteUrl: string;
  cookies: Credentials['cookies'];
  proxies: ProxySettings;
}

/** What learning an album needs. Asks for a missing password where a user name is given. */
export async function learnOrder(
  { settings, siteUrl, cookies, proxies }: LearnSettings,
  call: CommandCall,
): Promise<LearnOrder> {
  const { username = '', cookie, token } = settings;
  return {
    account: { siteUrl, username },
    credentials: await credentialsFor(standIn(siteUrl, username), settings, cookies, call),
    hasSession: [cookie, token, cookies].some((given) => given !== undefined),
    maxPerMinute: settings.maxPerMinute,
    userAgent: settings.userAgent,
    idleTimeout: settings.timeout * 1000,
    proxies,
    signal: call.control.dropped,
    tell: (line) => say(call.terminal, line),
  };
}

/** A profile that asks for a password where a user name is given. */
function standIn(siteUrl: string, username: string): Profile {
  const title = new URL(siteUrl).host;
  const item = { row: 'img', id: { attribute: 'src' }, original: [{ attribute: 'src' }] };
  const signIn = { by: username === '' ? 'none' : 'basic' };
  return profileSchema.parse({ name: 'learned', title, signIn, item });
}

/** Makes the folder of a file, and finds out before anything is requested that it cannot be written. */
function checkPlace(out: string): void {
  if (existsSync(out)) throw isThere(out);
  makeFolder(dirname(out));
  reportedAsDiskError(out, () => accessSync(dirname(out), constants.W_OK));
}

function isThere(out: string): UsageError {
  return new UsageError([`${out} is there already. Give another file, or remove it first`]);
}

async function write(text: string, out: string | undefined, terminal: Terminal): Promise<void> {
  if (out === undefined) {
    terminal.out.write(text);
    return;
  }
  const isPlaced = await placeWhole(
    out,
    (temporary) => writeFile(temporary, text, { flush: true }),
    // Another program may have made it meanwhile.
    { mayRename: async () => !existsSync(out) },
  );
  if (!isPlaced) throw isThere(out);
}

function sayRequests({ requests, refused }: LearnedResult, terminal: Terminal): void {
  say(terminal, `${requests.length} requests:`);
  for (const url of requests) say(terminal, `  ${plainText(url, 500)}`);
  for (const { url, why } of refused) {
    say(terminal, `  not requested: ${plainText(url, 500)}: ${why}`);
  }
}

function sayVerdict(
  { title, findings }: LearnedResult,
  out: string | undefined,
  { terminal, sources }: CommandCall,
): Ending {
  const file = out === undefined ? '' : ` It is in ${out}.`;
  const isRefused = findings.some(({ signInRefused }) => signInRefused);
  const isMarked = (one: Finding) => one.isProblem || one.isWarning === true;
  if (findings.some((one) => one.isProblem)) {
    say(
      terminal,
      `${title}: the profile does not work yet. What is marked ✗ above says why.${file}`,
    );
    return isRefused ? 'signIn' : 'usage';
  }
  if (findings.some((one) => one.isLearned !== true && isMarked(one))) {
    say(terminal, `${title}: the profile works, but what is marked ! above may go wrong.${file}`);
    return 'usage';
  }
  const { username } = sources.flags;
  const account = username === undefined ? '' : ` --username ${username}`;
  const start =
    out === undefined ? '' : ` Save the album with it: npm start -- --profile ${out}${account}`;
  say(terminal, `${title}: the profile works.${file}${start}`);
  return 'complete';
}
