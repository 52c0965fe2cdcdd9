import { UsageError } from '../../errors.js';
import { profileSchema } from '../../profile/schema.js';
import type { SiteAccount } from '../../profile/site-addresses.js';
import type { SiteVisit } from '../../visit/site-visit.js';
import type { LearnedRule } from '../learned-rule.js';
import type { Look } from '../look.js';
import { signedOutRules } from '../signed-out-rule.js';
import { learnRecorded } from './learn-recorded.js';
import type { Recording } from './read-recording.js';

/** What was learned of an album from a recorded visit, and from the site as it is now. */
export interface LearnedRecording {
  /** All rules of the profile; of two for one place the later counts. */
  rules: LearnedRule[];
  /** In words, what could not be settled. */
  missing: string[];
}

/**
 * Learns an album from a recorded visit: signs in as the recording tells, and looks at its pages.
 *
 * @param account its address is that of the recording: its host lists the photos
 * @param visit with the headers that the recording tells; it is signed in afterwards
 * @throws UsageError for an address of another host; SignInError if the sign-in was refused, or needs a person; DownloadError;
 *   TooManyRequestsError
 */
export async function learnRecording(
  recording: Recording,
  account: SiteAccount,
  visit: Pick<SiteVisit, 'signIn' | 'fetchSignedOut'>,
  look: Look,
): Promise<LearnedRecording> {
  const [own, given] = [recording.startUrl, account.siteUrl].map((url) => new URL(url).origin);
  if (own !== given) {
    throw new UsageError([
      `The recording has photos of ${own}, and the address that was given is of ${given}. Give ${recording.startUrl}, or none`,
    ]);
  }
  const recorded = recording.rules.find(({ place }) => place === 'signIn');
  const signIn = recorded ?? {
    place: 'signIn',
    rule: { by: 'none' },
    seenOn: 'the recording has no sign-in, and no cookies',
  };
  const { host } = new URL(account.siteUrl);
  // Its item is never read.
  const item = { row: 'img', id: { attribute: 'src' }, original: [{ attribute: 'src' }] };
  const checked = profileSchema.safeParse({
    name: 'recorded',
    title: host,
    signIn: signIn.rule,
    item,
  });
  if (!checked.success) {
    const missing = checked.error.issues.map(
      ({ path, message }) => `${path.join('.')}: ${message}`,
    );
    return { rules: recording.rules, missing };
  }
  const profile = checked.data;
  await visit.signIn(profile);
  const { rules, missing, first } = await learnRecorded(recording, account, look);
  const isOpen = profile.signIn.by === 'none' || profile.signIn.by === 'basic';
  const signedOut = first && !isOpen ? await visit.fetchSignedOut(first.request) : undefined;
  return {
    rules: [
      ...rules,
      ...(recorded === undefined ? [signIn] : []),
      ...recording.rules,
      ...(first && signedOut ? signedOutRules(first.page, signedOut) : []),
    ],
    missing,
  };
}
