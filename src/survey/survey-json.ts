/** A list of objects in JSON, with what stands beside it. */
export interface JsonList {
  /** Where it is, with `*` for the place in a list that holds it: `$.months[*].photos`. */
  path: string;
  items: readonly object[];
  /** How many there are in all, as the JSON says it. */
  counts: JsonMember<number>[];
  /** How many pages there are. */
  pages: JsonMember<number>[];
  /** Members that say that there is more: an address or a cursor of the next page, or just that. */
  more: JsonMember<string | number | true>[];
}

/** A member of JSON, by its name. */
export interface JsonMember<Value> {
  name: string;
  value: Value;
}

/** The most values that are looked at. */
const mostValues = 200_000;
const counts =
  /^(?:total|count|totalcount|totalitems|totalresults|totalphotos|totalsize|totalrecords|totalelements|numphotos|photocount|photoscount|photototal|numberofphotos|numitems|itemcount|numfound|countofphotos|mediacount)$/;
const pages = /^(?:pages|totalpages|pagecount|lastpage|numpages)$/;
const flags = /^(?:hasmore|hasnext|hasnextpage|moreavailable|more|nextpageexists)$/;
const cursors =
  /^(?:odata)?next(?:page|url|link|href|cursor|token|pagetoken|pageurl|pagelink|offset|maxid|marker)?$/;
/** Members beside a list that say more of it. */
const besides = /^(?:meta|metadata|paging|pagination|pageinfo|page|pager|links|cursor|cursors)$/;

interface Place {
  value: unknown;
  path: string;
  /** The objects that hold it, the nearest first. */
  around: readonly object[];
}

/** Finds the lists of objects in JSON, in its order. */
export function surveyJson(value: unknown): JsonList[] {
  const lists: JsonList[] = [];
  const waiting: Place[] = [{ value, path: '$', around: [] }];
  let looked = 0;
  for (let place = waiting.pop(); place !== undefined; place = waiting.pop()) {
    if (++looked > mostValues) break;
    if (typeof place.value !== 'object' || place.value === null) continue;
    const { value: at, path, around } = place;
    const isList = Array.isArray(at);
    if (isList) {
      const items = at.filter((item): item is object => typeof item === 'object' && item !== null);
      if (items.length > 0) lists.push({ path, items, ...saidBeside(around) });
    }
    const inside = Object.entries(at).map(([name, member]) => ({
      value: member,
      path: isList ? `${path}[*]` : `${path}.${name}`,
      // What stands around a list of lists says nothing of the lists inside.
      around: isList ? [] : [at, ...around],
    }));
    waiting.push(...inside.reverse());
  }
  return lists;
}

function saidBeside(around: readonly object[]): Omit<JsonList, 'path' | 'items'> {
  const members = around.flatMap((object) =>
    Object.entries(object).flatMap(([name, value]): [string, unknown][] => {
      const isBeside = besides.test(plain(name)) && typeof value === 'object' && value !== null;
      return isBeside && !Array.isArray(value) ? Object.entries(value) : [[name, value]];
    }),
  );
  const found: Omit<JsonList, 'path' | 'items'> = { counts: [], pages: [], more: [] };
  for (const [name, value] of members) {
    const known = plain(name);
    const number = asNumber(value);
    if (number !== undefined && counts.test(known)) found.counts.push({ name, value: number });
    if (number !== undefined && pages.test(known)) found.pages.push({ name, value: number });
    const more = flags.test(known) ? value === true || undefined : cursorOf(known, value);
    if (more !== undefined) found.more.push({ name, value: more });
  }
  return found;
}

function cursorOf(known: string, value: unknown): string | number | undefined {
  if (!cursors.test(known)) return undefined;
  if (typeof value === 'object' && value !== null && 'href' in value) {
    return cursorOf(known, value.href);
  }
  if (typeof value === 'string' && value.trim() !== '') return value;
  return typeof value === 'number' && value > 0 ? value : undefined;
}

function asNumber(value: unknown): number | undefined {
  const isNumber =
    typeof value === 'number' || (typeof value === 'string' && /^\d{1,9}$/.test(value));
  return isNumber && Number(value) > 0 ? Number(value) : undefined;
}

function plain(name: string): string {
  return name.toLowerCase().replace(/[^a-z]/g, '');
}
