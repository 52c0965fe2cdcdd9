import { log as crawleesOwnLog } from '@crawlee/cheerio';
import { albumTally, type Tally } from '../album/counts.js';
import type { SharedFile } from '../album/photo-dataset.js';
import type { Secrets } from '../album/secrets.js';
import { EscapeError } from '../errors.js';
import { signInAddress } from '../profile/site-addresses.js';
import { collectOften } from '../v8-flags.js';
import type { CrawlOptions } from './crawl-options.js';
import { crawleeConfiguration, crawleeLog, createCrawler } from './crawler.js';
import { measureThumbnails } from './measure-thumbnails.js';
import { type OpenRun, openRun } from './open-run.js';
import { loginRequest } from './requests.js';
import type { RunControl } from './run-control.js';
import { findStandIns } from './stand-ins.js';

/** How a crawl ended. */
export interface CrawlReport {
  tally: Tally;
  /** Why it ended before its work was done, or undefined. */
  cause: EscapeError | undefined;
  /** Whether the album still changed from walk to walk when the last walk ended. */
  keepsChanging: boolean;
  /** The number of pages at which walking was given up, or undefined. */
  cutAt: number | undefined;
  /** Rows of the last walk that could not be read as photos, each in a sentence. */
  unreadable: readonly string[];
  /** What else speaks against the last walk having listed all photos, with what to do. */
  doubts: readonly string[];
  /** Whether the site itself says that the album has no photo. */
  saysEmpty: boolean;
  /** Files that the site sent in place of originals: see {@link findStandIns}. */
  standIns: readonly SharedFile[];
}

/**
 * Saves every original of an album that is not saved yet. After any end, the next call resumes.
 *
 * @throws what is unexpected; an expected early end is the report's `cause`
 */
export async function crawl(options: CrawlOptions): Promise<CrawlReport> {
  void options.originals.loaded.then(collectOften);
  const opened = await openRun(options);
  const { run } = opened;
  let standIns: readonly SharedFile[] = [];
  try {
    standIns = await saveAll(options, opened);
  } catch (error) {
    throw withoutSecrets(error, run.secrets);
  } finally {
    run.control.close();
    opened.close();
  }
  if (run.control.cause === undefined && run.walked === undefined) {
    throw new Error('the crawl ended without having walked the album to its end');
  }
  const tally = albumTally(run.album, run.runId);
  return {
    tally,
    cause: withoutSecrets(opened.outages.causeOfEnd(tally.failed + tally.pending > 0), run.secrets),
    keepsChanging: run.walked === 'keeps changing' && !run.walks.cut,
    cutAt: run.walks.cut ? run.profile.listing.mostPages : undefined,
    unreadable: run.walks.unreadable,
    doubts: run.walks.doubts,
    saysEmpty: run.walks.saysEmpty,
    standIns,
  };
}

/** Runs the crawler to its end, and looks at thumbnails. @returns what stands in place of originals */
async function saveAll(
  { profile, account, thumbnails: choice, verbose }: CrawlOptions,
  { run, concurrency, slots }: OpenRun,
): Promise<readonly SharedFile[]> {
  const { control, queue, secrets } = run;
  const log = crawleeLog(verbose && ((line) => verbose(secrets.hideInMessage(line))));
  crawleesOwnLog.setOptions(log.getOptions());
  const configuration = crawleeConfiguration();
  const crawler = createCrawler(run, concurrency, configuration, log);
  // Crawlee's pool looks for work when a handler has ended: a page has more to do when its originals are known.
  queue.onAdded(() => void crawler.autoscaledPool?.notify());
  control.onStop(() => {
    crawler.stop();
    slots.end(new Error('the run is ending'));
  });
  try {
    const signIn = loginRequest(signInAddress(profile, account), run.runId);
    await queue.addRequest(signIn, { forefront: true });
    // Crawlee forgets a stop that comes before it runs.
    if (control.cause === undefined) await crawler.run().catch(stopFor(control));
    const thumbnails = { choice, siteUrl: account.siteUrl, atOnce: concurrency };
    await measureThumbnails(run, thumbnails).catch(stopFor(control));
    await run.album.sources.removeSaved().catch(stopFor(control));
    return (await findStandIns(run, thumbnails).catch(stopFor(control))) ?? [];
  } finally {
    // Crawlee closes it only after a run has begun, and its timer keeps the process alive.
    await configuration.getEventManager().close();
    // The control outlives the crawl and would keep it in memory.
    control.onStop(() => undefined);
  }
}

/** Stops the run for an EscapeError, which the report then names; throws any other error. */
function stopFor(control: RunControl): (error: unknown) => void {
  return (error) => {
    if (!(error instanceof EscapeError)) throw error;
    control.stop(error);
  };
}

/** What the site says may be in an error, and a secret in that. */
function withoutSecrets<Problem>(error: Problem, secrets: Secrets): Problem {
  if (!(error instanceof Error)) return error;
  const { message, stack } = error;
  error.message = secrets.hideInMessage(message);
  if (stack !== undefined) error.stack = stack.replace(message, () => error.message);
  return error;
}
