import { webUrl } from '../page/address.js';
import { applyFilters, filterSchema } from '../profile/filters.js';
import { valueIn } from '../profile/reading.js';
import { pictureEnding } from '../survey/find-photos.js';
import { type Column, differentIn, filledIn } from './column.js';
import {
  type PageRows,
  type WrittenFilter,
  type WrittenRule,
  withFilters,
} from './written-rule.js';

/** One place in the rows that holds addresses, a different one in each row. */
export interface RowAddresses {
  /** Where it is, and how an address is read there. */
  rule: WrittenRule;
  /** What the place is called, in lower case. */
  name: string;
  /** The element that has it; empty in JSON. */
  tag: string;
  /** Full addresses; undefined where a row has none. */
  urls: readonly (string | undefined)[];
}

const addressAttribute = /^(?:href|src|poster|data-(?:.*-)?(?:src|href|url|original|full|large))$/;
/** What can only be an address, in whatever place it stands. */
const addressLike =
  /^(?:https?:\/)?\/\S+$|^\.{1,2}\/\S+$|^[^\s?#]+\/[^\s?#]+\.\w{3,4}(?:[?#]\S*)?$|^[^\s?#/]+\.(?:jpe?g|png|gif|webp|heic|avif|tiff?|mp4|mov|webm)(?:[?#]\S*)?$/i;
/** An address of a picture in a script or a style. */
const quoted = `["'(]([^"'()\\s]+\\.(?:jpe?g|png|gif|webp|heic|avif|tiff?|mp4|mov)[^"'()\\s]*)["')]`;
/** Attributes with a text for people, which may be a file's name. */
const nameAttribute = /^(?:alt|title|aria-label|.*name|data-(?:title|caption|alt))$/;
/** A percent sign that begins no code. */
const strayPercent = /%(?![0-9A-Fa-f]{2})/;
/** Share of the rows with an address that must have one of their own. */
const leastDifferent = 0.8;

/** The places in rows that hold addresses, each with its full addresses. */
export function addressesIn(place: PageRows, columns: readonly Column[]): RowAddresses[] {
  const seen = new Set<string>();
  return columns.flatMap((column) =>
    readings(column).flatMap((filters): RowAddresses[] => {
      const found = addressesBy(place, column, withWholeCodes(filters, column));
      const key = JSON.stringify(found.urls);
      if (seen.has(key) || !areOwn(found.urls)) return [];
      seen.add(key);
      return [found];
    }),
  );
}

function addressesBy({ page }: PageRows, column: Column, filters: WrittenFilter[]): RowAddresses {
  const { source, name, tag, values } = column;
  const steps = filters.map((filter) => filterSchema.parse(filter));
  const own = page.url.replace(/#.*$/s, '');
  const urls = values.map((value) => {
    const text = value && valueIn(applyFilters(value, steps, page));
    const url = text && !/^(?:#|data:|blob:)/i.test(text) ? webUrl(text, page)?.href : undefined;
    return url?.replace(/#.*$/s, '') === own ? undefined : url;
  });
  return { rule: filters.length > 0 ? withFilters(source, ...filters) : source, name, tag, urls };
}

/** Some software encodes all but percent signs, which no server takes for themselves. */
function withWholeCodes(filters: WrittenFilter[], { values }: Column): WrittenFilter[] {
  const isWhole = values.every((value) => value === undefined || !strayPercent.test(value));
  if (isWhole || filters.includes('join')) return filters;
  return [
    ...filters,
    { replace: { match: strayPercent.source, with: '%25', all: true, optional: true } },
  ];
}

/** Whether most of the rows that have an address have one of their own. */
function areOwn(urls: readonly (string | undefined)[]): boolean {
  return filledIn(urls) > 0 && differentIn(urls) >= filledIn(urls) * leastDifferent;
}

/** The ways in which addresses may be read from a column; none where it holds no addresses. */
function readings({ source, name, tag, values }: Column): WrittenFilter[][] {
  const texts = values.filter((value) => value !== undefined);
  if (/srcset$/.test(name)) return sets(texts);
  const isMarkup = tag !== '';
  if (isMarkup && (source.attribute === undefined || nameAttribute.test(name))) return [];
  if (name === 'style') return [[{ match: `url\\(\\s*["']?([^"')]+)` }]];
  if (addressAttribute.test(name) && isMarkup) return [[]];
  const isMost = (test: (text: string) => boolean) => texts.filter(test).length * 2 > texts.length;
  if (!isMarkup) return membersOf(isMost);
  if (isMost((text) => addressLike.test(text))) return [[]];
  return isMost((text) => new RegExp(quoted, 'iu').test(text)) ? [[{ match: quoted }]] : [];
}

/** In JSON, files may be named as they are on the disk, which is no address yet. */
function membersOf(isMost: (test: (text: string) => boolean) => boolean): WrittenFilter[][] {
  if (isMost((text) => /^(?:https?:)?\/\/\S+$|^\.{0,2}\/\S+$/.test(text))) return [[]];
  const isFile = (text: string) => pictureEnding.test(text.replace(/[?#].*$/s, ''));
  if (!isMost(isFile)) return [];
  return isMost((text) => isFile(text) && text.includes('/'))
    ? [['encodePath', 'join']]
    : [['encode', 'join']];
}

/** The first and the largest of the pictures in a srcset. */
function sets(texts: readonly string[]): WrittenFilter[][] {
  const first: WrittenFilter = { match: '^\\s*([^\\s,]+)' };
  const largest = new Set(texts.map(largestIn));
  const [size] = largest;
  if (texts.every((text) => largestIn(text) === sizesIn(text).at(-1))) {
    return [[first], [{ match: '(\\S+)\\s+[\\d.]+[wx]\\s*$' }]];
  }
  if (texts.every((text) => largestIn(text) === sizesIn(text)[0])) return [[first]];
  return largest.size === 1 ? [[first], [{ match: `(\\S+)\\s+${size}` }]] : [[first]];
}

function sizesIn(set: string): string[] {
  return [...set.matchAll(/\S\s+([\d.]+[wx])\s*(?:,|$)/g)].map(([, size = '']) => size);
}

function largestIn(set: string): string | undefined {
  return sizesIn(set).sort((one, other) => Number.parseFloat(other) - Number.parseFloat(one))[0];
}
