import type { Column } from './column.js';
import { differentIn, filledIn } from './column.js';
import { type PageRows, valuesIn, type WrittenItem, type WrittenRule } from './written-rule.js';

const members = /^(?:etag|checksum|md5|sha1|sha256|contenthash|filehash|revision|rev|version|ver)$/;
const parameters = [
  'v',
  'ver',
  'version',
  'rev',
  'revision',
  'mtime',
  'modified',
  'updated',
  'etag',
  'h',
];
/** .NET ticks of the years from 1990 to 2058, as a part of a file's name. */
const ticks = '(?<!\\d)(6[2-4]\\d{16})(?!\\d)';

/**
 * Finds a value that changes when the picture does: a time or a hash in its thumbnail's address, or a
 * member of JSON. It must be there in every row.
 *
 * @param item the fields, the id among them: what the id says already is no version
 * @param again the same page loaded again: what is different then is no version
 */
export function findVersion(
  place: PageRows,
  columns: readonly Column[],
  item: WrittenItem,
  again: readonly PageRows[],
): { rule: WrittenRule; seenOn: string } | undefined {
  const reloaded = again.filter(({ page }) => page.requestedUrl === place.page.requestedUrl);
  const ids = new Set(valuesIn(place, item, 'id'));
  const isVersion = (rule: WrittenRule) => {
    const values = valuesIn(place, { ...item, version: rule }, 'version');
    if (filledIn(values) < values.length || values.some((value) => ids.has(value))) return false;
    if (differentIn(values) < Math.min(2, values.length)) return false;
    const before = new Set(values);
    return reloaded.every((other) =>
      valuesIn(other, { ...item, version: rule }, 'version').every((value) => before.has(value)),
    );
  };
  const rule = candidatesOf(columns, item, reloaded.length > 0).find(isVersion);
  if (rule === undefined) return undefined;
  const proof = reloaded.length > 0 ? ', the same when loaded again' : '';
  return { rule, seenOn: `${place.rows.length} of ${place.rows.length} rows${proof}` };
}

function candidatesOf(
  columns: readonly Column[],
  item: WrittenItem,
  isReloaded: boolean,
): WrittenRule[] {
  const inJson = columns.filter(
    ({ tag, name, source }) => tag === '' && source.of === undefined && members.test(name),
  );
  if (item.thumbnail === undefined) return inJson.map(({ source }) => source);
  // A parameter may as well be new on every visit, which only a second look can tell.
  const inQuery = isReloaded ? parameters : [];
  return [
    ...inJson.map(({ source }) => source),
    { from: 'thumbnail', filters: [{ match: ticks }] },
    ...inQuery.map((query): WrittenRule => ({ from: 'thumbnail', filters: [{ query }] })),
  ];
}
