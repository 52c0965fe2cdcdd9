import { totalmem } from 'node:os';
import {
  type CheerioCrawler,
  Configuration,
  createCheerioRouter,
  EventManager,
  KeyValueStore,
  Log,
  Logger,
  LogLevel,
  type RequestProvider,
} from '@crawlee/cheerio';
import { CrawleeStorageClient } from '../storage/crawlee-storage-client.js';
import { plainText } from '../text/plain-text.js';
import { AlbumCrawler } from './album-crawler.js';
import type { AlbumCrawlingContext } from './album-crawling-context.js';
import { handleDetail } from './detail.js';
import { handleFailed } from './failed-request.js';
import { handleImage } from './image.js';
import { handleListing } from './listing.js';
import { handleLogin } from './login.js';
import { crawlRequestSchema, requestSchemas } from './requests.js';
import type { RunContext } from './run-context.js';

/** Ten days, for no limit: Crawlee's limits would count the waiting for a slot too. */
const noLimitSeconds = 10 * 24 * 3600;

/** Crawlee's event manager, without its check of all processes of the machine once a second. */
class QuietEvents extends EventManager {}

// Crawlee asks for a storage by the name of its class, and the build renames classes that use theirs. To
// have it keep all names costs a call for each function that is made.
Object.defineProperty(KeyValueStore, 'name', { value: 'KeyValueStore' });

/** Crawlee's configuration for one run. */
export function crawleeConfiguration(): Configuration {
  const configuration = new Configuration({
    purgeOnStart: false,
    eventManager: new QuietEvents(),
    // Else Crawlee asks the system, through another process; nothing depends on it.
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

function createRouter(run: RunContext) {
  const router = createCheerioRouter<AlbumCrawlingContext, typeof requestSchemas>(requestSchemas);
  router.addHandler('LOGIN', (context) => handleLogin(context, run));
  router.addHandler('LISTING', (context) => handleListing(context, run));
  router.addHandler('DETAIL', (context) => handleDetail(context, run));
  router.addHandler('IMAGE', (context) => handleImage(context, run));
  return router;
}

/**
 * The crawler, with all of Crawlee's options in one place.
 *
 * @param run what the handlers work with
 * @param concurrency requests at once
 * @param configuration Crawlee's own
 * @param log where Crawlee's own log goes
 */
export function createCrawler(
  run: RunContext,
  concurrency: number,
  configuration: Configuration,
  log: Log,
): CheerioCrawler {
  // RequestSlots limits the requests under way: the pool starts above that, and stays there.
  const atOnce = concurrency + run.place.mostOnTheirWay;
  return new AlbumCrawler(
    run,
    {
      requestHandler: createRouter(run),
      failedRequestHandler: ({ request, addRequests }, error) =>
        handleFailed(crawlRequestSchema.parse(request), error, run, (next) =>
          addRequests([next], { forefront: true }),
        ),
      log,
      // Crawlee 3.18 documents an option `requestManager` and refuses it when it runs; a queue it
      // takes by its verbs, and uses it as the manager.
      requestQueue: run.queue as unknown as RequestProvider,
      minConcurrency: atOnce,
      maxConcurrency: atOnce,
      autoscaledPoolOptions: {
        // How busy the machine was counts for nothing in a pool of one size, and is asked for each request.
        systemStatusOptions: { currentHistorySecs: 0.001 },
      },
      // SiteCookies keeps the cookies: Crawlee's sessions retire on errors and are written to disk.
      useSessionPool: false,
      // Statistics would be written to the storage.
      statisticsOptions: { persistenceOptions: { enable: false } },
      // A page may come as JSON, or without a type.
      additionalMimeTypes: ['*/*'],
      // The clients have limits of their own.
      navigationTimeoutSecs: noLimitSeconds,
      requestHandlerTimeoutSecs: noLimitSeconds,
      // The retry policy is this project's: see http/retry-policy.ts.
      maxRequestRetries: 0,
      // Crawlee takes a reset connection for a proxy's fault and would retry ten times at once.
      maxSessionRotations: 0,
    },
    configuration,
  );
}
