import type { JsonNode } from '../../profile/json-path.js';
import { isParent } from '../../profile/json-path.js';
import { jsonGroups, memberStep } from '../json-groups.js';
import { jsonValue } from './carried-value.js';
import type { Exchange } from './exchange.js';
import type { ListedPage } from './recorded-listing.js';
import { queryLeaves } from './request-leaves.js';

/** A list of albums of a recording, each of which leads to pages of photos. */
export interface RecordedAlbums {
  /** The request that lists them. */
  index: Exchange;
  row: string;
  /** The slot for the value of an album, and where it stands in its row. */
  slot: string;
  select: string;
  title: string | undefined;
  /** The value of the first album's pages. */
  value: string;
  seenOn: string;
  isUncertain?: true;
}

const titleName = /^(?:title|name|first_?name|display_?name|label|caption)$/i;
const idName = /id$|uuid|key|slug|token|name|path|code|number/i;

/**
 * Finds the list in an earlier answer that has a value of the requests for photos, such as the id of an
 * album in their address.
 *
 * @param fixed names of parameters that mean something else
 */
export function recordedAlbums(
  pages: readonly ListedPage[],
  exchanges: readonly Exchange[],
  fixed: readonly string[],
): RecordedAlbums | undefined {
  const [first] = pages;
  if (first === undefined) return undefined;
  const values = valuesIn(first.exchange.url, fixed);
  const earlier = exchanges.filter(
    ({ place, page, method, status }) =>
      place < first.exchange.place && method === 'GET' && status < 300 && page?.isHtml === false,
  );
  for (const index of earlier) {
    const json = index.page && jsonValue(index.page);
    if (json === undefined || index.url === first.exchange.url) continue;
    for (const group of jsonGroups(json)) {
      const found = inGroup(group.values, values);
      if (found === undefined) continue;
      const others = pages.flatMap(({ exchange }) => valuesIn(exchange.url, fixed));
      const ids = group.values.map((row) => valueAt(row, found.path));
      const visited = new Set(others.filter((value) => ids.includes(value)));
      return {
        index,
        row: group.path,
        slot: 'album',
        select: `$${found.path.map(memberStep).join('')}`,
        title: titleOf(group.values[0]),
        value: found.value,
        seenOn: `${visited.size} of ${group.values.length} albums of ${new URL(index.url).pathname}`,
        ...(visited.size < 2 && group.values.length > 1 && { isUncertain: true as const }),
      };
    }
  }
  return undefined;
}

/** What stands in an address: parts of its path and values of its parameters, decoded. */
function valuesIn(url: string, fixed: readonly string[]): string[] {
  const path = new URL(url).pathname.split('/').filter(Boolean);
  const query = queryLeaves(url).filter(({ path: [name = ''] }) => !fixed.includes(name));
  return [...path.map(safelyDecoded), ...query.map(({ value }) => value)];
}

function safelyDecoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    // A percent sign of its own.
    return text;
  }
}

function inGroup(
  rows: readonly unknown[],
  values: readonly string[],
): { path: string[]; value: string } | undefined {
  for (const row of rows) {
    if (!isParent(row)) continue;
    for (const [name, one] of Object.entries(row)) {
      if (!idName.test(name) || isParent(one)) continue;
      const value = String(one);
      if (value !== '' && values.includes(value)) return { path: [name], value };
    }
  }
  return undefined;
}

function valueAt(row: unknown, path: readonly string[]): string {
  let node: JsonNode['value'] = row;
  for (const name of path) node = isParent(node) ? node[name] : undefined;
  return String(node);
}

function titleOf(row: unknown): string | undefined {
  if (!isParent(row)) return undefined;
  const names = Object.keys(row).filter((name) => typeof row[name] === 'string');
  const name = names.find((one) => titleName.test(one));
  return name === undefined ? undefined : `$${memberStep(name)}`;
}
