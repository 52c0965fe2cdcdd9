import { SignInError, UnreachableError, UsageError } from '../errors.js';
import { learnRecording } from '../learn/har/learn-recording.js';
import type { Recording } from '../learn/har/read-recording.js';
import { type LearnedPages, learnAlbum } from '../learn/learn-album.js';
import type { LearnedRule } from '../learn/learned-rule.js';
import { titleOf } from '../learn/page-title.js';
import { robotsRules } from '../learn/robots.js';
import { pageSignedIn, proofRules } from '../learn/sign-in-proof.js';
import { signInRules } from '../learn/sign-in-rule.js';
import { signedOutRules } from '../learn/signed-out-rule.js';
import { type RefusedAddress, SiteLook } from '../learn/site-look.js';
import { type LearnedProfile, profileValue, writeProfile } from '../learn/write-profile.js';
import type { Page } from '../page/page.js';
import { type Finding, finding } from '../profile/examine-page.js';
import { strictest } from '../profile/limits.js';
import { type Profile, profileSchema } from '../profile/schema.js';
import { SiteVisit, type VisitOrder } from '../visit/site-visit.js';
import { tryProfile, unreachable } from './try-profile.js';

/** Requests to learn an album and to try what was learned, redirects and retries included. */
const mostRequests = 60;
/** Requests of these that are left for the trial. */
const forTrial = 18;

/** What learning a profile needs. */
export interface LearnOrder extends VisitOrder {
  /** Whether the session of a browser is given, in place of an account. */
  hasSession: boolean;
  /** A visit that a person recorded. */
  recording?: Recording | undefined;
}

/** The result of learning a profile. */
export interface LearnedResult {
  /** The profile as a file; written also where it does not work yet. */
  text: string;
  /** Undefined where rules are missing. */
  profile: Profile | undefined;
  title: string;
  findings: Finding[];
  /** The addresses that were requested, in order. */
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
  const visit = new SiteVisit(order, {}, mostRequests - forTrial);
  const { siteUrl } = order.account;
  const look = new SiteLook(visit, siteUrl, mostRequests - forTrial, order.recording !== undefined);
  try {
    const learned = await new ProfileLearner(order, visit, look).learn();
    const { secrets } = visit;
    const hide = (text: string) => secrets.hideInMessage(text);
    const shown = {
      ...learned,
      title: hide(learned.title),
      rules: learned.rules.map((rule) => ({ ...rule, seenOn: hide(rule.seenOn) })),
      missing: learned.missing.map(hide),
    };
    const { profile, problems } = checked(shown);
    const whole = { ...shown, missing: [...shown.missing, ...problems] };
    const trial = profile && (await tryLearned(order, profile, visit.requests.length));
    return {
      text: writeProfile(whole),
      profile,
      title: whole.title,
      findings: [
        ...whole.rules.map(asFinding),
        ...whole.missing.map((what) => finding('missing', what, true)),
        ...(trial?.findings ?? []),
      ],
      requests: [...visit.requests, ...(trial?.requests ?? [])],
      refused: look.refused,
    };
  } catch (error) {
    order.signal.throwIfAborted();
    throw unreachable(siteUrl, error);
  } finally {
    visit.close();
  }
}

function tryLearned(order: LearnOrder, profile: Profile, made: number) {
  const { maxPerMinute } = strictest(profile, { concurrency: 1, ...order });
  return tryProfile({ ...order, maxPerMinute, profile, mostRequests: mostRequests - made });
}

