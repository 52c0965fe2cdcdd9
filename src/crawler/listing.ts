import { type CheerioCrawlingContext, RetryRequestError } from '@crawlee/cheerio';
import type { ListedPhoto } from '../photo.js';
import { type ListingPage, readListing } from '../profile/read-listing.js';
import { imageRequest, listingRequest } from './requests.js';
import type { RunContext } from './run-context.js';

interface ListingData {
  run: string;
  walk: number;
  page: number;
}

/**
 * LISTING: reads one page of thumbnails, puts the originals not saved yet into the queue, and then
 * what comes next, ahead of them: the next page, the next walk, or nothing.
 */
export async function handleListing(
  context: CheerioCrawlingContext,
  run: RunContext,
): Promise<void> {
  const { run: ofRun, walk, page } = context.request.userData as ListingData;
  if (ofRun !== run.run) return;
  const generation = run.session.generation;
  const listing = await fetchedListing(context, run, page, generation);

  const photos = listing.photos.map((photo) => ({ ...photo, page }));
  await enqueueOriginals(context, run, photos);
  if (photos.length > 0) await run.album.writeListingPage(page, photos);

  const step = run.walks.page(
    page,
    photos.map((photo) => photo.key),
    listing.rows,
    listing.unreadable.map((problem) => `page ${page}, ${problem}`),
  );
  run.progress.pages += 1;
  run.progress.walk = run.walks.number;
  run.progress.listed = Math.max(run.progress.listed, run.walks.listed);

  if (step === 'next page') {
    await context.addRequests(
      [listingRequest(run.profile, run.siteUrl, { run: run.run, walk, page: page + 1 })],
      { forefront: true },
    );
    return;
  }
  await run.album.endListing(page - 1);
  if (step === 'next walk') {
    await context.addRequests(
      [
        listingRequest(run.profile, run.siteUrl, {
          run: run.run,
          walk: run.walks.number,
          page: 1,
        }),
      ],
      { forefront: true },
    );
    return;
  }
  run.walked = step;
}

async function fetchedListing(
  { $, request, response }: CheerioCrawlingContext,
  { profile, session }: RunContext,
  page: number,
  generation: number,
): Promise<ListingPage> {
  const { statusCode = 0 } = response;
  if (session.isSignedOut($)) {
    await session.renew(generation);
    throw new RetryRequestError('the site had ended the session; signed in again');
  }
  session.confirm();
  const pastTheEnd = page > 1 && (statusCode === 404 || statusCode === 410);
  if (pastTheEnd) return { rows: 0, photos: [], unreadable: [] };
  if (statusCode >= 400) throw new Error(`the site answered ${statusCode}`);
  return readListing($, request.loadedUrl ?? request.url, profile);
}

async function enqueueOriginals(
  context: CheerioCrawlingContext,
  { ledger, progress, walks }: RunContext,
  photos: readonly ListedPhoto[],
): Promise<void> {
  const wanted = photos.filter((photo) => !ledger.isSaved(photo.key));
  if (walks.number === 1) {
    progress.alreadyHad += photos.filter((photo) => ledger.wasSavedBefore(photo.key)).length;
  }
  if (wanted.length === 0) return;
  await context.addRequests(
    wanted.map((photo) => imageRequest(photo, ledger.failuresBefore(photo.key))),
  );
}
