import { ChosenOriginals } from './chosen-originals.js';
import {
  type FoundOriginals,
  sizesInWords,
  whatIsMissing,
  withoutOwnPage,
} from './found-originals.js';
import type { Look } from './look.js';
import type { OriginalCandidate } from './original-candidate.js';
import { OriginalSources } from './original-sources.js';
import { OriginalTrial, pixelsIn } from './original-trial.js';
import type { RowAddresses } from './row-addresses.js';
import { rowSample } from './row-sample.js';
import type { PageRows } from './written-rule.js';

/** Pixels of an original for which other candidates need no second look. */
const surelyLarge = 3_000_000;
/** How many candidates are tried on further photos, where the first one's original was small. */
const mostCompared = 3;

/**
 * Finds the rules for the originals by trying candidates on a sample of the photos. What has the most
 * pixels, and then the most bytes, counts; of rules that find the same, the surest.
 *
 * @param addresses all addresses in the rows
 * @param thumbnails those of the thumbnails
 * @param given candidates that are tried before all others
 */
export async function findOriginals(
  place: PageRows,
  addresses: readonly RowAddresses[],
  thumbnails: readonly RowAddresses[],
  look: Look,
  given: readonly OriginalCandidate[] = [],
): Promise<FoundOriginals> {
  const trial = new OriginalTrial(look);
  const sources = new OriginalSources(place, addresses, thumbnails, look, trial, given);
  const chosen = new ChosenOriginals(place.rows.length, sources, trial);
  const { main, others } = rowSample(place.rows.length, addresses);
  const [first = 0, ...more] = main;
  await sources.collect(main);
  await trial.round(sources.candidates, first);
  await sources.addRewritings(first);
  for (const row of more) await compare(sources.candidates, trial, first, row);
  chosen.settle(main);
  for (const row of others) await chosen.addFor(row);
  await chosen.addForRest();
  return whatWasFound(sources, chosen, trial, [...main, ...others]);
}

/** Tries on a further row what may be best: all that found something, where the first was small. */
async function compare(
  candidates: readonly OriginalCandidate[],
  trial: OriginalTrial,
  first: number,
  row: number,
): Promise<void> {
  const able = candidates.filter((one) => trial.of(one).has(first));
  const ranked = able.sort((one, other) => (trial.better(one, other) === one ? -1 : 1));
  const [best] = ranked;
  const picture = best && trial.of(best).get(first);
  const isSmall = picture !== undefined && pixelsIn(picture) < surelyLarge;
  const isAlone = best === undefined || best.sureness === 5;
  const tried = ranked.filter(
    (one, index) =>
      trial.of(one).get(first)?.sha256 === picture?.sha256 || (isSmall && index < mostCompared),
  );
  await trial.round(isAlone ? candidates : tried, row);
}

function whatWasFound(
  { candidates, ownPages }: OriginalSources,
  chosen: ChosenOriginals,
  trial: OriginalTrial,
  sample: readonly number[],
): FoundOriginals {
  const held = sample.filter((row) => chosen.all.some((one) => chosen.isWanted(one, row)));
  const link = ownPages?.link;
  const rules = chosen.all.map(
    (one) => (link && withoutOwnPage(one, trial.of(one), link, sample)) ?? one.rule,
  );
  const [row = 0] = held;
  const pictures = held.flatMap((at) => {
    const best = chosen.seenBy(at);
    return (best && trial.of(best).get(at)) ?? [];
  });
  const thumbnail = candidates.find(({ sureness }) => sureness === 5);
  const small = thumbnail && trial.of(thumbnail).get(row);
  const isPassedBy = candidates.some((one) => trial.isNoPicture(one)) && isShownSmaller(chosen.all);
  const missing = isPassedBy ? passedBy : whatIsMissing(chosen.all, held.length, sample.length);
  return {
    rules,
    urls: pictures.map(({ url }) => url),
    sample,
    ownPages: rules.some(({ on }) => on === 'detail') ? ownPages : undefined,
    seenOn: `${held.length} of ${sample.length} originals tried${sizesInWords(pictures[0], small)}`,
    isUncertain:
      missing !== undefined ||
      chosen.all.some((one) => one.sureness === 3 && trial.of(one).size < 2),
    missing,
  };
}

const passedBy =
  'original: a link on the photo’s own page promises the original, or more sizes, and leads to a further page. Open it with a browser: if a larger picture stands there, this profile does not reach it';

/** Whether what was chosen is what the photos' own pages show, which may be smaller than the original. */
function isShownSmaller(chosen: readonly OriginalCandidate[]): boolean {
  return chosen.some(({ sureness }) => sureness === 4);
}
