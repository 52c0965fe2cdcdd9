import { type Html, html } from '../text/html.js';
import { bytesInWords, dateInWords } from '../text/in-words.js';
import { inPixels } from './originality.js';
import type { ReportedPhoto } from './reported-photo.js';

/** Makes the address of a saved file, relative to the page or absolute, for `href`. */
export type AddressOf = (file: string) => string;

const words = {
  saved: 'saved',
  failed: 'not saved',
  pending: 'not tried yet',
} as const satisfies Record<ReportedPhoto['status'], string>;

/** A table that may be wider than the screen: it scrolls by itself, also by keyboard. */
export function table(label: string, columns: readonly string[], rows: readonly Html[]): Html {
  return html`${tableHead(label, columns)}${rows}${tableEnd}`;
}

function tableHead(label: string, columns: readonly string[]): Html {
  const heads = columns.map((column) => html`<th scope="col">${column}</th>`);
  return html`<div class="table" role="region" aria-label="${label}" tabindex="0"><table>
<thead><tr>${heads}</tr></thead>
<tbody>
`;
}

/** The end of every table. */
export const tableEnd = html`</tbody></table></div>
`;

/** The place of a photo in the album, for people. */
export function place({ page, position }: ReportedPhoto): string {
  return page === undefined ? 'no longer listed' : `page ${page}, no. ${position}`;
}

/** A photo's name, as a link to its file where there is one. */
export function named(photo: ReportedPhoto, addressOf: AddressOf): Html {
  const name = photo.title ?? photo.id;
  if (photo.file === undefined) return html`${name}`;
  return html`<a href="${addressOf(photo.file)}">${name}</a>`;
}

/** A row of a table of photos. */
export function photoRow(photo: ReportedPhoto, addressOf: AddressOf): Html {
  const { width, height, thumbnail, bytes, date, reason, status, damagedAtSource } = photo;
  const flaw = reason ?? (damagedAtSource && 'damaged on the site itself');
  const size = width && height ? inPixels({ width, height }) : undefined;
  const small = thumbnail && html`<br><span class="quiet">thumbnail ${inPixels(thumbnail)}</span>`;
  return html`<tr><td>${photo.position}</td><td class="any">${named(photo, addressOf)}</td><td>${words[status]}${flaw === undefined ? '' : `: ${flaw}`}</td><td class="short">${size}${small}</td><td class="short">${bytes === undefined ? undefined : bytesInWords(bytes)}</td><td class="short">${date === undefined ? undefined : dateInWords(date)}</td></tr>
`;
}

/** The beginning of a table of photos. Rows ({@link photoRow}) and {@link tableEnd} follow. */
export function photoTableHead(label: string): Html {
  return tableHead(label, ['No.', 'Photo', 'State', 'Pixels', 'Size', 'Date']);
}
