import type { ListedPhoto } from '../album/photo.js';
import type { ListedSource, UnsavedPhoto } from '../album/photo-sources.js';
import type { Secrets } from '../album/secrets.js';
import type { Page } from '../page/page.js';
import { areListedAsJson, atLevel } from '../profile/levels.js';
import type { ListedItem } from '../profile/listed-item.js';
import { nextPage, pageOrder } from '../profile/next-page.js';
import { OpenPage } from '../profile/open-page.js';
import { emptyListing, type ListingPage, readListing } from '../profile/read-listing.js';
import type { Profile } from '../profile/schema.js';
import { readingRequest } from '../profile/site-addresses.js';
import type { Walked } from '../walk/album-walks.js';
import { keyDigest } from '../walk/key-digest.js';
import { testify } from '../walk/testify.js';
import type { WalkPlace } from '../walk/walk-place.js';
import type { WalkedPage } from '../walk/walked-page.js';
import { isPastTheEnd } from './past-the-end.js';
import { readingRequestFor } from './reading-request-for.js';
import {
  type CrawlRequest,
  detailRequest,
  type HandlerContext,
  imageRequest,
  type LabelledRequest,
  listingRequest,
} from './requests.js';
import { readWithRetries } from './retry-page.js';
import type { RunContext } from './run-context.js';

/** Statuses by which a page that another one links to is gone. */
const goneStatuses = [403, 404, 410];

/** Statuses of pages that are there, and not for everyone. */
const refusals = [401, 403, 451];

type AddRequests = HandlerContext<'LISTING'>['addRequests'];

/**
 * LISTING: reads one page of thumbnails, puts the originals not saved yet into the queue, and then
 * what comes next, ahead of them: the next page, the next walk, or nothing.
 */
export async function handleListing(
  { request, page, generation, addRequests }: HandlerContext<'LISTING'>,
  run: RunContext,
): Promise<void> {
  const { place } = request.userData;
  const again = await run.shown.find(place, page);
  let shown = again?.shown;
  if (run.walks.number === 1) run.progress.alreadyHad += again?.savedBefore ?? 0;
  // One that is refused may be refused for another reason this time.
  if (shown === undefined || page.status >= 400) {
    const isEnd = await isPastTheEnd(page, place, generation, run);
    if (!isEnd) await run.session.requireSignedIn(page, generation);
    const listing = isEnd ? pastTheEnd : listingOf;
    shown ??= await readAndStore(page, listing(page, run, place), place, run, addRequests);
  }
  run.session.confirm();
  const walked = run.walks.addPage(place, shown);
  run.progress.pages += 1;
  run.progress.walk = run.walks.number;
  run.progress.listed = Math.max(run.progress.listed, run.walks.listed);
  await enqueueNext(walked, run, addRequests);
}

/** Reads a page, stores what it lists, puts its originals into the queue, and stores what it shows. */
async function readAndStore(
  page: Page,
  { photos: items, others, title, parts, unreadable, ...read }: ListingPage,
  place: WalkPlace,
  run: RunContext,
  addRequests: AddRequests,
): Promise<WalkedPage> {
  const { secrets } = run;
  run.shown.begin(place);
  const listed = listedSources({ photos: items, title }, page, place, secrets);
  const photos = listed.map(({ photo }) => photo);
  await run.album.listing.write(place.page, photos);
  await enqueueOriginals(listed, run, addRequests);
  let snapshot: string | undefined;
  if (read.rows > 0) {
    const { url: address, text: html } = page;
    snapshot = await run.album.listing.keep(place.page, { address, html, secrets });
  }
  const testimony = page.status < 400 ? testify(page, parts, place, items) : undefined;
  const shown = {
    ...secrets.hideIn({ ...read, testimony }),
    isRefused: refusals.includes(page.status),
    unreadable: unreadable.map((problem) => secrets.hideInMessage(problem)),
    keys: photos.map(({ key }) => keyDigest(key)),
    others: others.map(keyDigest),
  };
  await run.shown.note(place, page, shown, photos, snapshot);
  return shown;
}

/**
 * Reads a page of this run again, outside of any walk, for the addresses of today.
 *
 * @returns the keys of the photos that it lists
 * @throws Error where the page cannot be read
 */
export async function readAddresses(number: number, run: RunContext): Promise<ReadonlySet<string>> {
  const place = run.shown.placeOf(number);
  if (place === undefined) throw new Error('the album no longer has the page that listed it');
  const { client, session, album } = run;
  const sources = await readWithRetries(async () => {
    const { generation } = session;
    const page = await client.fetchPage(readingRequestFor(place, run));
    await session.requireSignedIn(page, generation);
    return listedSources(listingOf(page, run, place), page, place, run.secrets);
  }, run);
  session.confirm();
  await album.sources.putListed(sources.filter(({ photo }) => !album.photos.isSaved(photo.key)));
  return new Set(sources.map(({ photo }) => photo.key));
}

