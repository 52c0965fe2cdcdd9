import { pictureEnding } from '../survey/find-photos.js';
import {
  type FoundOriginals,
  sizesInWords,
  whatIsMissing,
  withoutOwnPage,
} from './found-originals.js';
import type { Look } from './look.js';
import type { OriginalCandidate } from './original-candidate.js';
import { OriginalTrial, pixelsIn } from './original-trial.js';
import { OwnPages } from './own-page.js';
import { keepsFileName, rewrite, rewritingsFor } from './rewritings.js';
import type { RowAddresses } from './row-addresses.js';
import { hasFilm, rowSample } from './row-sample.js';
import { type PageRows, type WrittenRule, withFilters } from './written-rule.js';

/** Pixels of an original for which other candidates need no second look. */
const surelyLarge = 3_000_000;
/** How many candidates are tried on further photos, where the first one's original was small. */
const mostCompared = 3;
/** How many rewritings are tried: where nothing else is larger than the thumbnail, and else. */
const mostRewritings = { alone: 8, beside: 3 };

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
  const search = new OriginalSearch(place, addresses, thumbnails, look, given);
  return search.run();
}

class OriginalSearch {
  readonly #trial: OriginalTrial;
  readonly #thumbnails: (string | undefined)[];
  #candidates: OriginalCandidate[] = [];
  #ownPages: OwnPages | undefined;

