import { totalmem } from 'node:os';
import {
  CheerioCrawler,
  type CheerioCrawlingContext,
  Configuration,
  createCheerioRouter,
  EventManager,
  Log,
  Logger,
  LogLevel,
  type RequestProvider,
  RetryRequestError,
} from '@crawlee/cheerio';
import { EscapeError } from '../errors.js';
import type { PageClient } from '../http/page-client.js';
import { CrawleeStorageClient } from '../storage/crawlee-storage-client.js';
import { plainText } from '../text/plain-text.js';
import { handleDetail } from './detail.js';
import { handleFailed } from './failed-request.js';
import { handleImage } from './image.js';
import { handleListing } from './listing.js';
import { handleLogin } from './login.js';
import type { RequestManager } from './request-manager.js';
import { type CrawlRequest, requestSchemas } from './requests.js';
import type { RunContext } from './run-context.js';

/**
 * Limits are the clients' own. Crawlee's would count the waiting for a slot too, which takes as long
 * as the downloads that hold it: ten days are no limit.
 */
const noLimitSeconds = 10 * 24 * 3600;
/**
 * Photos that may be on their way to the disk, while as many requests as are allowed are under way:
 * enough that these go on while the disk syncs, and few enough to be fetched again after a kill.
 */
const settling = 8;
/** Often enough for what nobody looks at. */
const seldomSeconds = 3600;

/** Crawlee's event manager without its look at all processes of the machine, once a second. */
class QuietEvents extends EventManager {}

/** Crawlee's configuration for one run. */
export function crawleeConfiguration(): Configuration {
  const configuration = new Configuration({
    purgeOnStart: false,
    eventManager: new QuietEvents(),
    // Asked of the system otherwise, through another process; nothing depends on it.
    memoryMbytes: Math.floor(totalmem() / 2 ** 20),
  });
  configuration.useStorageClient(new CrawleeStorageClient());
  return configuration;
}

class LineLogger extends Logger {
  constructor(private readonly write: (line: string) => void) {
    super({});
  }

  override _log(level: LogLevel, message: string, data?: unknown): void {
    const details = data === undefined ? '' : ` ${JSON.stringify(data)}`;
    this.write(plainText(`crawlee ${LogLevel[level]}: ${message}${details}`, 2000));
  }
}

/** Crawlee's log, sent line by line to `write`, or nowhere. */
export function crawleeLog(write: ((line: string) => void) | undefined): Log {
  return new Log({
    level: write === undefined ? LogLevel.OFF : LogLevel.DEBUG,
    logger: new LineLogger(write ?? (() => undefined)),
  });
}

/**
 * The crawler, with all of Crawlee's options in one place.
 *
 * @param run what the handlers work with
 * @param concurrency requests at once
 * @param client the HTTP client for pages
 * @param configuration Crawlee's own
 * @param log where Crawlee's own log goes
 * @param queue the request queue, which outlives the run
 */
export function createCrawler(
  run: RunContext,
  concurrency: number,
  client: PageClient,
  configuration: Configuration,
  log: Log,
  queue: RequestManager,
): CheerioCrawler {
  /** Puts requests back, unharmed, when the run is ending; an EscapeError is what ends it. */
  const guarded =
    (handler: (context: CheerioCrawlingContext, run: RunContext) => Promise<void>) =>
    async (context: unknown): Promise<void> => {
      try {
        await handler(context as CheerioCrawlingContext, run);
      } catch (error) {
        if (error instanceof EscapeError) run.control.stop(error);
        if (run.control.cause !== undefined) throw new RetryRequestError('the run is ending');
        throw error;
      }
    };

  const router = createCheerioRouter(requestSchemas);
  router.addHandler('LOGIN', guarded(handleLogin));
  router.addHandler('LISTING', guarded(handleListing));
  router.addHandler('DETAIL', guarded(handleDetail));
  router.addHandler('IMAGE', guarded(handleImage));

  return new CheerioCrawler(
    {
      requestHandler: router,
      // So that a page that comes signed out is told from one of a session before.
      preNavigationHooks: [
        ({ request }) => {
          request.userData.session = run.session.generation;
        },
      ],
      // Crawlee 3.18 documents an option `requestManager` and refuses it when it runs; a queue it
      // takes by its verbs, and uses it as the manager.
      requestQueue: queue as unknown as RequestProvider,
      httpClient: client,
      log,
      // How many requests are under way is held by RequestSlots: the pool begins above that, and
      // stays there.
      minConcurrency: concurrency + settling,
      maxConcurrency: concurrency + settling,
      autoscaledPoolOptions: {
        loggingIntervalSecs: null,
        maybeRunIntervalSecs: 0.05,
        // The load of the system is not asked for where the number of downloads does not hang on it.
        snapshotterOptions: {
          eventLoopSnapshotIntervalSecs: seldomSeconds,
          clientSnapshotIntervalSecs: seldomSeconds,
        },
      },
      // Cookies are kept by the run's own SiteCookies: Crawlee's sessions retire on errors and are
      // written to disk.
      useSessionPool: false,
      statisticsOptions: { persistenceOptions: { enable: false } },
      statusMessageLoggingInterval: noLimitSeconds,
      ignoreSslErrors: false,
      additionalMimeTypes: ['*/*'],
      navigationTimeoutSecs: noLimitSeconds,
      requestHandlerTimeoutSecs: noLimitSeconds,
      // Pages are retried by retryPage, with growing pauses and ahead of originals; originals by
      // their handler.
      maxRequestRetries: 0,
      // Crawlee takes a reset connection for a proxy's fault and would ask ten times more at once.
      maxSessionRotations: 0,
      errorHandler: ({ request }) => {
        if (run.control.cause === undefined) return;
        request.retryCount -= 1;
        request.errorMessages.pop();
      },
      failedRequestHandler: ({ request, addRequests }, error) =>
        handleFailed(request as unknown as CrawlRequest, error, run, (next) =>
          addRequests([next], { forefront: true }),
        ),
    },
    configuration,
  );
}
