import { UnreachableError, UsageError } from '../errors.js';
import { adviceToRecord, isBuiltByScripts } from '../learn/advice-to-record.js';
import { learnRecording } from '../learn/har/learn-recording.js';
import type { Recording } from '../learn/har/read-recording.js';
import { type LearnedPages, learnAlbum } from '../learn/learn-album.js';
import { titleOf } from '../learn/page-title.js';
import { type RobotsRules, robotsRules } from '../learn/robots.js';
import { signInRules } from '../learn/sign-in-rule.js';
import type { SiteLook } from '../learn/site-look.js';
import type { LearnedProfile } from '../learn/write-profile.js';
import type { Page } from '../page/page.js';
import { type Finding, finding } from '../profile/examine-page.js';
import type { SiteVisit, VisitOrder } from '../visit/site-visit.js';
import { signInAndProve } from './sign-in-and-prove.js';

/** Requests to learn an album and to try what was learned, redirects and retries included. */
export const mostRequests = 60;
const firstDayUnknown: Finding = {
  ...finding(
    'first day',
    'the day of the oldest photo is not known: put it, or one before it, into listing.next.from',
  ),
  isWarning: true,
};

const robotsForbidAlbum =
  'does not let programs visit the album, or could not be had; you gave its address, so it was visited all the same';

/** What learning a profile needs. */
export interface LearnOrder extends VisitOrder {
  /** Whether the session of a browser is given, in place of an account. */
  hasSession: boolean;
  /** A visit that a person recorded. */
  recording?: Recording | undefined;
  /** Whether what the site's robots.txt forbids is requested too. */
  ignoresRobots?: boolean;
  /** Is told what makes it slow. */
  tell(line: string): void;
}

/** Finds out the rules of an album's profile, by looking at its site. */
export class ProfileLearner {
  /** What the person can do where something is missing; undefined where it has no more to say. */
  advice: string | undefined;
  readonly #host: string;
  readonly #notes: Finding[] = [];

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
    const robots = await this.#readRobots();
    const { title, rules, missing } =
      recording === undefined
        ? await this.#fromSite(robots)
        : await this.#fromRecording(recording, robots);
    const name = this.#host.replace(/[^a-z0-9]+/g, '-').replace(/^-+|-+$/g, '');
    const all = [...rules, ...robots.rules];
    return { name: name || 'album', title, url: account.siteUrl, rules: all, missing };
  }

  /** What was left out because of robots.txt, where something is missing. */
  missingByRobots({ missing }: LearnedProfile): string[] {
    const forbidden = this.look.refused.filter(({ isByRobots }) => isByRobots);
    const [first] = forbidden;
    if (missing.length === 0 || first === undefined) return [];
    return [
      `${forbidden.length} addresses were not requested, since robots.txt forbids them, such as ${first.url}. If you may save this album, learn it with --ignore-robots`,
    ];
  }

  /** What speaks against the profile, though no rule is missing. */
  doubts(): Finding[] {
    const failed = this.look.failures.map(({ url, error }) => ({
      ...finding('request', `${url} could not be read: ${error.reason}`),
      isWarning: true as const,
    }));
    const isGuess = this.order.recording?.seenDay !== undefined;
    return [...this.#notes, ...failed, ...(isGuess ? [firstDayUnknown] : [])];
  }

  async #readRobots(): Promise<RobotsRules> {
    const { account, tell } = this.order;
    const robots = await robotsRules(account.siteUrl, this.look);
    const { delay } = robots;
    if (delay !== undefined) {
      this.visit.spaceOut(delay);
      const minutes = Math.ceil((delay * mostRequests) / 60);
      tell(
        `robots.txt of ${this.#host} asks for ${delay} seconds between two requests: this may take ${minutes} minutes.`,
      );
    }
    return robots;
  }

  /**
   * Leaves alone from now on what robots.txt forbids. Where that is the album itself, it says nothing of
   * what belongs to the album: the person who gave its address asks for that, as with every other command.
   */
  #obey({ isAllowed }: RobotsRules): void {
    const { account, ignoresRobots } = this.order;
    if (ignoresRobots === true) return;
    if (isAllowed(account.siteUrl)) this.look.obey(isAllowed);
    else this.#notes.push(finding('robots.txt', robotsForbidAlbum));
  }

  async #fromRecording(
    recording: Recording,
    robots: RobotsRules,
  ): Promise<LearnedPages & { title: string }> {
    const { account } = this.order;
    this.#obey(robots);
    const learned = await learnRecording(recording, account, this.visit, this.look);
    return { ...learned, title: this.#host };
  }

  async #fromSite(robots: RobotsRules): Promise<LearnedPages & { title: string }> {
    const { credentials, hasSession, account } = this.order;
    const { siteUrl } = account;
    const first = await this.#firstPage();
    const hasAccount = credentials.username !== '' && credentials.password !== '';
    const signIn = hasSession
      ? [{ place: 'signIn', rule: { by: 'pasted' }, seenOn: 'the session that was given' }]
      : await signInRules(first, this.look, hasAccount);
    if (signIn === undefined) {
      const what =
        "signIn: the site asks for a sign-in, and no page of it has a form that works without the page's scripts";
      this.advice = `${adviceToRecord(siteUrl)} Or sign in with a browser, and give its session: ALBUM_COOKIE or --cookies.`;
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
      : await signInAndProve(first, rule, this.visit, this.look);
    this.#obey(robots);
    const learned = await learnAlbum(page, this.look);
    if (learned.rules.length === 0 && isBuiltByScripts(page)) {
      learned.missing.push('the page is written by its scripts, which are not run here');
      this.advice = adviceToRecord(siteUrl);
    }
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
      throw (
        this.look.failures.at(-1)?.error ?? new UnreachableError(`${siteUrl} cannot be reached`)
      );
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
}