async function enqueueNext(
  { step, place }: Walked,
  run: RunContext,
  addRequests: AddRequests,
): Promise<void> {
  if (step !== 'next page') {
    await run.album.listing.endAt(run.walks.lastPage);
    run.shown.forgetAfter(run.walks.lastPage);
  }
  if (step === 'settled' || step === 'keeps changing') {
    run.walked = step;
    // What an earlier run left undone and the site no longer lists is tried at its last known address.
    for (const photos of run.album.sources.unlisted()) {
      await addRequests(photos.map((photo) => photoRequest(photo, run)));
    }
  }
  if (place === undefined) return;
  await addRequests([placeRequest(run, place)], { forefront: true });
}

/** The request for the page at a place of a walk. */
export function placeRequest(
  { runId, profile }: RunContext,
  place: WalkPlace,
): LabelledRequest<'LISTING'> {
  const { url } = readingRequest(atLevel(profile, place.level), place.url);
  return listingRequest(url, runId, place);
}

/** The number after this one is tried too: one page without photos may be a mistake. */
function pastTheEnd(page: Page, run: RunContext, place: WalkPlace): ListingPage {
  return { ...emptyListing(), next: nextOf(page, atLevel(run.profile, place.level), place) };
}

/** The page after one that shows nothing. */
function nextOf(page: Page, profile: Profile, place: WalkPlace): string | undefined {
  return nextPage(new OpenPage(page, undefined), profile, place);
}

function listingOf(page: Page, run: RunContext, place: WalkPlace): ListingPage {
  const profile = atLevel(run.profile, place.level);
  if (goneStatuses.includes(page.status) && place.page > 1) {
    const unreadable = [`the site answered ${page.status}`];
    // The windows after one that is refused have addresses of their own.
    const next = pageOrder(profile) === 'windows' ? nextOf(page, profile, place) : undefined;
    return { ...emptyListing(), unreadable, next };
  }
  if (page.status >= 400) throw new Error(`the site answered ${page.status}`);
  if (!page.isHtml && !areListedAsJson(profile)) {
    throw new Error(`the site sent ${page.type} where a web page was expected`);
  }
  const albumUrl = run.secrets.reveal(place.albumUrl);
  return readListing(page, profile, { ...place, albumUrl });
}

/** A page's photos as they are stored: secrets are hidden, but in what a photo is known by for ever. */
function listedSources(
  { photos, title }: Pick<ListingPage, 'photos' | 'title'>,
  page: Page,
  place: WalkPlace,
  secrets: Secrets,
): ListedSource[] {
  const own = title === undefined ? [] : [secrets.hide(title)];
  const titles = place.titles.length > 0 ? place.titles : own;
  // What lists the photos as JSON is no page: a browser shows them on the page that loads it.
  const referrer = page.isHtml ? secrets.hide(page.url) : place.url;
  return secrets.hideIn(photos).map((hidden, index) => {
    const { id, key, version } = photos[index] ?? hidden;
    const item = { ...hidden, id, key, ...(version !== undefined && { version }) };
    return listedSource(item, { ...place, titles }, referrer);
  });
}

/** A photo as it is stored, with its original's address where the row names exactly one. */
function listedSource(
  { originals, detailUrl, kind, instead, ...item }: ListedItem & { position: number },
  { page, titles }: WalkPlace,
  referrer: string,
): ListedSource {
  const found = originals.filter((original) => original !== null);
  const [originalUrl, ...others] = detailUrl === undefined ? found : [];
  const photo: ListedPhoto = {
    ...item,
    page,
    ...(originalUrl !== undefined && others.length === 0 && { originalUrl }),
    ...(titles.length > 0 && { album: titles }),
  };
  return {
    photo,
    originals,
    referrer,
    ...(detailUrl !== undefined && { detailUrl }),
    ...(kind !== undefined && { kind }),
    ...(instead !== undefined && { instead }),
  };
}

async function enqueueOriginals(
  listed: readonly ListedSource[],
  run: RunContext,
  addRequests: AddRequests,
): Promise<void> {
  const { album, runId, progress, walks } = run;
  const saved = album.photos.savedAmong(
    runId,
    listed.map(({ photo }) => photo.key),
  );
  const wanted = listed.filter(({ photo }) => !saved.has(photo.key));
  if (walks.number === 1) {
    progress.alreadyHad += listed.filter(({ photo }) => saved.get(photo.key)?.beforeRun).length;
  }
  if (wanted.length === 0) return;
  await album.sources.putListed(wanted);
  await addRequests(
    wanted.map(({ photo: { key }, detailUrl }) => photoRequest({ key, detailUrl }, run)),
  );
}

/** The request that a photo begins with: for its own page, or for its original. */
function photoRequest(
  { key, detailUrl }: UnsavedPhoto,
  { album, runId }: RunContext,
): CrawlRequest {
  return detailUrl === undefined
    ? imageRequest(key, album.photos.failuresBefore(runId, key))
    : detailRequest(key, runId);
}
