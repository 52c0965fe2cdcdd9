import type { ReportedPage, ReportedPhoto } from './reported-photo.js';
import type { Rescue } from './rescue-report.js';

/**
 * The report as JSON: what was counted, then `pages`, with one line for each page of the album, and
 * `noLongerListed`, with one line for each photo. It comes in parts, since albums can be large.
 */
export function* reportJson({
  report,
  parts,
}: Pick<Rescue, 'report' | 'parts'>): Generator<string> {
  let isListEmpty = true;
  let isLeftBegun = false;
  const line = (item: ReportedPage | ReportedPhoto): string => {
    const separator = isListEmpty ? '' : ',';
    isListEmpty = false;
    return `${separator}\n    ${JSON.stringify(item)}`;
  };
  const endList = () => (isListEmpty ? ']' : '\n  ]');
  const beginLeft = (): string => {
    const end = endList();
    isListEmpty = true;
    isLeftBegun = true;
    return `${end},\n  "noLongerListed": [`;
  };

  yield `${JSON.stringify(report, null, 2).slice(0, -2)},\n  "pages": [`;
  for (const part of parts()) {
    if (part.isListed) {
      yield line(part.page);
    } else {
      if (!isLeftBegun) yield beginLeft();
      yield part.photos.map(line).join('');
    }
  }
  if (!isLeftBegun) yield beginLeft();
  yield `${endList()}\n}\n`;
}
