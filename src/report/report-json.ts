import type { ReportedPage, ReportedPhoto } from './reported-photo.js';
import type { Rescue } from './rescue-report.js';

/**
 * The report as JSON: what was counted, then `pages`, with one line for each page of the album, and
 * `noLongerListed`, with one line for each photo. It comes in parts, since albums can be large.
 */
export function* reportJson({
  report,
  pages,
  departed,
}: Pick<Rescue, 'report' | 'pages' | 'departed'>): Generator<string> {
  yield `${JSON.stringify(report, null, 2).slice(0, -2)},\n  "pages": [`;
  yield* lines(pages());
  yield '],\n  "noLongerListed": [';
  yield* lines(departed());
  yield ']\n}\n';
}

/** The items of a list, a line each. */
function* lines(items: Iterable<ReportedPage | ReportedPhoto>): Generator<string> {
  let before = '';
  for (const item of items) {
    yield `${before}\n    ${JSON.stringify(item)}`;
    before = ',';
  }
  if (before !== '') yield '\n  ';
}
