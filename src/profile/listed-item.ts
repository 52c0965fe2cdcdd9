import { type PhotoText, photoKey, photoTexts } from '../album/photo.js';
import type { Page } from '../page/page.js';
import { type FieldRule, itemFields } from './field-schema.js';
import { OpenPage } from './open-page.js';
import { asAddress, readField } from './read-field.js';
import { type Reading, valueIn } from './reading.js';
import type { RowReader } from './row-reader.js';
import type { ItemRule } from './schema.js';
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
}

/** What a photo's own page adds. */
export interface DetailPage extends PhotoTexts {
  /** Candidates for the original, best first, from the row and from this page. */
  originals: string[];
}

/** Whether a profile reads each photo's own page. */
export function hasDetail(item: ItemRule): boolean {
  return [...itemFields.map((name) => item[name]), ...item.original].some(
    (rule) => rule?.on === 'detail',
  );
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
  return {
    key: photoKey(id.value, version),
    id: id.value,
    originals,
    ...(version !== undefined && { version }),
    ...(thumbnailUrl !== undefined && { thumbnailUrl }),
    ...(detailUrl !== undefined && { detailUrl }),
    ...texts((name) => row.field(name)),
  };
}

/**
 * Reads a photo's own page.
 *
 * @param originals the candidates from its row
 * @throws PageError if a JSON path is used on a page that is not JSON
 */
export function readDetail(
  served: Page,
  item: ItemRule,
  originals: readonly (string | null)[],
): DetailPage {
  return withinTime(served.url, () => {
    const page = new OpenPage(served, undefined);
    const read = (rule: FieldRule) => readField(page, page.for(rule.select ?? ''), rule);
    const candidates = item.original.map((rule, index) =>
      rule.on === 'detail' ? valueIn(asAddress(read(rule), page.base)) : originals[index],
    );
    return {
      originals: candidates.filter((candidate) => typeof candidate === 'string'),
      ...texts((name) => {
        const rule = item[name];
        return rule?.on === 'detail' ? read(rule) : undefined;
      }),
    };
  });
}
