import { isJsonPath } from './json-path.js';
import type { OpenPage } from './open-page.js';
import type { PagePart } from './page-part.js';
import { readField } from './read-field.js';
import type { ItemRule, Profile } from './schema.js';

type Items = Pick<Profile, 'item'>;

/** The kinds of photo that a profile knows; most sites have one. */
export function itemsOf({ item }: Items): readonly ItemRule[] {
  return [item].flat();
}

const isText = (row: ItemRule['row']): row is string => typeof row === 'string';

/** What finds the rows, for messages. */
export function rowsInWords(profile: Items): string {
  const words = itemsOf(profile).flatMap(({ row }) =>
    isText(row) ? row : Object.values(row.columns),
  );
  return [...new Set(words)].join(', ');
}

/** Whether the photos stand in JSON. */
export function areRowsJson(profile: Items): boolean {
  return itemsOf(profile).some(({ row }) => !isText(row) || isJsonPath(row));
}

/** A row of a listing page. */
interface Row {
  part: PagePart;
  /** Which of the profile's items it is, from 0; undefined where its `where` leaves none. */
  kind: number | undefined;
}

/** The rows of a page. */
interface FoundRows {
  rows: Row[];
  /** The lists in JSON that they were made of, where they are columns. */
  columns: object[];
  /** Why columns make no rows, a sentence each. */
  problems: string[];
}

/**
 * Finds the rows of all items: in HTML in the page's order; in JSON in the order of the items, but
 * those of one path in the order of its list. A row that several items find is the first one's.
 *
 * @throws PageError if a JSON path is used on a page that is not JSON
 */
export function rowsOf(page: OpenPage, profile: Items): FoundRows {
  const items = itemsOf(profile);
  const problems: string[] = [];
  const found = new Map<object, { part: PagePart; kinds: number[] }>();
  for (const row of new Map(items.map((item) => [nameOf(item), item.row])).values()) {
    const parts = isText(row) ? page.parts(row) : page.columns(row.columns);
    if (typeof parts === 'string') {
      problems.push(parts);
      continue;
    }
    const kinds = [...items.keys()].filter((kind) => nameOf(items[kind]) === nameOf({ row }));
    for (const part of parts) {
      const before = found.get(part.node ?? part)?.kinds ?? [];
      found.set(part.node ?? part, {
        part,
        kinds: [...before, ...kinds].sort((one, other) => one - other),
      });
    }
  }
  const rows = inPageOrder([...found.values()], page, profile).map(({ part, kinds }) => ({
    part,
    kind: kinds.find((kind) => isOf(page, part, items[kind])),
  }));
  return { rows, columns: columnsOf(page, items), problems };
}

function columnsOf(page: OpenPage, items: readonly ItemRule[]): object[] {
  const paths = items.flatMap(({ row }) => (isText(row) ? [] : Object.values(row.columns)));
  const lists = paths.flatMap((path) => page.parts(path));
  return lists.map(({ node }) => node).filter((node) => node !== undefined);
}

const nameOf = (item: Pick<ItemRule, 'row'> | undefined) => JSON.stringify(item?.row);

function inPageOrder<Found extends { part: PagePart }>(
  found: Found[],
  page: OpenPage,
  profile: Items,
): Found[] {
  if (areRowsJson(profile) || new Set(itemsOf(profile).map(nameOf)).size === 1) return found;
  const places = new Map(page.parts(rowsInWords(profile)).map(({ node }, place) => [node, place]));
  const placeOf = ({ part }: Found) => places.get(part.node) ?? 0;
  return found.sort((one, other) => placeOf(one) - placeOf(other));
}

function isOf(page: OpenPage, part: PagePart, item: ItemRule | undefined): boolean {
  return item?.where === undefined || 'value' in readField(page, part, item.where);
}
