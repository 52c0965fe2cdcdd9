/** Parameters by which sites number the pages of a list, from 1, or its items, from 0. */
const pageParameter =
  /^(?:page|paged|pg|pageno|page_?num(?:ber)?|seite|pagina|start|offset|skip|first|start_?at)$/i;
const fromZero = /^(?:start|offset|skip|first|start_?at)$/i;
const numberedPath = /^(.*?)[/_-](?:page|seite|pagina|pg)[/_-]?(\d{1,5})\/?$/i;

/** Whether a control of this name chooses a page of a list. */
export function choosesPage(name: string): boolean {
  return pageParameter.test(name);
}

/**
 * Whether an address differs from that of a page in nothing but a higher number of the page, in its
 * path or in a parameter with a usual name.
 */
export function isFurtherPage(address: string, pageUrl: string): boolean {
  const [other, own] = [placeIn(address), placeIn(pageUrl)];
  if (other.number === undefined || other.rest !== own.rest) return false;
  return other.number > (own.number ?? (other.isFromZero ? 0 : 1));
}

interface NumberedAddress {
  /** All but the number. */
  rest: string;
  number?: number;
  isFromZero?: boolean;
}

function placeIn(address: string): NumberedAddress {
  const { host, pathname, search } = new URL(address);
  const [, path = pathname, inPath] = numberedPath.exec(pathname) ?? [];
  const parts = search.slice(1).split('&').filter(Boolean);
  const isNumber = (part: string) => {
    const [name = '', value = ''] = part.split('=');
    return choosesPage(name) && /^\d{1,7}$/.test(value);
  };
  const [name, value = inPath] = parts.find(isNumber)?.split('=') ?? [];
  const others = parts.filter((part) => !isNumber(part)).sort();
  const rest = `${host.replace(/^www\./, '')}${path.replace(/\/$/, '')}?${others.join('&')}`;
  if (value === undefined) return { rest };
  return { rest, number: Number(value), isFromZero: name !== undefined && fromZero.test(name) };
}
