import { filledIn } from './column.js';
import type { RowAddresses } from './row-addresses.js';

/** Members of JSON that hold small pictures. */
const smallNames =
  /thumb|preview|small|tiny|square|poster|cover|mini|icon|low|(?:^|[^a-z])t(?:humb)?n?(?:[^a-z]|$)/;
const pictureNames = /src|image|img|photo|picture|media|display|url|href|file/;

/** How likely a place holds the pictures that are shown in the rows; 0 where it does not. */
function likelihood(place: RowAddresses): number {
  const { tag, name, rule } = place;
  if (tag === '') return likelihoodOfMember(`${rule.select}`.toLowerCase(), name);
  if (name === 'style') return 7;
  const isSet = /srcset/.test(name);
  if (tag === 'img') return isSet ? 6 : 9 - Number(/^data-/.test(name));
  if (tag === 'video') return name === 'poster' ? 8 : 0;
  if (tag === 'source') return isSet ? 5 : 0;
  return /^data-/.test(name) && smallNames.test(name) ? 3 : 0;
}

function likelihoodOfMember(path: string, name: string): number {
  if (/avatar|author|owner|user|profile/.test(path)) return 0;
  if (smallNames.test(path)) return 9;
  return pictureNames.test(name) ? 1 : 0;
}

/**
 * The places of the thumbnails, the best first: as many as are needed for as many rows as have one.
 *
 * @returns none where the rows show no pictures
 */
export function thumbnailPlaces(addresses: readonly RowAddresses[]): RowAddresses[] {
  const shown = addresses
    .map((one) => ({ one, likely: likelihood(one) }))
    .filter(({ likely, one }) => likely > 1 || (likely === 1 && one.tag === ''))
    .sort(
      (one, other) =>
        filledIn(other.one.urls) - filledIn(one.one.urls) || other.likely - one.likely,
    )
    .map(({ one }) => one);
  const chosen: RowAddresses[] = [];
  for (const one of shown) {
    const isNew = one.urls.some(
      (url, row) => url !== undefined && chosen.every(({ urls }) => urls[row] === undefined),
    );
    if (isNew) chosen.push(one);
  }
  return chosen.slice(0, 3);
}
