import { createHash } from 'node:crypto';
import { bytesInWords, dateInWords, numberInWords } from '../text/in-words.js';
import { Markup, markup } from './markup.js';
import {
  type AddressOf,
  named,
  photoRows,
  photoTableHead,
  place,
  table,
  tableEnd,
} from './photo-table.js';
import { reportStyle } from './report-style.js';
import type { ReportText } from './report-text.js';
import type { ReportedPage, ReportedPhoto } from './reported-photo.js';
import type { Rescue, RescueReport } from './rescue-report.js';

/** Nothing is loaded and nothing runs, whatever may stand in the page; CSP level 3. */
const policy = `default-src 'none'; style-src 'sha256-${createHash('sha256')
  .update(reportStyle)
  .digest('base64')}'; base-uri 'none'; form-action 'none'`;

const styleSheet = new Markup(reportStyle);

function sum(name: string, value: string, more?: string): Markup {
  const small = more === undefined ? undefined : markup` <small>${more}</small>`;
  return markup`<div><dt>${name}</dt><dd>${value}${small}</dd></div>
`;
}

function sums({ counts, bytes, dates, twice, originality }: RescueReport): Markup {
  const leftToo = counts.left > 0 ? `, ${numberInWords(counts.left)} of them no longer listed` : '';
  const days = dates && [...new Set([dates.first.slice(0, 10), dates.last.slice(0, 10)])];
  const between = days?.join(' to ');
  return markup`<dl>
${sum('Listed by the album', numberInWords(counts.listed))}${sum(
  'Saved',
  numberInWords(counts.saved),
  `${bytesInWords(bytes)}${leftToo}`,
)}${sum('Not saved', numberInWords(counts.failed))}${sum(
  'Not tried yet',
  numberInWords(counts.pending),
)}${sum('Dates', between ?? 'none known', dates && `of ${numberInWords(dates.photos)} saved photos`)}${sum(
  'Present twice',
  numberInWords(twice.length),
  'pictures in more than one place',
)}${sum('Perhaps not originals', numberInWords(originality.doubtful), 'see Originality')}</dl>
`;
}

function notSaved(failed: readonly ReportedPhoto[]): Markup | undefined {
  if (failed.length === 0) return undefined;
  const rows = failed.map(
    (photo) =>
      markup`<tr><td class="short">${place(photo)}</td><td class="any">${photo.title ?? photo.id}<br><span class="quiet">${photo.originalUrl}</span></td><td class="any">${photo.reason}</td></tr>
`,
  );
  return markup`<h2>Not saved, and why</h2>
${table('Not saved, and why', ['Place', 'Photo', 'Reason'], rows)}`;
}

/** Which thumbnails the pictures were held against, in a sentence or two. */
function heldAgainst({ measured, thumbnails }: RescueReport['originality']): string {
  const { longestSide, own } = thumbnails;
  if (longestSide === undefined) return 'No thumbnail was looked at.';
  const largest = `${longestSide} pixels at its longest side`;
  if (own === measured) {
    return `Each was held against its own thumbnail; the largest of these has ${largest}.`;
  }
  return `They were held against thumbnails: ${numberInWords(own)} against their own, the others against the largest of these, which has ${largest}. A run with --thumbnails all holds each against its own.`;
}

function originalitySection(
  { originality }: RescueReport,
  photos: ReadonlyMap<string, ReportedPhoto>,
  addressOf: AddressOf,
): Markup {
  const { measured, signs, commonSide } = originality;
  const rows = signs.flatMap(({ key, sign }) => {
    const photo = photos.get(key);
    if (photo === undefined) return [];
    return markup`<tr><td class="short">${place(photo)}</td><td class="any">${named(photo, addressOf)}</td><td class="any">${sign}</td></tr>
`;
  });
  const isQuiet = originality.doubtful === 0;
  return markup`<h2 id="originality">Originality</h2>
<p>Saved is what the site holds, byte for byte; whether that is what the camera made, only the pictures can tell. The size of ${numberInWords(measured)} pictures is known. ${heldAgainst(originality)}</p>
${isQuiet ? markup`<p>There is no sign that pictures were made smaller.</p>` : undefined}${
  commonSide && markup`<p><strong>Warning:</strong> ${commonSide.sentence}.</p>`
}
${rows.length > 0 ? table('Pictures that are perhaps not originals', ['Place', 'Photo', 'Sign'], rows) : undefined}`;
}

