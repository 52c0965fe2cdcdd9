import type { WalkPlace } from './walk-place.js';

/**
 * What is the same in all addresses of one page: with or without `www.`, its last slash or
 * `index.html`, and with its parameters in any order.
 */
export function pageKey(address: string): string {
  const { host, pathname, search } = new URL(address);
  const query = search.slice(1).split('&').filter(Boolean).sort().join('&');
  return `${host.replace(/^www\./, '')}${extensionless(pathname)}?${query}`;
}

/** Whether a page has all of another's address, and perhaps more parameters. */
export function isSamePage(key: string, other: string): boolean {
  const [path, query = ''] = key.split('?', 2);
  const [otherPath, otherQuery = ''] = other.split('?', 2);
  if (path !== otherPath || (otherQuery === '' && query !== '')) return false;
  const parts = query.split('&');
  return otherQuery.split('&').every((part) => parts.includes(part));
}

/** A number at the end of a path, with what may stand before it. */
const pageNumber = /[-_/.]?(?:(?:page|pages|pg|p|seite|pagina|index)[-_/.]?)?(\d{1,6})$/i;

/** Parameters that choose how or what a page shows, and not which part of it. */
const choices =
  /^(?:sort(?:_?by)?|order(?:_?by)?|dir|direction|lang|language|locale|hl|tags?|cols|columns|size|rat(?:e|ing)|vote|score|view|layout|theme|skin|style|per_?page|limit|year|month|day|date|[dmy]|cat|category|filter)$/i;

/**
 * Whether an address may be that of a further page of the same album: the same path with another
 * query, or with a page's number behind it; or the next number, where the pages so far had theirs.
 */
export function mayBePageOf(address: string, place: WalkPlace): boolean {
  const target = new URL(address);
  const path = extensionless(target.pathname);
  const number = pageNumber.exec(path)?.[1];
  const withoutNumber = path.replace(pageNumber, '');
  return [place.albumUrl, place.url].some((known) => {
    const own = new URL(known);
    if (own.host.replace(/^www\./, '') !== target.host.replace(/^www\./, '')) return false;
    const ownPath = extensionless(own.pathname);
    if (path === ownPath) return !isChoice(target, own);
    if (number === undefined || isNameOfAlbum(target)) return false;
    if (withoutNumber === ownPath || withoutNumber === ownPath.replace(/\/index$/, '')) return true;
    const isNumbered = pageNumber.exec(ownPath)?.[1] === String(place.number);
    const isNext = Number(number) === place.number + 1;
    return isNumbered && isNext && withoutNumber === ownPath.replace(pageNumber, '');
  });
}

/** Whether a path ends as that of another album of the same name does: `/spain-2`, which is no file. */
function isNameOfAlbum({ pathname }: URL): boolean {
  return /[^/\d](?<!(?:^|[-_/.])(?:page|pages|pg|p|seite|pagina|index)[-_.]?)\d{1,6}\/?$/i.test(
    pathname,
  );
}

/** Whether nothing but choices differ. */
function isChoice(target: URL, own: URL): boolean {
  const known = new Set(own.search.slice(1).split('&'));
  const others = target.search
    .slice(1)
    .split('&')
    .filter((part) => !known.has(part));
  return others.length > 0 && others.every((part) => choices.test(part.split('=')[0] ?? ''));
}

function extensionless(path: string): string {
  return path.replace(/\/(?:index)?(?:\.(?:html?|php))?$|\.(?:html?|php|aspx?)$/, '');
}
