import { pictureEnding } from '../survey/find-photos.js';
import { filledIn } from './column.js';
import type { Look } from './look.js';
import type { OriginalCandidate } from './original-candidate.js';
import { OriginalTrial, pixelsIn } from './original-trial.js';
import { OwnPages } from './own-page.js';
import { keepsFileName, rewrite, rewritingsFor } from './rewritings.js';
import type { RowAddresses } from './row-addresses.js';
import { hasFilm, rowSample } from './row-sample.js';
import { type PageRows, valuesIn, type WrittenRule, withFilters } from './written-rule.js';

/** Pixels of an original for which other candidates need no second look. */
const surelyLarge = 3_000_000;
/** How many candidates are tried on further photos, where the first one's original was small. */
const mostCompared = 3;
/** How many rewritings are tried: where nothing else is larger than the thumbnail, and else. */
const mostRewritings = { alone: 8, beside: 3 };

/** What was found out about the originals of a page's photos. */
export interface FoundOriginals {
  /** The rules of the original, best first; none where nothing was found. */
  rules: WrittenRule[];
  /** The photos' own pages, where a rule reads them. */
  ownPages: OwnPages | undefined;
  /** Addresses of those that were tried and found. */
  urls: string[];
  /** The rows that were tried. */
  sample: readonly number[];
  seenOn: string;
  isUncertain: boolean;
  /** What could not be settled, in words. */
  missing: string | undefined;
}

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
    const known = new Set(await Promise.all(this.#candidates.map(({ url }) => url(row))));
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
    const best = this.#trial.best(this.#candidates, row);
    const current = chosen.find((one) => this.#trial.of(one).has(row));
    if (best === undefined || best === current || !this.#isWanted(best, row)) return;
    if (current !== undefined && this.#trial.better(current, best) === current) return;
    if (current === undefined) chosen.push(this.#guarded(best, chosen));
    else chosen.splice(chosen.indexOf(current), 0, best);
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
      const best = this.#trial.best(this.#candidates, row);
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
    const isThumbnail = chosen.length > 0 && chosen[0]?.sureness === 5;
    const rules = chosen.map(({ rule }) => this.#withoutOwnPage(rule, sample) ?? rule);
    const isOnPage = rules.some(({ on }) => on === 'detail');
    const seenOn = this.#inWords(chosen, sample, held);
    const missing =
      chosen.length === 0
        ? 'original: none of what was tried is a picture or film'
        : isThumbnail
          ? 'original: nothing larger than the thumbnail itself was found'
          : held.length < sample.length
            ? `original: found for ${held.length} of ${sample.length} photos tried`
            : undefined;
    const urls = held.flatMap((row) => {
      const best = chosen.find((one) => this.#trial.of(one).has(row));
      return (best && this.#trial.of(best).get(row)?.url) ?? [];
    });
    return {
      rules,
      urls,
      sample,
      ownPages: isOnPage ? this.#ownPages : undefined,
      seenOn,
      isUncertain:
        missing !== undefined ||
        chosen.some((one) => one.sureness === 3 && this.#trial.of(one).size < 2),
      missing,
    };
  }

  /** The same rule without the photo's own page, where its address only adds something to the page's. */
  #withoutOwnPage(rule: WrittenRule, sample: readonly number[]): WrittenRule | undefined {
    const link = this.#ownPages?.link;
    if (rule.on !== 'detail' || link === undefined) return undefined;
    const candidate = this.#candidates.find((one) => one.rule === rule);
    const found = candidate && this.#trial.of(candidate);
    const ends = sample.flatMap((row) => {
      const [url, start] = [found?.get(row)?.url, link.urls[row]];
      return url === undefined || start === undefined
        ? []
        : [url.startsWith(start) ? url.slice(start.length) : ''];
    });
    const [end] = ends;
    if (!end || ends.length < Math.min(2, sample.length) || ends.some((one) => one !== end))
      return undefined;
    const rewritten = withFilters(link.rule, {
      replace: { match: '$', with: end.replaceAll('$', '$$$$') },
    });
    const isRead = filledIn(valuesIn(this.place, { original: [rewritten] }, 'original')) > 0;
    return isRead ? rewritten : undefined;
  }

  #inWords(
    chosen: readonly OriginalCandidate[],
    sample: readonly number[],
    held: readonly number[],
  ): string {
    const [row] = held;
    const thumbnail = this.#candidates.find(({ sureness }) => sureness === 5);
    const best = row === undefined ? undefined : chosen.find((one) => this.#trial.of(one).has(row));
    const [large, small] = [best, thumbnail].map((one) => one && this.#trial.of(one).get(row ?? 0));
    const sizes = large && large.width > 0 ? `: ${large.width} × ${large.height}` : '';
    const against =
      sizes && small && small.width > 0 ? ` against ${small.width} × ${small.height}` : '';
    const unit = sizes ? ' pixels' : large ? `: ${large.contentType}, ${large.bytes} bytes` : '';
    return `${held.length} of ${sample.length} originals tried${sizes}${against}${unit}`;
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
