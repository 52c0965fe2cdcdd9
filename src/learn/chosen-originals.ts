import type { OriginalCandidate } from './original-candidate.js';
import type { OriginalSources } from './original-sources.js';
import type { OriginalTrial } from './original-trial.js';
import { hasFilm } from './row-sample.js';
import type { WrittenRule } from './written-rule.js';

/** The candidates that find the originals of a page's photos, best first. */
export class ChosenOriginals {
  readonly #chosen: OriginalCandidate[] = [];

  constructor(
    private readonly rows: number,
    private readonly sources: OriginalSources,
    private readonly trial: OriginalTrial,
  ) {}

  get all(): readonly OriginalCandidate[] {
    return this.#chosen;
  }

  /** The candidates that are best for the rows of a sample, each for those that it holds for. */
  settle(rows: readonly number[]): void {
    const isHeld = (row: number) => this.seenBy(row) !== undefined;
    for (let left = rows.filter((row) => !isHeld(row)); left.length > 0; ) {
      const able = this.sources.candidates.filter((one) =>
        left.some((row) => this.trial.of(one).has(row)),
      );
      const [first] = able;
      if (first === undefined) break;
      this.#chosen.push(able.reduce((best, one) => this.trial.better(best, one), first));
      left = left.filter((row) => !isHeld(row));
    }
  }

  /** Adds a candidate for a row of another kind, if the chosen ones do not find the best there. */
  async addFor(row: number): Promise<void> {
    const chosen = this.#chosen;
    const sure = this.sources.candidates.filter(({ sureness }) => sureness !== 3);
    await this.trial.round([...chosen, ...sure], row);
    const best = this.#bestBeside(row);
    const current = this.seenBy(row);
    if (best === undefined || best === current || !this.isWanted(best, row)) return;
    if (current !== undefined && this.trial.better(current, best) === current) return;
    if (current === undefined) chosen.push(this.#guarded(best));
    else chosen.splice(chosen.indexOf(current), 0, best);
  }

  /** The best for a row; where no chosen one reads photos' own pages, the same without them. */
  #bestBeside(row: number): OriginalCandidate | undefined {
    const best = this.trial.best(this.sources.candidates, row);
    const isOn = ({ rule }: OriginalCandidate) => rule.on !== undefined;
    if (best === undefined || !isOn(best) || this.#chosen.some(isOn)) return best;
    const inRow = this.sources.candidates.filter((one) => !isOn(one));
    const other = this.trial.best(inRow, row);
    const hashOf = (one: OriginalCandidate | undefined) =>
      one && this.trial.of(one).get(row)?.sha256;
    return hashOf(other) === hashOf(best) ? other : best;
  }

  /** The first of them that found something for a row. */
  seenBy(row: number): OriginalCandidate | undefined {
    return this.#chosen.find((one) => this.trial.of(one).has(row));
  }

  /** Whether a candidate found what a row has: of a film, its poster is not enough. */
  isWanted(candidate: OriginalCandidate, row: number): boolean {
    const seen = this.trial.of(candidate).get(row);
    const isFilm = seen?.contentType.startsWith('video/') === true;
    return seen !== undefined && (isFilm || !hasFilm(row, this.sources.addresses));
  }

  /** Adds candidates for the rows of which the chosen ones give no address at all. */
  async addForRest(): Promise<void> {
    for (let round = 0; round < 2 && this.#chosen.length > 0; round++) {
      const row = await this.#firstWithout();
      if (row === undefined) return;
      await this.trial.round(this.sources.candidates, row);
      const best = this.#bestBeside(row);
      if (best === undefined) return;
      this.#chosen.push(this.#guarded(best));
    }
  }

  async #firstWithout(): Promise<number | undefined> {
    for (let row = 0; row < this.rows; row++) {
      let has = false;
      for (const { rule, url } of this.#chosen) {
        has ||=
          rule.on === 'detail'
            ? this.sources.ownPages?.link.urls[row] !== undefined
            : (await url(row)) !== undefined;
      }
      if (!has) return row;
    }
    return undefined;
  }

  /** The thumbnail, where no other rule's rewriting fits: else a failed original would become it. */
  #guarded(thumbnail: OriginalCandidate): OriginalCandidate {
    const matches = this.#chosen.flatMap(({ rule }) => replacedIn(rule));
    if (thumbnail.sureness !== 5 || matches.length === 0) return thumbnail;
    const match = `^(?!${matches.map((one) => `.*${one}`).join('|')}).+$`;
    const expression = new RegExp(match, 'u');
    const urls = this.sources.thumbnails;
    const candidate: OriginalCandidate = {
      ...thumbnail,
      rule: { from: 'thumbnail', filters: [{ match }] },
      url: async (row) => (expression.test(urls[row] ?? '') ? urls[row] : undefined),
    };
    this.trial.take(candidate, thumbnail);
    return candidate;
  }
}

/** The expressions that a rule replaces the match of. */
function replacedIn({ filters = [] }: WrittenRule): string[] {
  return filters.flatMap((filter) =>
    typeof filter === 'object' && filter.replace ? [filter.replace.match] : [],
  );
}
