import type { ReportText } from './report-text.js';
import type { ReportedPage, ReportedPhoto } from './reported-photo.js';
import type { RescueReport } from './rescue-report.js';

/**
 * The report as JSON: what was counted, then `pages`, one line a page of the album, and
 * `noLongerListed`, one line a photo.
 */
export class ReportData implements ReportText {
  #list: 'pages' | 'noLongerListed' = 'pages';
  #isEmpty = true;

  constructor(private readonly report: RescueReport) {}

  begin(): string {
    return `${JSON.stringify(this.report, null, 2).slice(0, -2)},\n  "pages": [`;
  }

  page(page: ReportedPage): string {
    return this.#line(page);
  }

  noLongerListed(photos: readonly ReportedPhoto[]): string {
    const before = this.#endPages();
    return `${before}${photos.map((photo) => this.#line(photo)).join('')}`;
  }

  end(): string {
    return `${this.#endPages()}${this.#endOfList()}\n}\n`;
  }

  #line(item: ReportedPage | ReportedPhoto): string {
    const before = this.#isEmpty ? '' : ',';
    this.#isEmpty = false;
    return `${before}\n    ${JSON.stringify(item)}`;
  }

  #endOfList(): string {
    return this.#isEmpty ? ']' : '\n  ]';
  }

  #endPages(): string {
    if (this.#list !== 'pages') return '';
    const end = `${this.#endOfList()},\n  "noLongerListed": [`;
    this.#list = 'noLongerListed';
    this.#isEmpty = true;
    return end;
  }
}
