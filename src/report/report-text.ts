import type { ReportedPage, ReportedPhoto } from './reported-photo.js';

/** A report as text, which comes in parts, since albums can be large; in this order. */
export interface ReportText {
  begin(): string;
  /** For every page of the album. */
  page(page: ReportedPage): string;
  /** For all photos that the album no longer lists, some at a time. */
  noLongerListed(photos: readonly ReportedPhoto[]): string;
  end(): string;
}
