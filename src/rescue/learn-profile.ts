import type { LearnedRule } from '../learn/learned-rule.js';
import { shownAddress } from '../learn/shown-address.js';
import { type RefusedAddress, SiteLook } from '../learn/site-look.js';
import { type LearnedProfile, profileValue, writeProfile } from '../learn/write-profile.js';
import { type Finding, finding } from '../profile/examine-page.js';
import { strictest } from '../profile/limits.js';
import { type Profile, profileSchema } from '../profile/schema.js';
import { SiteVisit } from '../visit/site-visit.js';
import { type LearnOrder, mostRequests, ProfileLearner } from './profile-learner.js';
import { tryProfile, unreachable } from './try-profile.js';

/** Requests of these that are left for the trial. */
const forTrial = 18;

/** The result of learning a profile. */
export interface LearnedResult {
  /** The profile as a file; written also where it does not work yet. */
  text: string;
  /** Undefined where rules are missing. */
  profile: Profile | undefined;
  title: string;
  findings: Finding[];
  /** What the person can do where something is missing. */
  advice: string | undefined;
  /** The addresses that were requested, in order, without secrets. */
  requests: readonly string[];
  refused: readonly RefusedAddress[];
}

/**
 * Learns a profile for an album, and tries it as `check` does.
 *
 * @throws SignInError if the site refused the sign-in; UnreachableError; UsageError if there is no page
 *   at the address, or it wants an account and none is given; the signal's reason where it was aborted
 */
export async function learnProfile(order: LearnOrder): Promise<LearnedResult> {
  const visit = new SiteVisit(order, headersOf(order), mostRequests - forTrial);
  const { siteUrl } = order.account;
  const look = new SiteLook(visit, siteUrl, mostRequests - forTrial, order.recording !== undefined);
  const learner = new ProfileLearner(order, visit, look);
  try {
    const learned = await learner.learn();
    const { secrets } = visit;
    const hide = (text: string) => secrets.hideInMessage(text);
    const shown = {
      ...learned,
      title: hide(learned.title) === learned.title ? learned.title : new URL(siteUrl).hostname,
      rules: learned.rules.map((rule) => ({ ...rule, seenOn: hide(rule.seenOn) })),
      missing: [...learned.missing, ...learner.missingByRobots(learned)].map(hide),
    };
    const { profile, problems } = checked(shown);
    const whole = { ...shown, missing: [...shown.missing, ...problems] };
    if (profile !== undefined) await visit.waitUntilFree(siteUrl);
    const trial = profile && (await tryLearned(order, profile, visit.requests.length));
    return {
      text: writeProfile(whole),
      profile,
      title: whole.title,
      findings: [
        ...whole.rules.map(asFinding),
        ...whole.missing.map((what) => finding('missing', what, true)),
        ...learner.doubts().map((one) => ({ ...one, found: hide(one.found) })),
        ...(trial?.findings ?? []),
      ],
      advice: learner.advice,
      requests: [...visit.requests.map(hide), ...(trial?.requests ?? [])].map(shownAddress),
      refused: look.refused.map(({ url, why }) => ({ url: shownAddress(hide(url)), why })),
    };
  } catch (error) {
    order.signal.throwIfAborted();
    throw unreachable(siteUrl, error);
  } finally {
    visit.close();
  }
}

/** The headers that a recorded visit tells, without which a site may not answer. */
function headersOf({ recording }: LearnOrder): Record<string, string> {
  const headers = recording?.rules.find(({ place }) => place === 'headers');
  return (headers?.rule ?? {}) as Record<string, string>;
}

function tryLearned(order: LearnOrder, profile: Profile, made: number) {
  const { maxPerMinute } = strictest(profile, { concurrency: 1, ...order });
  const tried = fromDay(profile, order.recording?.seenDay);
  return tryProfile({ ...order, maxPerMinute, profile: tried, mostRequests: mostRequests - made });
}

/** Windows of time are tried from one that has photos: years of empty ones may lie before it. */
function fromDay(profile: Profile, day: string | undefined): Profile {
  const { listing } = profile;
  if (day === undefined || listing.next?.by !== 'window') return profile;
  return { ...profile, listing: { ...listing, next: { ...listing.next, from: day } } };
}

function asFinding({ place, seenOn, isUncertain }: LearnedRule): Finding {
  const found = { ...finding(`learned: ${place}`, seenOn), isLearned: true as const };
  return isUncertain ? { ...found, isWarning: true } : found;
}

/** The profile, if its rules make one, and what is wrong with them. */
function checked(learned: LearnedProfile): { profile: Profile | undefined; problems: string[] } {
  const parsed = profileSchema.safeParse(profileValue(learned));
  if (parsed.success) return { profile: parsed.data, problems: [] };
  if (learned.missing.length > 0) return { profile: undefined, problems: [] };
  const problems = parsed.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`);
  return { profile: undefined, problems };
}
