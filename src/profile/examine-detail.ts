import { photoTexts } from '../album/photo.js';
import type { Page } from '../page/page.js';
import { type Finding, finding, inWords } from './examine-page.js';
import { type DetailRow, readingsOf } from './listed-item.js';
import { OpenPage, PageError } from './open-page.js';
import type { Reading } from './reading.js';
import type { Profile } from './schema.js';
import { withinTime } from './time-guard.js';

/**
 * What a profile's rules read on a photo's own page, field by field. That it leads to no original is
 * a problem.
 *
 * @param listed what its row says
 * @throws UsageError if a regular expression of the profile takes too long
 */
export function examineDetail(
  served: Page,
  profile: Pick<Profile, 'item'>,
  listed: DetailRow,
): Finding[] {
  try {
    return withinTime(served.url, () =>
      findingsOf(new OpenPage(served, undefined), profile, listed),
    );
  } catch (error) {
    if (!(error instanceof PageError)) throw error;
    return [finding('own page', error.message, true)];
  }
}

function findingsOf(page: OpenPage, profile: Pick<Profile, 'item'>, listed: DetailRow): Finding[] {
  const { text, originals } = readingsOf(page, profile, listed);
  const hasNone = originals.every(
    (reading, index) => isMissing(reading) || (reading === undefined && !listed.originals[index]),
  );
  const texts = photoTexts.map((name) => ({ name, reading: text(name) }));
  const numbered = (index: number) => (originals.length > 1 ? ` ${index + 1}` : '');
  const findings = [
    ...texts.flatMap(({ name, reading }) => {
      if (reading === undefined) return [];
      const isInRow = isMissing(reading) && listed.photo[name] !== undefined;
      const found = `${isInRow ? 'the row’s counts; ' : ''}${inWords(reading)}`;
      return [finding(`own page, ${name}`, found)];
    }),
    ...originals.flatMap((reading, index) => {
      if (reading === undefined) return [];
      return [finding(`own page, original${numbered(index)}`, inWords(reading), hasNone)];
    }),
  ];
  const isAnyMissing = [...texts.map(({ reading }) => reading), ...originals].some(isMissing);
  const stood = finding('own page', `${page.url} says: ${page.summary()}`);
  return isAnyMissing ? [...findings, stood] : findings;
}

function isMissing(reading: Reading | undefined): boolean {
  return reading !== undefined && 'missing' in reading;
}
