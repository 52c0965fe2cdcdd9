import { createHash } from 'node:crypto';
import { Html, html } from '../text/html.js';
import {
  albumInWords,
  bytesInWords,
  dateInWords,
  numberInWords,
  photosInWords,
} from '../text/in-words.js';
import {
  type AddressOf,
  named,
  photoRow,
  photoTableHead,
  place,
  table,
  tableEnd,
} from './photo-table.js';
import { reportStyle } from './report-style.js';
import type { ReportedPage, ReportedPhoto } from './reported-photo.js';
import type { Rescue, RescueReport } from './rescue-report.js';

/** Nothing is loaded and nothing runs, whatever is in the page (CSP level 3). */
const policy = `default-src 'none'; style-src 'sha256-${createHash('sha256')
  .update(reportStyle)
  .digest('base64')}'; base-uri 'none'; form-action 'none'`;

const styleSheet = new Html(reportStyle);

function sums({ counts, bytes, dates, twice, originality }: RescueReport): Html {
  const left = counts.left > 0 ? `, ${numberInWords(counts.left)} of them no longer listed` : '';
  const days = dates && [...new Set([dates.first.slice(0, 10), dates.last.slice(0, 10)])];
  const rows: [name: string, value: number | string, more?: string | undefined][] = [
    ['Listed by the album', counts.listed],
    ['Saved', counts.saved, `${bytesInWords(bytes)}${left}`],
    ['Not saved', counts.failed],
    ['Not tried yet', counts.pending],
    ['Dates', days?.join(' to ') ?? 'none known', dates && `of ${photosInWords(dates.photos)}`],
    ['Present twice', twice.length, 'pictures in more than one place'],
    ['Perhaps not originals', originality.doubtful, 'see Originality'],
  ];
  const items = rows.map(([name, value, more]) => {
    const text = typeof value === 'number' ? numberInWords(value) : value;
    return html`<div><dt>${name}</dt><dd>${text}${more && html` <small>${more}</small>`}</dd></div>
`;
  });
  return html`<dl>
${items}</dl>
`;
}

function notSaved(failed: readonly ReportedPhoto[]): Html | undefined {
  if (failed.length === 0) return undefined;
  const rows = failed.map(
    (photo) =>
      html`<tr><td class="short">${place(photo)}</td><td class="any">${photo.title ?? photo.id}<br><span class="quiet">${photo.originalUrl}</span></td><td class="any">${photo.reason}</td></tr>
`,
  );
  return html`<h2>Not saved, and why</h2>
${table('Not saved, and why', ['Place', 'Photo', 'Reason'], rows)}`;
}

/** Which thumbnails the pictures were compared with, in a sentence or two. */
function comparedWith({ measured, thumbnails }: RescueReport['originality']): string {
  const { longestSide, own } = thumbnails;
  if (longestSide === undefined) return 'No thumbnail was measured.';
  const largest = `${longestSide} pixels at its longest side`;
  if (own === measured) {
    return `Each was compared with its own thumbnail; the largest thumbnail has ${largest}.`;
  }
  return `They were compared with thumbnails: ${numberInWords(own)} with their own, the others with the largest one, which has ${largest}. A run with --thumbnails all compares each with its own.`;
}

function originalitySection(
  { originality }: RescueReport,
  photos: ReadonlyMap<string, ReportedPhoto>,
  addressOf: AddressOf,
): Html {
  const { measured, signs, commonSide } = originality;
  const rows = signs.flatMap(({ key, sign }) => {
    const photo = photos.get(key);
    if (photo === undefined) return [];
    return html`<tr><td class="short">${place(photo)}</td><td class="any">${named(photo, addressOf)}</td><td class="any">${sign}</td></tr>
`;
  });
  const isQuiet = originality.doubtful === 0;
  return html`<h2 id="originality">Originality</h2>
<p>Every file is saved byte for byte as the site has it. Whether the site has what the camera made, only the pictures can tell. The size of ${numberInWords(measured)} pictures is known. ${comparedWith(originality)}</p>
${isQuiet ? html`<p>There is no sign that pictures were made smaller.</p>` : undefined}${
  commonSide && html`<p><strong>Warning:</strong> ${commonSide.sentence}.</p>`
}
${rows.length > 0 ? table('Pictures that are perhaps not originals', ['Place', 'Photo', 'Sign'], rows) : undefined}`;
}

