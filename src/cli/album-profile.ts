import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { SignInError, UsageError } from '../errors.js';
import { reportedAsDiskError } from '../files/disk-error.js';
import { syncFolderNow } from '../files/folder-sync.js';
import { makeFolder } from '../files/make-folder.js';
import { writeWhole } from '../files/whole-file.js';
import { builtInProfiles, loadProfile } from '../profile/load.js';
import type { Profile } from '../profile/schema.js';
import type { LearnOrder } from '../rescue/profile-learner.js';
import { recogniseAlbum } from '../rescue/recognise-album.js';
import { savedIdentity } from '../rescue/saved-album.js';
import { findingLines } from './check-command.js';
import { learnWithProgress } from './learn-with-progress.js';
import { say, type Terminal } from './terminal.js';

/** The name of a learned profile in its album's storage folder. */
const fileName = 'profile.yaml';

/**
 * The profile for an album of which only the address is known: the one that is kept in its storage
 * folder, that of its software, or one that is learned now and kept there.
 *
 * @param orderFor what learning needs; it may ask for a password
 * @throws UsageError if the folder is another album's, or the album could not be learned; SignInError;
 *   UnreachableError
 */
export async function profileOf(
  siteUrl: string,
  storage: string,
  orderFor: () => Promise<LearnOrder>,
  terminal: Terminal,
): Promise<Profile> {
  const kept = await keptProfile(siteUrl, storage);
  if (kept !== undefined) return kept;
  const order = await orderFor();
  const known = await recogniseAlbum(order);
  if (known !== undefined) {
    say(terminal, `${siteUrl} is ${known.title}: its built-in profile ${known.name} is used.`);
    return known;
  }
  return learned(siteUrl, storage, order, terminal);
}

/** The profile with which the folder's album was saved before. */
async function keptProfile(siteUrl: string, storage: string): Promise<Profile | undefined> {
  const file = join(storage, fileName);
  const kept = existsSync(file) ? loadKept(file) : undefined;
  if (kept?.url === siteUrl) return kept;
  const present = await savedIdentity(storage);
  const isBuiltIn = (builtInProfiles as readonly string[]).includes(present?.profile ?? '');
  return present?.url === siteUrl && isBuiltIn ? loadProfile(present.profile) : undefined;
}

function loadKept(file: string): Profile {
  try {
    return loadProfile(file);
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    const whatToDo = `Correct ${file}, or remove it: then the album is learned again`;
    throw new UsageError([...error.problems, whatToDo]);
  }
}

async function learned(
  siteUrl: string,
  storage: string,
  order: LearnOrder,
  terminal: Terminal,
): Promise<Profile> {
  say(terminal, `No built-in profile fits ${siteUrl}, so it is learned.`);
  const { text, profile, findings, advice } = await learnWithProgress(order, terminal);
  const problems = findings.filter(({ isProblem }) => isProblem);
  if (profile === undefined || problems.length > 0) {
    for (const line of findingLines(findings)) say(terminal, line);
    const what = `No profile that works could be learned for ${siteUrl}: what is marked ✗ above says why. To complete one by hand: npm run --silent learn -- ${siteUrl} --out ./album.yaml, edit it, and give it with --profile ./album.yaml`;
    const isRefused = problems.some(({ signInRefused }) => signInRefused);
    throw isRefused
      ? new SignInError(what)
      : new UsageError(advice === undefined ? [what] : [what, advice]);
  }
  const file = join(storage, fileName);
  makeFolder(storage);
  await writeWhole(file, text, { isDurable: true });
  reportedAsDiskError(storage, () => syncFolderNow(storage));
  say(terminal, `What was learned is kept in ${file}, and used from now on.`);
  for (const { what, found, isWarning } of findings) {
    if (isWarning) say(terminal, `! ${what}: ${found}`);
  }
  return profile;
}
