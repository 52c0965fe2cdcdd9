import type { CheerioCrawlingContext } from '@crawlee/cheerio';
import type { ListedPhoto } from '../album/photo.js';
import { isJsonPath } from '../profile/json-path.js';
import type { ListedItem } from '../profile/listed-item.js';
import { nextPage } from '../profile/next-page.js';
import { OpenPage } from '../profile/open-page.js';
import { type ListingPage, readListing } from '../profile/read-listing.js';
import { listingFile } from '../profile/site-addresses.js';
import type { Walked, WalkedPage, WalkPlace } from '../walk/album-walks.js';
import { crawledPage, type FetchedPage } from './fetched-page.js';
import { type CrawlRequest, detailRequest, imageRequest, listingRequest } from './requests.js';
import type { RunContext } from './run-context.js';

/** Answers that say that there is no such page. */
const goneStatuses = [403, 404, 410];

/** A photo of a page, and what is known of where its original is. */
interface Found {
  photo: ListedPhoto;
  item: ListedItem;
}

/**
 * LISTING: reads one page of thumbnails, puts the originals not saved yet into the queue, and then
 * what comes next, ahead of them: the next page, the next walk, or nothing.
 */
export async function handleListing(
  context: CheerioCrawlingContext,
  run: RunContext,
): Promise<void> {
  const { run: ofRun, place } = context.request.userData as { run: string; place: WalkPlace };
  if (ofRun !== run.run) return;
  const page = await crawledPage(context, run);
  const shown = run.shown.find(place, page.text) ?? (await takenIn(context, run, place, page));
  run.session.confirm();
  const walked = run.walks.take(place, shown);
  run.progress.pages += 1;
  run.progress.walk = run.walks.number;
  run.progress.listed = Math.max(run.progress.listed, run.walks.listed);
  await goOn(context, run, walked);
}

/** Reads a page, puts its originals into the queue, and keeps what it shows. */
async function takenIn(
  context: CheerioCrawlingContext,
  run: RunContext,
  place: WalkPlace,
  page: FetchedPage,
): Promise<WalkedPage> {
  const { photos, ...listing } = listingOf(page, run, place);
  const found = photos.map((item) => ({ item, photo: listedPhoto(item, place) }));
  await enqueueOriginals(context, run, found);
  await run.album.writeListingPage(
    place.page,
    found.map(({ photo }) => photo),
  );
  if (listing.rows > 0) {
    const { url: address, text: html } = page;
    await run.album.keepPage(place.page, { address, html, secrets: await run.secrets() });
  }
  const shown = { ...listing, keys: found.map(({ photo }) => photo.key) };
  run.shown.note(place, page.text, shown);
  return shown;
}

async function goOn(
  { addRequests }: CheerioCrawlingContext,
  run: RunContext,
  { step, place }: Walked,
): Promise<void> {
  if (step !== 'next page') {
    await run.album.endListing(run.walks.lastPage);
    run.shown.forgetBehind(run.walks.lastPage);
  }
  if (step === 'settled' || step === 'restless') run.walked = step;
  if (place === undefined) return;
  await addRequests([placeRequest(run, place)], { forefront: true });
}

/** The request for the page at a place of a walk. */
export function placeRequest({ run, profile }: RunContext, place: WalkPlace): CrawlRequest {
  return listingRequest(listingFile(profile, place.url), run, place);
}

const emptyPage: ListingPage = {
  rows: 0,
  photos: [],
  unreadable: [],
  albums: [],
  next: undefined,
  furthestLink: undefined,
};

function listingOf(page: FetchedPage, run: RunContext, place: WalkPlace): ListingPage {
  const { profile } = run;
  if (goneStatuses.includes(page.status) && place.page > 1) {
    const isPastTheEnd = profile.listing.next?.by === 'number' && place.number > 1;
    if (!isPastTheEnd) return { ...emptyPage, unreadable: [`the site answered ${page.status}`] };
    if (page.status !== 403) {
      return { ...emptyPage, next: nextPage(new OpenPage(page, undefined), profile, place) };
    }
  }
  if (page.status >= 400) throw new Error(`the site answered ${page.status}`);
  if (page.$ === undefined && !isJsonPath(profile.item.row)) {
    throw new Error(`it is no page, but ${page.type}`);
  }
  return readListing(page, profile, place);
}

/** A photo as it is recorded: where its original is, where the row says so for certain. */
function listedPhoto(
  { originals, detailUrl, ...item }: ListedItem & { position: number },
  { page, titles }: WalkPlace,
): ListedPhoto {
  const [originalUrl, ...others] = detailUrl === undefined ? candidates(originals) : [];
  return {
    ...item,
    page,
    ...(originalUrl !== undefined && others.length === 0 && { originalUrl }),
    ...(titles.length > 0 && { album: titles }),
  };
}

function candidates(originals: readonly (string | null)[]): string[] {
  return originals.filter((original) => original !== null);
}

async function enqueueOriginals(
  context: CheerioCrawlingContext,
  { album: { photos }, run, progress, walks }: RunContext,
  found: readonly Found[],
): Promise<void> {
  const wanted = found.filter(({ photo }) => !photos.isSaved(photo.key));
  if (walks.number === 1) {
    progress.alreadyHad += found.filter(({ photo }) =>
      photos.wasSavedBefore(run, photo.key),
    ).length;
  }
  const requests = wanted.flatMap(({ photo, item: { originals, detailUrl } }) => {
    const failures = photos.failuresBefore(run, photo.key);
    if (detailUrl !== undefined) return [detailRequest(detailUrl, photo, originals, failures)];
    const [best, ...others] = candidates(originals);
    return best === undefined ? [] : [imageRequest(photo, [best, ...others], failures)];
  });
  if (requests.length > 0) await context.addRequests(requests);
}
