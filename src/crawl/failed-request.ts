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
  if (request.label === 'DETAIL') return handleFailedDetail(request, error, run, addAhead);
  if (run.control.cause !== undefined) return;
  const reason = plainText(run.secrets.hideInMessage(error.message));
  if (request.label === 'IMAGE') {
    await recordFailed(request.userData.photo, reason, run);
    return;
  }
  const next = retryPage(request, error);
  if (next === undefined) {
    const when = isBarred(error)
      ? 'then run the same command again'
      : 'run the same command again later';
    run.control.stop(
      new UnreachableError(
        `${request.url} could not be read: ${reason}. What was saved so far is safe; ${when}.`,
      ),
    );
    return;
  }
  await next.pause(run);
  await addAhead(next.request);
}

/** A photo's own page outlives the run: its next try is queued however the run ends. */
async function handleFailedDetail(
  request: LabelledRequest<'DETAIL'>,
  error: Error,
  run: RunContext,
  addAhead: AddAhead,
): Promise<void> {
  const reason = plainText(run.secrets.hideInMessage(error.message));
  noteFailure(request.url, error, run);
  const next = retryPage(request, error);
  if (next === undefined) {
    const failure = `its own page ${request.url} could not be read: ${reason}`;
    await recordFailed(request.userData.photo, failure, run);
    return;
  }
  await next.pause(run);
  await addAhead(next.request);
}

/** A photo's own page counts towards its host's failures as its original does. */
function noteFailure(url: string, error: Error, { authorization, control }: RunContext): void {
  if (control.dropped.aborted) return;
  const failure = asDownloadError(error);
  const kind = failure instanceof DownloadError ? failure.failure : 'answer';
  if (kind === 'lasting') authorization.answered(url);
  else if (kind !== 'barred') authorization.failed(url, url, kind, plainText(error.message));
}
