/** A list of objects in JSON, with what stands beside it. */
export interface JsonList {
  /** Where it is, with `*` for the place in a list that holds it: `$.months[*].photos`. */
  path: string;
  /** The list itself. */
  list: object;
  /** The objects in it. */
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

/** How many of the objects around a list say something of it. */
const mostAround = 4;
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

/** Names of members, by the object or list that has them. */
export type JsonMembers = ReadonlyMap<object, ReadonlySet<string>>;

/**
 * Finds the lists of objects in JSON, in its order.
 *
 * @param without members to leave out, with all that they hold
 * @param also lists to find although they hold no objects
 */
export function surveyJson(
  value: unknown,
  without: JsonMembers = new Map(),
  also: ReadonlySet<object> = new Set(),
): JsonList[] {
  const lists: JsonList[] = [];
  const waiting: Place[] = [{ value, path: '$', around: [] }];
  let looked = 0;
  for (let place = waiting.pop(); place !== undefined; place = waiting.pop()) {
    if (++looked > mostValues) break;
    const { value: at, path, around } = place;
    if (!isObject(at)) continue;
    const isList = Array.isArray(at);
    if (isList) {
      const items = membersOf(at, without).flatMap(([, item]) => (isObject(item) ? [item] : []));
      if (items.length > 0 || also.has(at)) {
        lists.push({ path, list: at, items, ...saidBeside(around, without) });
      }
    }
    const inside = membersOf(at, without).map(([name, member]) => ({
      value: member,
      path: isList ? `${path}[*]` : `${path}.${name}`,
      // What stands around a list of lists says nothing of the lists inside.
      around: isList ? [] : [at, ...around].slice(0, mostAround),
    }));
    waiting.push(...inside.reverse());
  }
  return lists;
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}

function membersOf(value: object, without: JsonMembers): [string, unknown][] {
  const left = without.get(value);
  const members: [string, unknown][] = Object.entries(value);
  return left === undefined ? members : members.filter(([name]) => !left.has(name));
}

function saidBeside(
  around: readonly object[],
  without: JsonMembers,
): Omit<JsonList, 'path' | 'list' | 'items'> {
  const members = around.flatMap((object) =>
    membersOf(object, without).flatMap(([name, value]): [string, unknown][] => {
      const isBeside = besides.test(plain(name)) && isObject(value) && !Array.isArray(value);
      return isBeside ? membersOf(value, without) : [[name, value]];
    }),
  );
  const found: Omit<JsonList, 'path' | 'list' | 'items'> = { counts: [], pages: [], more: [] };
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
