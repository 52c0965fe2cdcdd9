import { UnreachableError } from '../errors.js';
import { asDownloadError, DownloadError, isBarred } from '../http/download-error.js';
import { plainText } from '../text/plain-text.js';
import { recordFailed } from './image.js';
import type { CrawlRequest, LabelledRequest } from './requests.js';
import { retryPage } from './retry-page.js';
import type { RunContext } from './run-context.js';

/** Puts a request ahead of what waits in the queue. */
type AddAhead = (request: CrawlRequest) => Promise<unknown>;

/**
 * Decides what becomes of a request whose handler failed: a page is tried again, a photo counts as
 * failed, and a site whose pages cannot be read ends the run.
 *
 * @param error why it failed
 */
export async function handleFailed(
  request: CrawlRequest,
  error: Error,
  run: RunContext,
  addAhead: AddAhead,
): Promise<void> {
  // The next run lists anew what this one leaves undone.
  if (run.control.cause !== undefined) return;
  const reason = plainText(run.secrets.hideInMessage(error.message));
  if (request.label === 'IMAGE') {
    const { photo } = run.album.sources.of(request.userData.key);
    await recordFailed(photo, reason, run);
    return;
  }
  if (request.label === 'DETAIL') noteFailure(request, error, run);
  const next = retryPage(request, error);
  if (next !== undefined) {
    await next.pause(run);
    await addAhead(next.request);
  } else if (request.label === 'DETAIL') {
    const { photo, detailUrl } = run.album.sources.of(request.userData.key);
    await recordFailed(photo, `its own page ${detailUrl} could not be read: ${reason}`, run);
  } else {
    const when = isBarred(error)
      ? 'then run the same command again'
      : 'run the same command again later';
    run.control.stop(
      new UnreachableError(
        `${request.url} could not be read: ${reason}. What was saved so far is safe; ${when}.`,
      ),
    );
  }
}

/** A photo's own page counts towards its host's failures as its original does. */
function noteFailure(
  { userData: { key } }: LabelledRequest<'DETAIL'>,
  error: Error,
  { album, authorization }: RunContext,
): void {
  const { detailUrl } = album.sources.of(key);
  if (detailUrl === undefined) return;
  const failure = asDownloadError(error);
  const kind = failure instanceof DownloadError ? failure.failure : 'answer';
  if (kind === 'lasting') authorization.answered(detailUrl);
  else if (kind !== 'barred') {
    authorization.failed(detailUrl, detailUrl, kind, plainText(error.message));
  }
}
