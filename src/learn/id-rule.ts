import type { Column } from './column.js';
import { isPassing } from './passing-parameters.js';
import { isPosition } from './positions.js';
import {
  type PageRows,
  valuesIn,
  type WrittenFilter,
  type WrittenItem,
  type WrittenRule,
} from './written-rule.js';

/** The weight of what is no id. */
const never = -1000;
/** From this weight on, an id is sure. */
const sure = 30;

/** A rule for the id, with how good an id it is. */
interface IdCandidate {
  rule: WrittenRule;
  weight: number;
  /** Whether it is a file's whole place: numbers in it are the site's names of files, not positions. */
  isPlace?: true;
}

/** The id that was found. */
export interface FoundId {
  rule: WrittenRule;
  seenOn: string;
  isUncertain: boolean;
}

const things =
  'photo|image|img|media|asset|file|item|picture|pic|node|object|element|entry|resource|attachment';
const idNames = new RegExp(
  `^(?:data-)?(?:_?id|uuid|guid|pk|pid|gid|fid|(?:${things})[-_]?(?:id|uuid|guid|key|hash)|hash|key|checksum|sha1|md5|slug)$`,
);
const idParameters = new RegExp(
  `^(?:_?id|uuid|guid|pid|pic|key|(?:${things})(?:[-_]?(?:id|key))?|i|p|fid|gid)$`,
  'i',
);
const uuid = '[0-9a-fA-F]{8}-(?:[0-9a-fA-F]{4}-){3}[0-9a-fA-F]{12}';
/** .NET ticks of the years from 1990 to 2058. */
const ticks = /(?<!\d)6[2-4]\d{16}(?!\d)/;

/**
 * Finds the rule for the id: a value that each row has for itself, that is the same when the page is
 * loaded again and another on every other page. Positions and what differs from visit to visit do not
 * count.
 *
 * @param item the fields that it may start from
 * @param again the same page loaded again (of the same address), and further pages
 */
export function findId(
  place: PageRows,
  columns: readonly Column[],
  item: WrittenItem,
  again: readonly PageRows[],
): FoundId | undefined {
  const ranked = candidatesOf(place, columns, item)
    .map((candidate) => {
      const values = valuesIn(place, { ...item, id: candidate.rule }, 'id');
      const weight = candidate.weight + worth(values, place, candidate, item, again);
      return { ...candidate, weight, values };
    })
    .filter(({ weight }) => weight > 0)
    .sort((one, other) => other.weight - one.weight);
  const [best] = ranked;
  if (best === undefined) return undefined;
  const rows = place.rows.length;
  const known = best.values.filter((value) => value !== undefined);
  const own = known.length;
  const isCounted = isPosition(withoutStart(known));
  const isReloaded = again.some(({ page }) => page.requestedUrl === place.page.requestedUrl);
  const others = again.length - Number(isReloaded);
  const proofs = [
    `a different one in each of ${own === rows ? rows : `${own} of ${rows}`} rows`,
    ...(isReloaded ? ['the same when loaded again'] : []),
    ...(others > 0 ? ['none of them on another page'] : []),
    ...(isCounted
      ? ['they count the photos: does a photo keep its own when others are added?']
      : []),
  ];
  return {
    rule: best.rule,
    seenOn: proofs.join(', '),
    isUncertain: own < rows || best.weight < sure || isCounted,
  };
}

/** Values without what all of them have before their last number. */
function withoutStart(values: readonly string[]): readonly string[] {
  const [start = '', ...others] = values.map((value) => value.replace(/\d+\D*$/, ''));
  const isSame = others.every((other) => other === start);
  return isSame ? values.map((value) => value.slice(start.length)) : values;
}

function candidatesOf(
  place: PageRows,
  columns: readonly Column[],
  item: WrittenItem,
): IdCandidate[] {
  const starts = (['original', 'detail', 'thumbnail'] as const).filter(
    (name) => item[name] !== undefined,
  );
  return [
    ...columns.flatMap((column) => fromColumn(column)),
    ...starts.flatMap((from, index) => fromAddress(place, item, from, index * 12)),
  ];
}