function asFinding({ place, seenOn, isUncertain }: LearnedRule): Finding {
  const found = finding(`learned: ${place}`, seenOn);
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

/** A profile that signs in, and reads nothing. */
function toSignIn(title: string, signIn: unknown): Profile {
  const item = { row: 'img', id: { attribute: 'src' }, original: [{ attribute: 'src' }] };
  return profileSchema.parse({ name: 'learned', title, signIn, item });
}

class ProfileLearner {
  readonly #host: string;

  constructor(
    private readonly order: LearnOrder,
    private readonly visit: SiteVisit,
    private readonly look: SiteLook,
  ) {
    this.#host = new URL(order.account.siteUrl).hostname;
    const { secrets } = visit;
    secrets.addPassword(order.credentials.password, []);
    secrets.addUnlessWords('the user name', order.credentials.username);
    for (const secret of order.recording?.secrets ?? []) secrets.addPassword(secret, []);
  }

  async learn(): Promise<LearnedProfile> {
    const { account, recording } = this.order;
    const robots = await robotsRules(account.siteUrl, this.look);
    this.look.obey(robots.isAllowed);
    const { title, rules, missing } =
      recording === undefined ? await this.#fromSite() : await this.#fromRecording(recording);
    const name = this.#host.replace(/[^a-z0-9]+/g, '-').replace(/^-+|-+$/g, '');
    const all = [...rules, ...robots.rules];
    return { name: name || 'album', title, url: account.siteUrl, rules: all, missing };
  }

  async #fromRecording(recording: Recording): Promise<LearnedPages & { title: string }> {
    const { account } = this.order;
    const learned = await learnRecording(recording, account, this.visit, this.look);
    return { ...learned, title: this.#host };
  }

  async #fromSite(): Promise<LearnedPages & { title: string }> {
    const { credentials, hasSession } = this.order;
    const first = await this.#firstPage();
    const hasAccount = credentials.username !== '' && credentials.password !== '';
    const signIn = hasSession
      ? [{ place: 'signIn', rule: { by: 'pasted' }, seenOn: 'the session that was given' }]
      : await signInRules(first, this.look, hasAccount);
    if (signIn === undefined) {
      const what =
        'signIn: the site asks for a sign-in, and no form for it was found. Sign in with a browser, and give its session (ALBUM_COOKIE or --cookies) or a recorded visit (--har)';
      return { rules: [], missing: [what], title: titleOf(first) };
    }
    const [{ rule } = { rule: { by: 'none' } }] = signIn;
    const isOpen = (rule as { by: string }).by === 'none';
    if (!isOpen && !hasAccount && !hasSession) {
      throw new UsageError([
        'The site asks for a sign-in: set ALBUM_USERNAME (or --username) and ALBUM_PASSWORD (or --password-stdin)',
      ]);
    }
    const { page, rules, missing } = isOpen
      ? { page: first, rules: [], missing: [] }
      : await this.#signedIn(first, rule);
    const learned = await learnAlbum(page, this.look);
    return {
      title: titleOf(page),
      rules: [...signIn, ...rules, ...learned.rules],
      missing: [...missing, ...learned.missing],
    };
  }

  /** The album's page for those who are signed out. */
  async #firstPage(): Promise<Page> {
    const { siteUrl } = this.order.account;
    const page = await this.look.page(siteUrl);
    if (page === undefined) {
      const why = this.look.refused.find(({ url }) => url === siteUrl)?.why;
      if (why !== undefined) throw new UsageError([`${siteUrl} was not requested: ${why}`]);
      throw this.look.failure ?? new UnreachableError(`${siteUrl} cannot be reached`);
    }
    const { status } = page;
    if (status >= 500 || status === 429) {
      throw new UnreachableError(`${siteUrl} answered ${status}. Try again later.`);
    }
    if (status >= 400 && status !== 401 && status !== 403) {
      throw new UsageError([
        `${siteUrl} answered ${status}. Open it with a browser, and copy the address from there`,
      ]);
    }
    return page;
  }

  /** Signs in, and finds out what proves it. */
  async #signedIn(signedOut: Page, rule: unknown): Promise<LearnedPages & { page: Page }> {
    const { siteUrl } = this.order.account;
    const proof = await this.visit.signIn(toSignIn(this.#host, rule));
    this.look.forget();
    const fetchPage = async (url: string) => {
      const page = await this.look.page(url);
      if (page !== undefined) return page;
      throw this.look.failure ?? new UnreachableError(`${url} cannot be reached`);
    };
    const { by } = rule as { by: string };
    if (by !== 'form') {
      const page = await fetchPage(siteUrl);
      return { page, rules: signedOutFor(by, page, signedOut), missing: [] };
    }
    const page = await pageSignedIn(siteUrl, proof, fetchPage);
    const { form } = rule as { form: string };
    if (page.document(form).length > 0) {
      throw new SignInError(
        `${this.#host} shows the sign-in form again: the user name or the password is wrong, or the sign-in needs a person.`,
      );
    }
    const proved = proofRules(page, signedOut);
    const missing =
      proved.length > 0 ? [] : ['signIn.proof: nothing was seen that only the signed-in see'];
    const start: LearnedRule[] =
      page.requestedUrl === siteUrl
        ? []
        : [
            {
              place: 'listing.start',
              rule: pathOf(page.requestedUrl),
              seenOn: 'where signing in led to',
            },
          ];
    return { page, rules: [...proved, ...signedOutRules(page, signedOut), ...start], missing };
  }
}

function signedOutFor(by: string, page: Page, signedOut: Page): LearnedRule[] {
  return by === 'pasted' ? signedOutRules(page, signedOut) : [];
}

function pathOf(address: string): string {
  const { pathname, search } = new URL(address);
  return `${pathname}${search}`;
}
