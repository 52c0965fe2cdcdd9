import type { CheerioCrawlingContext } from '@crawlee/cheerio';
import type { ListedPhoto } from '../photo.js';
import { furthestLink, type ListingPage, readListing } from '../profile/read-listing.js';
import { imageRequest, listingRequest } from './requests.js';
import type { RunContext } from './run-context.js';
import { SessionEndedError } from './site-session.js';
import type { Step } from './walks.js';

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
  const listing = await fetchedListing(context, run, page);
  const photos = listing.photos.map((photo) => ({ ...photo, page }));
  await enqueueOriginals(context, run, photos);
  if (listing.rows > 0) await run.album.writeListingPage(page, photos);

  const step = run.walks.page(walk, page, {
    keys: photos.map((photo) => photo.key),
    rows: listing.rows,
    unreadable: listing.unreadable,
    furthestLink: furthestLink(
      context.$,
      context.request.loadedUrl ?? context.request.url,
      run.profile,
    ),
  });
  run.progress.pages += 1;
  run.progress.walk = run.walks.number;
  run.progress.listed = Math.max(run.progress.listed, run.walks.listed);
  await goOn(context, run, step, page);
}

async function goOn(
  { addRequests }: CheerioCrawlingContext,
  run: RunContext,
  step: Step,
  page: number,
): Promise<void> {
  if (step !== 'next page') await run.album.endListing(run.walks.lastPage);
  if (step === 'settled' || step === 'restless') {
    run.walked = step;
    return;
  }
  const next = {
    run: run.run,
    walk: run.walks.number,
    page: step === 'next walk' ? 1 : page + 1,
  };
  await addRequests([listingRequest(run.profile, run.siteUrl, next)], { forefront: true });
}

async function fetchedListing(
  { $, request, response, contentType }: CheerioCrawlingContext,
  { profile, session, walks }: RunContext,
  page: number,
): Promise<ListingPage> {
  const { statusCode = 0 } = response;
  const pastTheEnd = page > 1 && (statusCode === 404 || statusCode === 410);
  if (pastTheEnd) return { rows: 0, photos: [], unreadable: [] };
  if (statusCode === 429 || statusCode >= 500) throw new Error(`the site answered ${statusCode}`);
  if (typeof $ !== 'function') throw new Error(`it is no page, but ${contentType.type}`);
  if (session.isSignedOut($)) {
    await session.renew(request.userData.session as number);
    throw new SessionEndedError();
  }
  if (statusCode >= 400) throw new Error(`the site answered ${statusCode}`);
  session.confirm();
  const listing = readListing($, request.loadedUrl ?? request.url, profile);
  const { mark } = profile.listing;
  if (listing.rows === 0 && walks.listed === 0 && mark !== undefined && $(mark).length === 0) {
    throw new Error(
      `it is no page of the album: it shows neither a photo nor what pages of the album show (${mark})`,
    );
  }
  const { looksLike } = profile.item;
  const alike = listing.rows === 0 && looksLike !== undefined ? $(looksLike).length : 0;
  if (alike > 0) {
    throw new Error(
      `not one photo was recognised (looked for: ${profile.item.row}), though ${alike} items look like photos (${looksLike}); the site may have changed`,
    );
  }
  return listing;
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