function damagedSection(
  { damagedAtSource: damaged = [] }: RescueReport,
  photos: ReadonlyMap<string, ReportedPhoto>,
  addressOf: AddressOf,
): Html | undefined {
  if (damaged.length === 0) return undefined;
  const items = damaged.flatMap((key) => {
    const photo = photos.get(key);
    if (photo === undefined) return [];
    return html`<li>${named(photo, addressOf)} (${place(photo)})</li>
`;
  });
  return html`<h2>Damaged on the site itself</h2>
<p>The end of these files is missing. The site sent the same bytes each time, as many as it announced, so it has no more of them. They are kept as they are.</p>
<ul class="any">
${items}</ul>
`;
}

function twiceSection(
  { twice }: RescueReport,
  photos: ReadonlyMap<string, ReportedPhoto>,
  addressOf: AddressOf,
): Html | undefined {
  if (twice.length === 0) return undefined;
  const items = twice.map((keys) => {
    const links = keys.flatMap((key, index) => {
      const photo = photos.get(key);
      if (photo === undefined) return [];
      return html`${index > 0 ? ', ' : ''}${named(photo, addressOf)} (${place(photo)})`;
    });
    return html`<li>${links}</li>
`;
  });
  return html`<h2>Present twice</h2>
<p>The files of each line are the same byte for byte. Each is kept.</p>
<ul class="any">
${items}</ul>
`;
}

function pageDetails(page: ReportedPage, addressOf: AddressOf): Html {
  const { photos, saved, failed, pending } = page;
  const open = [
    failed > 0 ? `${failed} not saved` : '',
    pending > 0 ? `${pending} not tried yet` : '',
  ].filter((text) => text !== '');
  const state =
    open.length === 0
      ? html`${photos.length} photos, all saved`
      : html`${saved} of ${photos.length} photos saved, <span class="warning">${open.join(', ')}</span>`;
  return html`<details><summary>Page ${page.page}: ${state}</summary>
${photoTableHead(`Page ${page.page}`)}${photos.map((photo) => photoRow(photo, addressOf))}${tableEnd}</details>
`;
}

function head({ report, failed, named: photos }: Rescue, addressOf: AddressOf): Html {
  const { album, verdict, writtenAt, lastRun } = report;
  const doubts = (lastRun?.doubts ?? []).map((doubt) => html`<li>${doubt}</li>`);
  return html`<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<title>Rescue report: ${album.url}</title>
<style>${styleSheet}</style>
</head>
<body>
<main>
<h1>Rescue report</h1>
<p class="quiet">${albumInWords(album)}. Written ${dateInWords(writtenAt)}.</p>
<p class="verdict ${verdict.rescued ? 'rescued' : 'not-yet'}">${verdict.sentence}</p>
${sums(report)}${doubts.length > 0 ? html`<h2>What is in doubt</h2>\n<ul>${doubts}</ul>\n` : undefined}${notSaved(failed)}${damagedSection(report, photos, addressOf)}${originalitySection(report, photos, addressOf)}${twiceSection(report, photos, addressOf)}<h2>Page by page</h2>
`;
}

/**
 * The report as one HTML page, without scripts, that loads nothing. It comes in parts, since albums
 * can be large.
 *
 * @param addressOf makes the addresses of saved files
 */
export function* reportPage(rescue: Rescue, addressOf: AddressOf): Generator<string> {
  const { listed, left, lost } = rescue.report.counts;
  yield head(rescue, addressOf).markup;
  if (listed === 0) yield html`<p>No page with photos is known.</p>\n`.markup;
  for (const page of rescue.pages()) yield pageDetails(page, addressOf).markup;
  if (left + lost > 0) {
    yield departedHead(left + lost).markup;
    for (const photo of rescue.departed()) yield photoRow(photo, addressOf).markup;
    yield html`${tableEnd}</details>\n`.markup;
  }
  yield html`<p class="quiet"><code>photo-escape verify</code> reads every file again and checks that it is still as it was saved.</p>
</main>
</body>
</html>
`.markup;
}

function departedHead(photos: number): Html {
  return html`<h2>No longer in the album</h2>
<p>They were saved, and the album does not list them any more. They are kept.</p>
<details><summary>${photosInWords(photos)}</summary>
${photoTableHead('No longer in the album')}`;
}
