import { bytesInWords, dateInWords } from '../text/in-words.js';
import { type Markup, markup } from './markup.js';
import { inPixels } from './originality.js';
import type { ReportedPhoto } from './reported-photo.js';

/** Address of a file, relative to the page or absolute, as `href` takes it. */
export type AddressOf = (file: string) => string;

const words = {
  saved: 'saved',
  failed: 'not saved',
  pending: 'not tried yet',
} as const satisfies Record<ReportedPhoto['status'], string>;

/** A table that may be wider than the screen: it scrolls by itself, by keyboard too. */
export function table(label: string, columns: readonly string[], rows: readonly Markup[]): Markup {
  return markup`${tableHead(label, columns)}${rows}${tableEnd}`;
}

function tableHead(label: string, columns: readonly string[]): Markup {
  const heads = columns.map((column) => markup`<th scope="col">${column}</th>`);
  return markup`<div class="table" role="region" aria-label="${label}" tabindex="0"><table>
<thead><tr>${heads}</tr></thead>
<tbody>
`;
}

/** How every table ends. */
export const tableEnd = markup`</tbody></table></div>
`;

/** Where in the album a photo is, for people. */
export function place({ page, position }: ReportedPhoto): string {
  return page === undefined ? 'no longer listed' : `page ${page}, no. ${position}`;
}

/** A photo's name, which leads to its file where there is one. */
export function named(photo: ReportedPhoto, addressOf: AddressOf): Markup {
  const name = photo.title ?? photo.id;
  if (photo.file === undefined) return markup`${name}`;
  return markup`<a href="${addressOf(photo.file)}">${name}</a>`;
}

/** A row of a table of photos. */
function photoRow(photo: ReportedPhoto, addressOf: AddressOf): Markup {
  const { width, height, thumbnail, bytes, date, reason, status } = photo;
  const size = width && height ? inPixels({ width, height }) : undefined;
  const against =
    thumbnail && markup`<br><span class="quiet">thumbnail ${inPixels(thumbnail)}</span>`;
  return markup`<tr><td>${photo.position}</td><td class="any">${named(photo, addressOf)}</td><td>${words[status]}${reason === undefined ? '' : `: ${reason}`}</td><td class="short">${size}${against}</td><td class="short">${bytes === undefined ? undefined : bytesInWords(bytes)}</td><td class="short">${date === undefined ? undefined : dateInWords(date)}</td></tr>
`;
}

/** How a table of photos begins, of which the {@link photoRows} come by and by. */
export function photoTableHead(label: string): Markup {
  return tableHead(label, ['No.', 'Photo', 'State', 'Pixels', 'Size', 'Date']);
}

/** Rows of a table of photos. */
export function photoRows(photos: readonly ReportedPhoto[], addressOf: AddressOf): Markup {
  return markup`${photos.map((photo) => photoRow(photo, addressOf))}`;
}
