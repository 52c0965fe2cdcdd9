import { pageAddress } from '../page/address.js';
import type { Page } from '../page/page.js';
import { albumLevels } from './album-levels.js';
import { type FoundListing, findListing } from './find-listing.js';
import { type LearnedWay, learnWay } from './learn-way.js';
import type { LearnedRule } from './learned-rule.js';
import { likelyWays } from './likely-ways.js';
import { markRules } from './mark-rule.js';
import { type OtherAlbum, otherAlbums } from './other-albums.js';
import { withForm, withOriginalsOf } from './other-forms.js';
import type { SiteLook } from './site-look.js';

/** What was learned of an album's pages. */
export interface LearnedPages {
  rules: LearnedRule[];
  /** In words, what could not be settled. */
  missing: string[];
}

/** How many frames of a page are looked at. */
const mostFrames = 4;

/**
 * Learns an album from its first page: descends into albums until a page lists photos, finds their
 * fields, and how pages lead to each other. Where a page has none, its frames are looked at.
 *
 * @param start the album's page, as its owner sees it
 */
export async function learnAlbum(start: Page, look: SiteLook): Promise<LearnedPages> {
  const found = await findListing(start, look);
  if (found !== undefined) return learnFound(found, look);
  const what = `no photos were found at ${start.url}, nor in albums that it links to`;
  let best: LearnedPages = { rules: [], missing: [what] };
  for (const url of framesOn(start)) {
    const frame = await look.page(url);
    const inFrame = frame && frame.status < 400 ? await findListing(frame, look) : undefined;
    if (inFrame === undefined) continue;
    const learned = startingAt(url, await learnFound(inFrame, look));
    if (learned.missing.length === 0) return learned;
    // What this frame shows may be no album, and the next one may be it.
    if (best.rules.length === 0) best = learned;
  }
  return best;
}

/** What was learned of an album that begins at another address of the site. */
function startingAt(url: string, { rules, missing }: LearnedPages): LearnedPages {
  const hasStart = rules.some(({ place }) => place === 'listing.start');
  if (rules.length === 0 || hasStart) return { rules, missing };
  const { pathname, search } = new URL(url);
  const rule = pathname + search;
  const start = { place: 'listing.start', rule, seenOn: 'the frame that shows photos' };
  return { rules: [start, ...rules], missing };
}

/** The addresses of a page's frames on its own host. */
function framesOn(page: Page): string[] {
  if (!page.isHtml) return [];
  const written = page.document('frame[src], iframe[src]').toArray();
  const urls = written.flatMap(({ attribs }) => pageAddress(attribs.src ?? '', page) ?? []);
  const { origin } = new URL(page.url);
  return [...new Set(urls)].filter((url) => new URL(url).origin === origin).slice(0, mostFrames);
}

async function learnFound(found: FoundListing, look: SiteLook): Promise<LearnedPages> {
  const { ways, reasons } = await likelyWays(found, look);
  if (ways.length === 0) {
    return { rules: [], missing: [`${found.page.url} shows no album: ${reasons.join('; ')}`] };
  }
  let best: LearnedWay | undefined;
  let others: OtherAlbum[] = [];
  for (const rows of ways) {
    const further = await otherAlbums(found, rows, look);
    const way = await learnWay(found.page, rows, look, further.filter(isOfSameForm));
    if (best === undefined || way.missing.length < best.missing.length) {
      best = way;
      others = further;
    }
    if (best.missing.length === 0) break;
  }
  if (best === undefined) return { rules: [], missing: ['no rows of photos'] };
  const way = asPagesOfJson(await withOthers(best, others, look), found);
  const levels = albumLevels(found, way, others);
  const isOwn = way.rows.page === found.page;
  const marks = markRules(isOwn ? [...levels.pages, ...way.pages] : way.pages);
  return {
    rules: [...levels.rules(marks), ...way.rules],
    missing: [...way.missing, ...levels.missing],
  };
}

/**
 * The pages of a list of JSON are asked for by the file's own address: the page that loads the first one
 * stays the same.
 * Where other pages lead to that one, each has a file of its own.
 */
function asPagesOfJson(way: LearnedWay, { page: loading, above }: FoundListing): LearnedWay {
  const { json, page } = way.rows;
  const hasNext = way.rules.some(({ place }) => place === 'listing.next');
  if (json === undefined || !('file' in json) || !hasNext || above.length > 0) return way;
  const { href, origin, pathname, search } = new URL(page.requestedUrl);
  const isHere = origin === new URL(loading.url).origin;
  const start = {
    place: 'listing.start',
    rule: isHere ? pathname + search : href,
    seenOn: 'the file that the page loads, and further pages of it',
  };
  return { ...way, rules: [start, ...way.rules.filter(({ place }) => place !== 'listing.json')] };
}

const isOfSameForm = ({ form }: OtherAlbum) => form === undefined;

/** Adds what the pages of other albums need. */
async function withOthers(
  way: LearnedWay,
  others: readonly OtherAlbum[],
  look: SiteLook,
): Promise<LearnedWay> {
  let best = way;
  for (const { page } of others.filter(isOfSameForm)) {
    best = await withOriginalsOf(page, best, look);
  }
  for (const other of others) {
    const { form } = other;
    if (form !== undefined) best = await withForm(best, { ...other, form }, look);
  }
  return best;
}
