import type { IncomingMessage } from 'node:http';
import {
  CheerioCrawler,
  type CheerioCrawlerOptions,
  type CheerioCrawlingContext,
  type Configuration,
  type PlainResponse,
  type Request,
  RetryRequestError,
} from '@crawlee/cheerio';
import { EscapeError } from '../errors.js';
import type { Page } from '../page/page.js';
import type { PageAnswer } from '../page/read-page.js';
import { posting } from '../page/reading-request.js';
import type { AlbumCrawlingContext } from './album-crawling-context.js';
import { readingRequestFor } from './reading-request-for.js';
import { crawlRequestSchema, requestSchemas } from './requests.js';
import type { RunContext } from './run-context.js';

interface AlbumCrawlerOptions extends Omit<CheerioCrawlerOptions, 'requestHandler'> {
  requestHandler(context: AlbumCrawlingContext): PromiseLike<void> | void;
}

/** Crawlee's crawler, with this project's way to read a page and to end a run. */
export class AlbumCrawler extends CheerioCrawler {
  readonly #handle: (context: CheerioCrawlingContext) => PromiseLike<void> | void;

  /** @param context what the run's handlers work with */
  constructor(
    private readonly context: RunContext,
    { requestHandler, ...options }: AlbumCrawlerOptions,
    configuration: Configuration,
  ) {
    // What makes a context of Crawlee's one of the album is added below, before the handler runs.
    const handle = (context: CheerioCrawlingContext) =>
      requestHandler(context as AlbumCrawlingContext);
    super({ ...options, requestHandler: handle }, configuration);
    this.#handle = handle;
  }

  /**
   * Fetches and handles a request. An EscapeError ends the run, and what fails while the run is
   * ending goes back into the queue, uncounted.
   */
  protected override async _runRequestHandler(context: CheerioCrawlingContext): Promise<void> {
    const { control, session } = this.context;
    const page = this.#landedPage(context.request);
    Object.assign(context, { generation: session.generation, page });
    try {
      // Crawlee's own way does no more for it than to set one more timeout, which none needs.
      if (page !== undefined || context.request.skipNavigation) await this.#handle(context);
      else await super._runRequestHandler(context);
    } catch (error) {
      if (error instanceof EscapeError) control.stop(error);
      if (control.cause !== undefined) throw new RetryRequestError('the run is ending');
      throw error;
    }
  }

  /** The page of a request, where it was fetched to sign in. */
  #landedPage(request: Request): Page | undefined {
    if (request.label !== 'LISTING') return undefined;
    const { place } = requestSchemas.LISTING.parse(request.userData);
    const { url, body } = readingRequestFor(place, this.context);
    return body === undefined ? this.context.session.takeLanded(url) : undefined;
  }

  /**
   * Fetches the page of a request. Crawlee's own way loads got-scraping first, whose browser's headers
   * and HTTP/2 no run uses.
   */
  protected override async _requestFunction({ request }: { request: Request }) {
    const { label, url, userData } = crawlRequestSchema.parse(request);
    const reading = label === 'LISTING' ? readingRequestFor(userData.place, this.context) : { url };
    const { stream, ...answer } = await this.context.client.stream({ url, ...posting(reading) });
    return Object.assign(stream, answer) as unknown as PlainResponse;
  }

  /**
   * Reads an answer as a page, whatever its status and type. Crawlee's own `_parseHTML` gets text
   * that was decoded by the header alone, and only for the types that Crawlee knows.
   */
  protected override async _parseResponse(
    { url }: Request,
    response: IncomingMessage & PageAnswer,
  ) {
    const page = await this.context.client.read(url, response, response);
    return {
      page,
      isXml: false,
      response,
      contentType: { type: page.type, encoding: 'utf8' as const },
    };
  }
}
