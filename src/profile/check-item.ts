import { photoTexts } from '../album/photo.js';
import { candidates, checkSource, isAlike, kindOf, refuse, sourcesIn } from './check-source.js';
import { itemFields } from './field-schema.js';
import { endsInMoment, type Filter } from './filters.js';
import { isJsonPath } from './json-path.js';
import { type Loose, type Path, record, type Tell } from './loose-record.js';

/** Fields that must be in the row: the photo's key and the way to its own page. */
const rowFields: readonly string[] = ['id', 'version', 'thumbnail', 'detail'];

/** A rule of an item's field, and its place in the profile. */
interface ItemRuleAt {
  name: string;
  rule: Loose;
  path: Path;
}

function rulesIn(item: Loose, at: Path): ItemRuleAt[] {
  return [...itemFields, 'original'].flatMap((name) =>
    candidates(item[name], [...at, name]).map(([rule, path]) => ({ name, rule, path })),
  );
}

/** The fields that a rule, or one of its parts, starts from, each with its place. */
function startsOf({ rule, path }: Pick<ItemRuleAt, 'rule' | 'path'>): [name: string, at: Path][] {
  return sourcesIn(rule, path).flatMap(([{ from }, at]): [string, Path][] =>
    typeof from === 'string' ? [[from, [...at, 'from']]] : [],
  );
}

/** All fields that a field takes its value from; it is one of them if they form a circle. */
function sourcesOf(name: string, rules: readonly ItemRuleAt[]): Set<string> {
  const found = new Set<string>();
  const queue = [name];
  for (let next = queue.pop(); next !== undefined; next = queue.pop()) {
    for (const one of rules) {
      for (const [from] of one.name === next ? startsOf(one) : []) {
        if (found.has(from)) continue;
        found.add(from);
        queue.push(from);
      }
    }
  }
  return found;
}

const isOnDetail = ({ rule }: ItemRuleAt) => rule.on === 'detail';

function checkDetail(rules: readonly ItemRuleAt[], item: Loose, tell: Tell): void {
  for (const { name, path } of rules.filter(isOnDetail)) {
    if (rowFields.includes(name)) tell([...path, 'on'], 'must be in the row');
    else if (item.detail === undefined) {
      tell([...path, 'on'], 'needs the field detail, the address of that page');
    }
  }
  for (const name of photoTexts) {
    const own = rules.filter((one) => one.name === name);
    const changes = own.filter((one, index) => {
      const before = own[index - 1];
      return before !== undefined && isOnDetail(before) !== isOnDetail(one);
    });
    const [, second] = changes;
    if (second) tell(second.path, 'must stand next to the other rules for the same page');
  }
}

/** The selector of an item's rows; for columns, a path that stands for theirs. */
function rowSelector({ row }: Loose): unknown {
  return record(row).columns === undefined ? row : '$[*]';
}

function checkColumns({ row }: Loose, at: Path, tell: Tell): void {
  for (const [name, path] of Object.entries(record(record(row).columns))) {
    const place = [...at, 'row', 'columns', name];
    if (typeof path !== 'string') continue;
    if (!isJsonPath(path)) tell(place, 'is a CSS selector, but columns are in JSON');
    else if (/(?:\[\*\]|\.\*|~)$/.test(path)) {
      tell(place, 'takes the path of the list itself, without [*] at its end');
    }
  }
}

/** Checks a rule that is read before any other: it says which rows are photos. */
function checkWhere({ where }: Loose, at: Path, row: unknown, hasBoth: boolean, tell: Tell): void {
  for (const [rule, path] of candidates(where, [...at, 'where'])) {
    for (const [source, place] of sourcesIn(rule, path)) {
      refuse(source, ['from', 'on'], place, 'cannot be used here', tell);
    }
    const { from: _from, on: _on, ...own } = rule;
    checkSource(own, row, path, tell, hasBoth);
  }
}

/**
 * Checks the items of a profile: the fields of each against each other, and that all have rows of one
 * kind.
 *
 * @param hasBoth whether the page is HTML and JSON at once, as with JSON in a script
 * @param values names of the values of albums
 * @returns the selector of the first one's rows, as far as it could be read
 */
export function checkItems(
  items: unknown,
  hasBoth: boolean,
  values: readonly string[],
  tell: Tell,
): unknown {
  const all = candidates(items, ['item']);
  const first = rowSelector(all[0]?.[0] ?? {});
  for (const [item, at] of all) {
    const row = rowSelector(item);
    if (!isAlike(row, first)) {
      tell(
        [...at, 'row'],
        `is ${kindOf(String(row))}, but the first item’s is ${kindOf(String(first))}`,
      );
    }
    checkColumns(item, at, tell);
    checkWhere(item, at, row, hasBoth, tell);
    checkItem(item, at, { row, hasBoth, values }, tell);
  }
  return first;
}

/** What the fields of an item depend on. */
interface ItemContext {
  row: unknown;
  hasBoth: boolean;
  values: readonly string[];
}

function checkItem(item: Loose, at: Path, { row, hasBoth, values }: ItemContext, tell: Tell): void {
  const rules = rulesIn(item, at);
  const problemOfStart = (name: string, from: string): string | undefined => {
    if (from.startsWith('{')) {
      const value = from.slice(1, -1);
      return values.includes(value) ? undefined : `listing.albums has no ${value} in its values`;
    }
    const sources = rules.filter((one) => one.name === from);
    if (sources.length === 0) return `there is no field ${from}`;
    if (sourcesOf(name, rules).has(name)) return 'takes its value from itself';
    return sources.every(isOnDetail) ? `${from} is on the photo’s own page` : undefined;
  };
  for (const { name, rule, path } of rules) {
    checkSource(rule, row, path, tell, hasBoth);
    for (const [from, place] of startsOf({ rule, path })) {
      const problem = problemOfStart(name, from);
      if (problem !== undefined) tell(place, problem);
    }
    const { filters } = rule;
    const isMoment = Array.isArray(filters) && endsInMoment(filters as Filter[]);
    if (name === 'uploadedAt' && !isMoment) {
      tell(path, 'needs a date filter as its last one, with a known time zone');
    }
  }
  checkDetail(rules, item, tell);
}
