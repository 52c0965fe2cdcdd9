import type { Page } from '../../page/page.js';
import { pictureEnding } from '../../survey/find-photos.js';
import { surveyPage } from '../../survey/survey-page.js';
import { flatMembers } from '../photo-likeness.js';
import type { Exchange } from './exchange.js';
import type { ListedPage } from './recorded-listing.js';

/** A photo that was opened in full size: the address that shows it in the list, and the other one. */
export interface OpenedPhoto {
  thumbnail: string;
  original: string;
  /** Its row, where the list is JSON. */
  row?: unknown;
}

/**
 * Finds the photos of a list that were requested in another size, each with its largest address.
 *
 * @param pages the pages of the list
 */
export function openedPhotos(
  pages: readonly ListedPage[],
  exchanges: readonly Exchange[],
): OpenedPhoto[] {
  const requested = requestedOf(pages, exchanges);
  return [...requested].flatMap(([photo, requests]) => openedOf(photo, requests) ?? []);
}

/** The rows of a list in JSON, each with the address of the picture that was requested first for it. */
export function shownRows(
  pages: readonly ListedPage[],
  exchanges: readonly Exchange[],
): { row: unknown; url: string }[] {
  return [...requestedOf(pages, exchanges)].flatMap(([{ row }, [first]]) =>
    row === undefined || first === undefined ? [] : [{ row, url: first.url }],
  );
}

/** The pictures that were requested of each photo of a list, in order. */
function requestedOf(
  pages: readonly ListedPage[],
  exchanges: readonly Exchange[],
): ReadonlyMap<Shown, readonly Exchange[]> {
  const requested = new Map<Shown, Exchange[]>();
  const [first] = pages;
  if (first === undefined) return requested;
  const shown = withoutCommon(pages.flatMap(shownOn));
  for (const exchange of exchanges) {
    const isLater = exchange.place > first.exchange.place;
    if (!isLater || exchange.status >= 400 || !isPicture(exchange)) continue;
    const photo = photoOf(exchange.url, shown);
    if (photo !== undefined) requested.set(photo, [...(requested.get(photo) ?? []), exchange]);
  }
  return requested;
}

/** What was opened of a photo: the largest picture beside the one that the list shows. */
function openedOf(photo: Shown, requests: readonly Exchange[]): OpenedPhoto | undefined {
  const { row } = photo;
  // A list in JSON does not say which of its addresses is shown: the first that is requested.
  const thumbnail = (row === undefined ? photo.addresses[0] : requests[0]?.url) ?? '';
  const others = requests.filter(
    ({ url }) => url !== thumbnail && !(row === undefined && photo.addresses.includes(url)),
  );
  const [largest] = others.sort((one, other) => other.size - one.size || other.place - one.place);
  if (largest === undefined) return undefined;
  return { thumbnail, original: largest.url, ...(row !== undefined && { row }) };
}

interface Shown {
  addresses: string[];
  /** What is its own: parts of its addresses, and values of its row. */
  marks: string[];
  row?: unknown;
}

function isPicture({ type, url, location, method, answerHeaders }: Exchange): boolean {
  if (method !== 'GET' || location !== undefined) return false;
  const isFile = answerHeaders.some(
    ({ name, value }) => name === 'content-disposition' && /attachment/i.test(value),
  );
  return isFile || /^(?:image|video)\//.test(type) || pictureEnding.test(new URL(url).pathname);
}

function shownOn({ page, rows }: ListedPage): Shown[] {
  if (rows === undefined) {
    return surveyPage(page).photos.map(({ thumbnails, link }) => ({
      addresses: [...thumbnails],
      marks: [...thumbnails, link ?? ''].flatMap(partsOf),
    }));
  }
  return rows.parts.map((part) => {
    const row: unknown = part.node ?? JSON.parse(part.source());
    const values = flatMembers(row).map(({ value }) => String(value));
    const addresses = values.flatMap((value) => addressOf(value, page) ?? []);
    return { addresses, row, marks: values.flatMap(partsOf) };
  });
}

function addressOf(value: string, page: Page): string | undefined {
  if (!/^(?:https?:)?\/|\.\w{3,4}$/.test(value) || !URL.canParse(value, page.baseUrl))
    return undefined;
  return new URL(value, page.baseUrl).href;
}

/** Leaves out the marks that most photos have: folders, and the word for a size. */
function withoutCommon(shown: readonly Shown[]): Shown[] {
  const counts = new Map<string, number>();
  for (const mark of shown.flatMap(({ marks }) => [...new Set(marks)])) {
    counts.set(mark, (counts.get(mark) ?? 0) + 1);
  }
  const isCommon = (mark: string) => (counts.get(mark) ?? 0) > Math.max(1, shown.length / 2);
  return shown.map((photo) => ({ ...photo, marks: photo.marks.filter((mark) => !isCommon(mark)) }));
}

/** Parts of an address or a value that can tell one photo from another. */
function partsOf(text: string): string[] {
  return decoded(text)
    .split(/[/~?&=#._-]+/)
    .filter((part) => part.length > 0 && !/^(?:https?:|www|jpe?g|png)$/i.test(part));
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    // A percent sign of its own.
    return text;
  }
}

/** The shown photo that alone has the most marks of an address. */
function photoOf(url: string, shown: readonly Shown[]): Shown | undefined {
  const parts = new Set(partsOf(url));
  const scored = shown
    .map((photo) => ({ photo, score: scoreOf(photo, url, parts) }))
    .filter(({ score }) => score > 0)
    .sort((one, other) => other.score - one.score);
  const [best, second] = scored;
  return best === undefined || second?.score === best.score ? undefined : best.photo;
}

function scoreOf({ addresses, marks }: Shown, url: string, parts: ReadonlySet<string>): number {
  if (addresses.includes(url)) return 1_000_000;
  return [...new Set(marks)]
    .filter((mark) => parts.has(mark))
    .reduce((sum, { length }) => sum + length, 0);
}
