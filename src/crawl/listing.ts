import type { ListedPhoto } from '../album/photo.js';
import type { Page } from '../page/page.js';
import { isJsonPath } from '../profile/json-path.js';
import type { ListedItem } from '../profile/listed-item.js';
import { nextPage } from '../profile/next-page.js';
import { OpenPage } from '../profile/open-page.js';
import { emptyListing, type ListingPage, readListing } from '../profile/read-listing.js';
import { listingFile } from '../profile/site-addresses.js';
import type { Walked } from '../walk/album-walks.js';
import { keyDigest } from '../walk/key-digest.js';
import { testify } from '../walk/page-testimony.js';
import type { WalkPlace } from '../walk/walk-place.js';
import type { WalkedPage } from '../walk/walked-page.js';
import { isPastTheEnd } from './past-the-end.js';
import {
  type CrawlRequest,
  detailRequest,
  type HandlerContext,
  imageRequest,
  type LabelledRequest,
  listingRequest,
} from './requests.js';
import type { RunContext } from './run-context.js';

/** Statuses by which a page that another one links to is gone. */
const goneStatuses = [403, 404, 410];

type AddRequests = HandlerContext<'LISTING'>['addRequests'];

/** A photo of a page, with the row that it was read from. */
interface Found {
  photo: ListedPhoto;
  item: ListedItem;
}

/**
 * LISTING: reads one page of thumbnails, puts the originals not saved yet into the queue, and then
 * what comes next, ahead of them: the next page, the next walk, or nothing.
 */
export async function handleListing(
  { request, page, generation, addRequests }: HandlerContext<'LISTING'>,
  run: RunContext,
): Promise<void> {
  const { place } = request.userData;
  const isEnd = await isPastTheEnd(page, place, generation, run);
  if (!isEnd) await run.session.requireSignedIn(page, generation);
  const listing = () => (isEnd ? pastTheEnd(page, run, place) : listingOf(page, run, place));
  const shown =
    run.shown.find(place, page.text) ??
    (await readAndStore(page, listing(), place, run, addRequests));
  run.session.confirm();
  const walked = run.walks.addPage(place, shown);
  run.progress.pages += 1;
  run.progress.walk = run.walks.number;
  run.progress.listed = Math.max(run.progress.listed, run.walks.listed);
  await enqueueNext(walked, run, addRequests);
}

/** Reads a page, puts its originals into the queue, and stores what it shows. */
async function readAndStore(
  page: Page,
  { photos, sources, ...listing }: ListingPage,
  place: WalkPlace,
  run: RunContext,
  addRequests: AddRequests,
): Promise<WalkedPage> {
  const found = photos.map((item) => ({ item, photo: listedPhoto(item, place) }));
  // What lists the photos as JSON is no page: a browser shows them on the page that loads it.
  const referrer = page.isHtml ? page.url : place.url;
  await enqueueOriginals(found, referrer, run, addRequests);
  await run.album.writeListingPage(
    place.page,
    found.map(({ photo }) => photo),
  );
  if (listing.rows > 0) {
    const { url: address, text: html } = page;
    await run.album.keepPage(place.page, { address, html, secrets: await run.secrets() });
  }
  const testimony = page.status < 400 ? testify(page, sources, place, found.length) : undefined;
  const shown = { ...listing, testimony, keys: found.map(({ photo }) => keyDigest(photo.key)) };
  run.shown.note(place, page.text, shown);
  return shown;
}

async function enqueueNext(
  { step, place }: Walked,
  run: RunContext,
  addRequests: AddRequests,
): Promise<void> {
  if (step !== 'next page') {
    await run.album.endListing(run.walks.lastPage);
    run.shown.forgetAfter(run.walks.lastPage);
  }
  if (step === 'settled' || step === 'keeps changing') run.walked = step;
  if (place === undefined) return;
  await addRequests([placeRequest(run, place)], { forefront: true });
}

/** The request for the page at a place of a walk. */
export function placeRequest(
  { runId, profile }: RunContext,
  place: WalkPlace,
): LabelledRequest<'LISTING'> {
  return listingRequest(listingFile(profile, place.url), runId, place);
}

/** The number after this one is tried too: one page without photos may be a mistake. */
function pastTheEnd(page: Page, { profile }: RunContext, place: WalkPlace): ListingPage {
  return { ...emptyListing(), next: nextPage(new OpenPage(page, undefined), profile, place) };
}

function listingOf(page: Page, run: RunContext, place: WalkPlace): ListingPage {
  const { profile } = run;
  if (goneStatuses.includes(page.status) && place.page > 1) {
    return { ...emptyListing(), unreadable: [`the site answered ${page.status}`] };
  }
  if (page.status >= 400) throw new Error(`the site answered ${page.status}`);
  if (!page.isHtml && !isJsonPath(profile.item.row)) {
    throw new Error(`the site sent ${page.type} where a web page was expected`);
  }
  return readListing(page, profile, place);
}

/** A photo as it is stored, with its original's address where the row names exactly one. */
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
  found: readonly Found[],
  referrer: string,
  { album: { photos }, runId, progress, walks }: RunContext,
  addRequests: AddRequests,
): Promise<void> {
  const wanted = found.filter(({ photo }) => !photos.isSaved(photo.key));
  if (walks.number === 1) {
    progress.alreadyHad += found.filter(({ photo }) =>
      photos.wasSavedBefore(runId, photo.key),
    ).length;
  }
  const requests = wanted.flatMap(({ photo, item: { originals, detailUrl } }): CrawlRequest[] => {
    const failures = photos.failuresBefore(runId, photo.key);
    if (detailUrl !== undefined) return [detailRequest(detailUrl, photo, originals, failures)];
    const [best, ...others] = candidates(originals);
    return best === undefined ? [] : [imageRequest(photo, [best, ...others], failures, referrer)];
  });
  if (requests.length > 0) await addRequests(requests);
}