function fromColumn({ source, name, tag, values }: Column): IdCandidate[] {
  if (source.of !== undefined || source.beside !== undefined || source.text !== undefined)
    return [];
  if (tag === '') {
    if (!idNames.test(name)) return [];
    const depth = (source.select ?? '').match(/\.|\[/g)?.length ?? 0;
    return [{ rule: source, weight: (/id$|^pk$/.test(name) ? 100 : 92) - depth * 8 }];
  }
  const weight = weightOfAttribute(source.attribute ?? '', tag);
  return weight === 0 ? [] : [{ rule: withoutPrefix(source, values), weight }];
}

function weightOfAttribute(attribute: string, tag: string): number {
  if (attribute === 'id' || attribute === 'name') return 84;
  if (idNames.test(attribute) || /^data-.*id$/.test(attribute)) return 95;
  return tag === 'input' && attribute === 'value' ? 78 : 0;
}

/** An id without the words that stand before it in every row: `photo_123`. */
function withoutPrefix(source: WrittenRule, values: readonly (string | undefined)[]): WrittenRule {
  const texts = values.filter((value) => value !== undefined);
  const prefix = /^[A-Za-z][A-Za-z_-]*[-_]/.exec(texts[0] ?? '')?.[0];
  if (prefix === undefined || !texts.every((text) => text.startsWith(prefix))) return source;
  return { ...source, filters: [{ match: `^${prefix}(.+)$` }] };
}

function fromAddress(
  place: PageRows,
  item: WrittenItem,
  from: 'original' | 'detail' | 'thumbnail',
  less: number,
): IdCandidate[] {
  if (from === 'original' && item.original?.every(({ on }) => on === 'detail')) return [];
  const urls = valuesIn(place, item, from).filter((url) => url !== undefined);
  const names = new Set(urls.flatMap((url) => [...new URL(url).searchParams.keys()]));
  const candidate = (weight: number, ...filters: WrittenFilter[]): IdCandidate => ({
    rule: { from, filters },
    weight: weight - less,
  });
  const asPlace = (found: IdCandidate): IdCandidate =>
    from === 'detail' ? found : { ...found, isPlace: true };
  const isTicked = urls.some((url) => ticks.test(url));
  return [
    ...[...names].flatMap((name) => {
      if (isPassing(name)) return [];
      return [candidate(idParameters.test(name) ? 76 : 50, { query: name })];
    }),
    asPlace(candidate(isTicked ? 40 : 70, 'path', 'decode')),
    candidate(62, { match: `(${uuid})` }),
    candidate(46, { match: '([^/?#]+/[^/?#]+)(?:[?#]|$)' }, 'decode'),
    candidate(44, 'file'),
    candidate(36, { match: '(\\d{4,})(?=\\D*$)' }),
    // An album and a number in it, each in a parameter: the whole address is the photo's own.
    candidate(28, { match: '^\\w+://[^/]+(/[^#]+)' }),
  ];
}

/** What speaks for and against values as ids; far below 0 where they are none. */
function worth(
  values: readonly (string | undefined)[],
  place: PageRows,
  { rule, isPlace }: IdCandidate,
  item: WrittenItem,
  again: readonly PageRows[],
): number {
  const known = values.filter((value) => value !== undefined);
  if (known.length === 0 || new Set(known).size < known.length) return never;
  if (known.length < values.length * 0.9) return never;
  let sum = known.length < values.length ? -30 : 0;
  if (isPosition(known) && isPlace === undefined) sum -= 60;
  if (known.some((value) => value.length > 300 || /\s{2,}/.test(value))) sum -= 40;
  for (const other of again) {
    const others = valuesIn(other, { ...item, id: rule }, 'id').filter(
      (value) => value !== undefined,
    );
    const isReload = other.page.requestedUrl === place.page.requestedUrl;
    sum += isReload ? worthWhenReloaded(known, others) : worthBeside(known, others, isPlace);
  }
  return sum;
}

function worthWhenReloaded(known: readonly string[], others: readonly string[]): number {
  const shared = others.filter((value) => known.includes(value)).length;
  return shared < Math.min(known.length, others.length) || shared === 0 ? never : 0;
}

/** What the ids of another page say: none may be here too, and they must not go on counting. */
function worthBeside(
  known: readonly string[],
  others: readonly string[],
  isPlace: true | undefined,
): number {
  if (others.some((value) => known.includes(value))) return never;
  return isPosition([...known, ...others]) && isPlace === undefined ? -40 : 0;
}