function twiceSection(
  { twice }: RescueReport,
  photos: ReadonlyMap<string, ReportedPhoto>,
  addressOf: AddressOf,
): Markup | undefined {
  if (twice.length === 0) return undefined;
  const items = twice.map((keys) => {
    const links = keys.flatMap((key, index) => {
      const photo = photos.get(key);
      if (photo === undefined) return [];
      return markup`${index > 0 ? ', ' : ''}${named(photo, addressOf)} (${place(photo)})`;
    });
    return markup`<li>${links}</li>
`;
  });
  return markup`<h2>Present twice</h2>
<p>The files of each line are the same byte for byte. Each is kept.</p>
<ul class="any">
${items}</ul>
`;
}

function pageDetails(page: ReportedPage, addressOf: AddressOf): Markup {
  const { photos, saved, failed, pending } = page;
  const open = [
    failed > 0 ? `${failed} not saved` : '',
    pending > 0 ? `${pending} not tried yet` : '',
  ].filter((text) => text !== '');
  const state =
    open.length === 0
      ? markup`${photos.length} photos, all saved`
      : markup`${saved} of ${photos.length} photos saved, <span class="warning">${open.join(', ')}</span>`;
  return markup`<details><summary>Page ${page.page}: ${state}</summary>
${photoTableHead(`Page ${page.page}`)}${photoRows(photos, addressOf)}${tableEnd}</details>
`;
}

function head({ report, failed, named: photos }: ReportedRescue, addressOf: AddressOf): Markup {
  const { album, verdict, writtenAt, lastRun } = report;
  const doubts = (lastRun?.doubts ?? []).map((doubt) => markup`<li>${doubt}</li>`);
  return markup`<!DOCTYPE html>
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
<p class="quiet">${album.profile}, ${album.url}, user ${album.username}. Written ${dateInWords(writtenAt)}.</p>
<p class="verdict ${verdict.rescued ? 'rescued' : 'not-yet'}">${verdict.sentence}</p>
${sums(report)}${doubts.length > 0 ? markup`<h2>What is in doubt</h2>\n<ul>${doubts}</ul>\n` : undefined}${notSaved(failed)}${originalitySection(report, photos, addressOf)}${twiceSection(report, photos, addressOf)}<h2>Page by page</h2>
`;
}

/** What the report's page shows above the pages of the album. */
type ReportedRescue = Pick<Rescue, 'report' | 'failed' | 'named'>;

/** The report as one HTML page that needs nothing else, no script and no request. */
export class ReportPage implements ReportText {
  #hasPages = false;
  #hasLeft = false;

  /** @param addressOf makes the addresses of saved files */
  constructor(
    private readonly rescue: ReportedRescue,
    private readonly addressOf: AddressOf,
  ) {}

  begin(): string {
    return head(this.rescue, this.addressOf).html;
  }

  page(page: ReportedPage): string {
    this.#hasPages = true;
    return pageDetails(page, this.addressOf).html;
  }

  noLongerListed(photos: readonly ReportedPhoto[]): string {
    const before = this.#hasLeft ? undefined : this.#beginLeft();
    return markup`${before}${photoRows(photos, this.addressOf)}`.html;
  }

  end(): string {
    const before = this.#hasLeft ? markup`${tableEnd}</details>\n` : this.#noPages();
    return markup`${before}<p class="quiet">Whether the files are still what they were when they were saved: <code>photo-escape verify</code> reads each of them again.</p>
</main>
</body>
</html>
`.html;
  }

  #noPages(): Markup | undefined {
    return this.#hasPages ? undefined : markup`<p>No page with photos is known.</p>\n`;
  }

  #beginLeft(): Markup {
    this.#hasLeft = true;
    const { left, lost } = this.rescue.report.counts;
    return markup`${this.#noPages()}<h2>No longer in the album</h2>
<p>They were saved once, and have left the album since; they are kept.</p>
<details><summary>${numberInWords(left + lost)} photos</summary>
${photoTableHead('No longer in the album')}`;
  }
}
