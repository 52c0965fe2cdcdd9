import { type PhotoText, photoKey, photoTexts } from '../album/photo.js';
import type { ListedSource } from '../album/photo-sources.js';
import type { Page } from '../page/page.js';
import { type Field, type FieldRule, itemFields, type PartRule, rulesOf } from './field-schema.js';
import { OpenPage, PageError } from './open-page.js';
import { asAddress, firstReading, readRule, readSource } from './read-field.js';
import { type Reading, valueIn } from './reading.js';
import type { RowReader } from './row-reader.js';
import { itemsOf } from './rows.js';
import type { ItemRule, Profile } from './schema.js';
import { withinTime } from './time-guard.js';

type PhotoTexts = Partial<Record<PhotoText, string>>;

/** A photo as a row of a listing page shows it. */
export interface ListedItem extends PhotoTexts {
  key: string;
  id: string;
  version?: string;
  thumbnailUrl?: string;
  /** The address of the photo's own page, where the profile reads one and the row has it. */
  detailUrl?: string;
  /** Candidates for the original, in the profile's order; null for one that the row does not give. */
  originals: (string | null)[];
  /** Which of the profile's items it is, from 0; missing for the first. */
  kind?: number;
  /** Texts of the row that count only where its own page has none. */
  instead?: PhotoTexts;
}

/** What the row of a photo says, for which its own page is read. */
export interface DetailRow extends Pick<ListedSource, 'originals' | 'instead' | 'kind'> {
  photo: Partial<Record<PhotoText, string | undefined>>;
}

/** What a photo's own page adds. */
export interface DetailPage extends PhotoTexts {
  /** Candidates for the original, best first, from the row and from this page. */
  originals: string[];
}

/** Whether a profile reads each photo's own page. */
export function hasDetail(item: ItemRule): boolean {
  const fields = [...itemFields.map((name) => item[name]), item.original];
  return fields.flatMap(rulesOf).some(isOnDetail);
}

function isOnDetail({ on }: FieldRule): boolean {
  return on === 'detail';
}

function texts(read: (name: PhotoText) => Reading | undefined): PhotoTexts {
  const found: PhotoTexts = {};
  for (const name of photoTexts) {
    const value = valueIn(read(name));
    if (value === undefined) continue;
    // In UTC, so that it sorts as text.
    found[name] = name === 'uploadedAt' ? new Date(value).toISOString() : value;
  }
  return found;
}

/** Whether a field is read from a row only where the photo's own page does not say it. */
function isInstead(field: Field | undefined): boolean {
  return rulesOf(field)[0]?.on === 'detail';
}

function whyMissing(reading: Reading | undefined): string {
  return reading !== undefined && 'missing' in reading ? reading.missing : '';
}

/**
 * Reads a row as a photo.
 *
 * @returns the photo, or why the row cannot be read as one
 */
export function listedItem(row: RowReader, item: ItemRule): ListedItem | string {
  const id = row.field('id');
  if (id === undefined || 'missing' in id) return `no id can be read: ${whyMissing(id)}`;
  const readings = row.originals();
  const originals = readings.map((reading) => valueIn(reading) ?? null);
  const detail = hasDetail(item) ? row.field('detail') : undefined;
  const detailUrl = valueIn(detail);
  if (detailUrl === undefined && originals.every((original) => original === null)) {
    const missing = detail && `no address of its own page can be read: ${whyMissing(detail)}`;
    const reasons = [missing, ...readings.map(whyMissing)].filter(Boolean).join('; ');
    return `no original can be derived: ${reasons}`;
  }
  const version = valueIn(row.field('version'));
  const thumbnailUrl = valueIn(row.field('thumbnail'));
  const isLater = (name: PhotoText) => detailUrl !== undefined && isInstead(item[name]);
  const instead = texts((name) => (isLater(name) ? row.field(name) : undefined));
  return {
    key: photoKey(id.value, version),
    id: id.value,
    originals,
    ...(version !== undefined && { version }),
    ...(thumbnailUrl !== undefined && { thumbnailUrl }),
    ...(detailUrl !== undefined && { detailUrl }),
    ...texts((name) => (isLater(name) ? undefined : row.field(name))),
    ...(Object.keys(instead).length > 0 && { instead }),
  };
}

/** @throws PageError where an earlier profile had that item, and this one has not */
function itemOf(profile: Pick<Profile, 'item'>, kind: number): ItemRule {
  const item = itemsOf(profile)[kind];
  if (item === undefined) throw new PageError(`the profile no longer has an item[${kind + 1}]`);
  return item;
}

/**
 * Reads a photo's own page.
 *
 * @param listed what its row says
 * @throws PageError if a JSON path is used on a page that is not JSON, or if the profile no longer
 *   has the item that the row was read by
 */
export function readDetail(
  served: Page,
  profile: Pick<Profile, 'item'>,
  { originals, photo, instead, kind = 0 }: DetailRow,
): DetailPage {
  return withinTime(served.url, () => {
    const page = new OpenPage(served, undefined);
    const item = itemOf(profile, kind);
    const source = (rule: PartRule) => readSource(page, page.for(rule.select ?? ''), rule);
    const read = (rule: FieldRule) => readRule(rule, source, page.base);
    const candidates = item.original.map((rule, index) =>
      rule.on === 'detail' ? valueIn(asAddress(read(rule), page.base)) : originals[index],
    );
    return {
      originals: candidates.filter((candidate) => typeof candidate === 'string'),
      ...instead,
      ...texts((name) => {
        const rules = rulesOf(item[name]);
        if (photo[name] !== undefined && !isInstead(item[name])) return undefined;
        return firstReading(rules.filter(isOnDetail), read);
      }),
    };
  });
}
