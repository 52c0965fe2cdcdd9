import { pictureEnding } from '../survey/find-photos.js';
import type { Look } from './look.js';
import type { OriginalCandidate } from './original-candidate.js';
import type { OriginalTrial } from './original-trial.js';
import { OwnPages } from './own-page.js';
import { keepsFileName, rewrite, rewritingsFor } from './rewritings.js';
import type { RowAddresses } from './row-addresses.js';
import { type PageRows, type WrittenRule, withFilters } from './written-rule.js';

/** How many rewritings are tried: where nothing else is larger than the thumbnail, and else. */
const mostRewritings = { alone: 8, beside: 3 };

/** Where the originals of a page's photos may be: in its rows, on their own pages, or by a rewriting. */
export class OriginalSources {
  readonly candidates: OriginalCandidate[];
  /** The photos' own pages, where they may show originals. */
  ownPages: OwnPages | undefined;
  /** The thumbnail's address in each row. */
  readonly thumbnails: readonly (string | undefined)[];

  /**
   * @param addresses all addresses in the rows
   * @param thumbnailPlaces those of the thumbnails
   * @param given candidates that come before all others
   */
  constructor(
    place: PageRows,
    readonly addresses: readonly RowAddresses[],
    private readonly thumbnailPlaces: readonly RowAddresses[],
    private readonly look: Look,
    private readonly trial: OriginalTrial,
    given: readonly OriginalCandidate[],
  ) {
    this.candidates = [...given];
    this.thumbnails = place.rows.map((_, row) =>
      thumbnailPlaces.map(({ urls }) => urls[row]).find((url) => url !== undefined),
    );
  }

  /** What stands in the rows or on the photos' own pages. */
  async collect(sample: readonly number[]): Promise<void> {
    const [first = 0] = sample;
    const thumbnail = this.#thumbnailCandidate();
    if (thumbnail !== undefined) this.candidates.push(thumbnail);
    for (const address of this.addresses.filter((one) => !this.thumbnailPlaces.includes(one))) {
      const candidate = direct(address);
      if (!this.#isLink(address)) this.candidates.push(candidate);
      else if (await this.#leadsToPicture(candidate, address, first)) {
        this.candidates.push(candidate);
      } else if (this.ownPages === undefined) await this.#open(address, sample);
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
      return (await this.trial.seen(candidate, row)) !== undefined;
    }
    const page = await this.look.page(url);
    return page !== undefined && /^(?:image|video)\//.test(page.type);
  }

  async #open(link: RowAddresses, sample: readonly number[]): Promise<void> {
    const pages = new OwnPages(link, this.look);
    const others = new Set(this.thumbnails.filter((url) => url !== undefined));
    const found = await pages.candidates(sample, others);
    if (found.length === 0) return;
    this.ownPages = pages;
    this.candidates.push(...found);
  }

  #thumbnailCandidate(): OriginalCandidate | undefined {
    if (this.thumbnailPlaces.length === 0) return undefined;
    const urls = this.thumbnails;
    return { rule: { from: 'thumbnail' }, sureness: 5, url: async (row) => urls[row] };
  }

  /** Rewritings of the thumbnail's address, and of the largest picture's in the row. */
  async addRewritings(row: number): Promise<void> {
    const best = this.trial.best(this.candidates, row);
    const isAlone = best === undefined || best.sureness === 5;
    const made = this.#rewritingsOf({ from: 'thumbnail' }, this.thumbnails);
    const larger = isAlone ? undefined : this.addresses.find(({ rule }) => rule === best.rule);
    const further = larger ? this.#rewritingsOf(withFilters(larger.rule, 'join'), larger.urls) : [];
    const most = isAlone ? mostRewritings.alone : mostRewritings.beside;
    // What a photo's own page says may be known without that page: then it need not be read.
    const inRow = this.candidates.filter(({ rule }) => rule.on === undefined);
    const known = new Set(await Promise.all(inRow.map(({ url }) => url(row))));
    for (const candidate of [...made.slice(0, most), ...further.slice(0, 2)]) {
      const url = await candidate.url(row);
      if (url === undefined || known.has(url)) continue;
      known.add(url);
      this.candidates.push(candidate);
      await this.trial.seen(candidate, row);
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
}

function direct({ rule, urls }: RowAddresses): OriginalCandidate {
  return { rule, sureness: 0, url: async (row) => urls[row] };
}