  constructor(
    private readonly place: PageRows,
    private readonly addresses: readonly RowAddresses[],
    private readonly thumbnailPlaces: readonly RowAddresses[],
    private readonly look: Look,
    given: readonly OriginalCandidate[],
  ) {
    this.#trial = new OriginalTrial(look);
    this.#candidates = [...given];
    this.#thumbnails = place.rows.map((_, row) =>
      thumbnailPlaces.map(({ urls }) => urls[row]).find((url) => url !== undefined),
    );
  }

  async run(): Promise<FoundOriginals> {
    const { main, others } = rowSample(this.place.rows.length, this.addresses);
    const [first = 0, ...more] = main;
    await this.#collect(main);
    await this.#round(this.#candidates, first);
    await this.#addRewritings(first);
    for (const row of more) await this.#compare(first, row);
    const rules = this.#settle(main);
    for (const row of others) await this.#addFor(row, rules);
    await this.#addForRest(rules);
    return this.#found(rules, [...main, ...others]);
  }

  /** What stands in the rows or on the photos' own pages. */
  async #collect(sample: readonly number[]): Promise<void> {
    const [first = 0] = sample;
    const thumbnail = this.#thumbnailCandidate();
    if (thumbnail !== undefined) this.#candidates.push(thumbnail);
    for (const address of this.addresses.filter((one) => !this.thumbnailPlaces.includes(one))) {
      const candidate = direct(address);
      if (!this.#isLink(address)) this.#candidates.push(candidate);
      else if (await this.#leadsToPicture(candidate, address, first)) {
        this.#candidates.push(candidate);
      } else if (this.#ownPages === undefined) await this.#open(address, sample);
    }
  }

  #isLink({ tag, name }: RowAddresses): boolean {
    return tag === 'a' && name === 'href';
  }

  async #leadsToPicture(
    candidate: OriginalCandidate,
    { urls }: RowAddresses,
    row: number,
  ): Promise<boolean> {
    const url = urls[row];
    if (url === undefined) return true;
    if (pictureEnding.test(new URL(url).pathname)) {
      return (await this.#trial.seen(candidate, row)) !== undefined;
    }
    const page = await this.look.page(url);
    return page !== undefined && /^(?:image|video)\//.test(page.type);
  }

  async #open(link: RowAddresses, sample: readonly number[]): Promise<void> {
    const pages = new OwnPages(link, this.look);
    const others = new Set(this.#thumbnails.filter((url) => url !== undefined));
    const found = await pages.candidates(sample, others);
    if (found.length === 0) return;
    this.#ownPages = pages;
    this.#candidates.push(...found);
  }

  #thumbnailCandidate(): OriginalCandidate | undefined {
    if (this.thumbnailPlaces.length === 0) return undefined;
    const urls = this.#thumbnails;
    return { rule: { from: 'thumbnail' }, sureness: 5, url: async (row) => urls[row] };
  }

  async #round(candidates: readonly OriginalCandidate[], row: number): Promise<void> {
    for (const candidate of candidates) await this.#trial.seen(candidate, row);
  }

  /** Rewritings of the thumbnail's address, and of the largest picture's in the row. */
  async #addRewritings(row: number): Promise<void> {
    const best = this.#trial.best(this.#candidates, row);
    const isAlone = best === undefined || best.sureness === 5;
    const made = this.#rewritingsOf({ from: 'thumbnail' }, this.#thumbnails);
    const larger = isAlone ? undefined : this.addresses.find(({ rule }) => rule === best.rule);
    const further = larger ? this.#rewritingsOf(withFilters(larger.rule, 'join'), larger.urls) : [];
    const most = isAlone ? mostRewritings.alone : mostRewritings.beside;
    // What a photo's own page says may be known without that page: then it need not be read.
    const inRow = this.#candidates.filter(({ rule }) => rule.on === undefined);
    const known = new Set(await Promise.all(inRow.map(({ url }) => url(row))));
    for (const candidate of [...made.slice(0, most), ...further.slice(0, 2)]) {
      const url = await candidate.url(row);
      if (url === undefined || known.has(url)) continue;
      known.add(url);
      this.#candidates.push(candidate);
      await this.#trial.seen(candidate, row);
    }
  }

  #rewritingsOf(start: WrittenRule, urls: readonly (string | undefined)[]): OriginalCandidate[] {
    return rewritingsFor(urls).map((rewriting) => {
      const results = urls.map((url) => url && rewrite(url, rewriting));
      const isKept = urls.every(
        (url, row) => !url || !results[row] || keepsFileName(url, results[row]),
      );
      return {
        rule: withFilters(start, { replace: rewriting }),
        sureness: isKept ? 1 : 3,
        url: async (row) => results[row],
      };
    });
  }

  /** Tries on a further row what may be best: all that found something, where the first was small. */
  async #compare(first: number, row: number): Promise<void> {
    const able = this.#candidates.filter((one) => this.#trial.of(one).has(first));
    const ranked = able.sort((one, other) => (this.#trial.better(one, other) === one ? -1 : 1));
    const [best] = ranked;
    const picture = best && this.#trial.of(best).get(first);
    const isSmall = picture !== undefined && pixelsIn(picture) < surelyLarge;
    const isAlone = best === undefined || best.sureness === 5;
    const tried = ranked.filter(
      (one, index) =>
        this.#trial.of(one).get(first)?.sha256 === picture?.sha256 ||
        (isSmall && index < mostCompared),
    );
    await this.#round(isAlone ? this.#candidates : tried, row);
  }

  /** The candidates that are best for the rows of a sample, each for those that it holds for. */
  #settle(rows: readonly number[]): OriginalCandidate[] {
    const chosen: OriginalCandidate[] = [];
    const isHeld = (row: number) => chosen.some((one) => this.#trial.of(one).has(row));
    for (let left = rows.filter((row) => !isHeld(row)); left.length > 0; ) {
      const able = this.#candidates.filter((one) =>
        left.some((row) => this.#trial.of(one).has(row)),
      );
      const [first] = able;
      if (first === undefined) break;
      chosen.push(able.reduce((best, one) => this.#trial.better(best, one), first));
      left = left.filter((row) => !isHeld(row));
    }
    return chosen;
  }

  /** Adds a candidate for a row of another kind, if the chosen ones do not find the best there. */
  async #addFor(row: number, chosen: OriginalCandidate[]): Promise<void> {
    await this.#round(chosen, row);
    await this.#round(
      this.#candidates.filter(({ sureness }) => sureness !== 3),
      row,
    );
    const best = this.#bestBeside(chosen, row);
    const current = chosen.find((one) => this.#trial.of(one).has(row));
    if (best === undefined || best === current || !this.#isWanted(best, row)) return;
    if (current !== undefined && this.#trial.better(current, best) === current) return;
    if (current === undefined) chosen.push(this.#guarded(best, chosen));
    else chosen.splice(chosen.indexOf(current), 0, best);
  }

  /** The best for a row; where no chosen one reads photos' own pages, the same without them. */
  #bestBeside(chosen: readonly OriginalCandidate[], row: number): OriginalCandidate | undefined {
    const best = this.#trial.best(this.#candidates, row);
    if (best?.rule.on === undefined || chosen.some(({ rule }) => rule.on !== undefined))
      return best;
    const inRow = this.#candidates.filter(({ rule }) => rule.on === undefined);
    const other = this.#trial.best(inRow, row);
    const hashOf = (one: OriginalCandidate | undefined) =>
      one && this.#trial.of(one).get(row)?.sha256;
    return hashOf(other) === hashOf(best) ? other : best;
  }

  /** Whether a candidate found what a row has: of a film, its poster is not enough. */
  #isWanted(candidate: OriginalCandidate, row: number): boolean {
    const seen = this.#trial.of(candidate).get(row);
    const isFilm = seen?.contentType.startsWith('video/') === true;
    return seen !== undefined && (isFilm || !hasFilm(row, this.addresses));
  }

  /** Adds candidates for the rows of which the chosen ones give no address at all. */
  async #addForRest(chosen: OriginalCandidate[]): Promise<void> {
    for (let round = 0; round < 2 && chosen.length > 0; round++) {
      const row = await this.#firstWithout(chosen);
      if (row === undefined) return;
      await this.#round(this.#candidates, row);
      const best = this.#bestBeside(chosen, row);
      if (best === undefined) return;
      chosen.push(this.#guarded(best, chosen));
    }
  }

  async #firstWithout(chosen: readonly OriginalCandidate[]): Promise<number | undefined> {
    for (const row of this.place.rows.keys()) {
      let has = false;
      for (const { rule, url } of chosen) {
        has ||=
          rule.on === 'detail'
            ? this.#ownPages?.link.urls[row] !== undefined
            : (await url(row)) !== undefined;
      }
      if (!has) return row;
    }
    return undefined;
  }

  /** The thumbnail, where no other rule's rewriting fits: else a failed original would become it. */
  #guarded(thumbnail: OriginalCandidate, chosen: readonly OriginalCandidate[]): OriginalCandidate {
    const matches = chosen.flatMap(({ rule }) => replacedIn(rule));
    if (thumbnail.sureness !== 5 || matches.length === 0) return thumbnail;
    const match = `^(?!${matches.map((one) => `.*${one}`).join('|')}).+$`;
    const expression = new RegExp(match, 'u');
    const urls = this.#thumbnails;
    const candidate: OriginalCandidate = {
      ...thumbnail,
      rule: { from: 'thumbnail', filters: [{ match }] },
      url: async (row) => (expression.test(urls[row] ?? '') ? urls[row] : undefined),
    };
    this.#trial.take(candidate, thumbnail);
    return candidate;
  }

  #found(chosen: readonly OriginalCandidate[], sample: readonly number[]): FoundOriginals {
    const held = sample.filter((row) => chosen.some((one) => this.#isWanted(one, row)));
    const link = this.#ownPages?.link;
    const rules = chosen.map(
      (one) => (link && withoutOwnPage(one, this.#trial.of(one), link, sample)) ?? one.rule,
    );
    const [row = 0] = held;
    const pictures = held.flatMap((at) => {
      const best = chosen.find((one) => this.#trial.of(one).has(at));
      return (best && this.#trial.of(best).get(at)) ?? [];
    });
    const thumbnail = this.#candidates.find(({ sureness }) => sureness === 5);
    const small = thumbnail && this.#trial.of(thumbnail).get(row);
    const missing = whatIsMissing(chosen, held.length, sample.length);
    return {
      rules,
      urls: pictures.map(({ url }) => url),
      sample,
      ownPages: rules.some(({ on }) => on === 'detail') ? this.#ownPages : undefined,
      seenOn: `${held.length} of ${sample.length} originals tried${sizesInWords(pictures[0], small)}`,
      isUncertain:
        missing !== undefined ||
        chosen.some((one) => one.sureness === 3 && this.#trial.of(one).size < 2),
      missing,
    };
  }
}

function direct({ rule, urls }: RowAddresses): OriginalCandidate {
  return { rule, sureness: 0, url: async (row) => urls[row] };
}

/** The expressions that a rule replaces the match of. */
function replacedIn({ filters = [] }: WrittenRule): string[] {
  return filters.flatMap((filter) =>
    typeof filter === 'object' && filter.replace ? [filter.replace.match] : [],
  );
}
