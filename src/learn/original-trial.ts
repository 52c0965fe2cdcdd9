import { DownloadError } from '../http/download-error.js';
import type { SeenPicture } from '../visit/site-visit.js';
import type { Look } from './look.js';
import type { OriginalCandidate } from './original-candidate.js';
import { namesOriginal } from './original-words.js';

/** Requests at the most, for pictures and photos' own pages together. */
const mostRequests = 22;
/** Requests of the look that are left to others. */
const leftToOthers = 6;

/** Tries candidates for originals on some of the rows. */
export class OriginalTrial {
  readonly #seen = new Map<OriginalCandidate, Map<number, SeenPicture>>();
  readonly #tried = new Map<OriginalCandidate, Set<number>>();
  readonly #start: number;

  constructor(private readonly look: Look) {
    this.#start = look.left;
  }

  /** Whether more requests may be made. */
  get canGoOn(): boolean {
    return this.look.left > leftToOthers && this.#start - this.look.left < mostRequests;
  }

  /** Fetches what a candidate finds for a row; undefined where that is no picture or film. */
  async seen(candidate: OriginalCandidate, row: number): Promise<SeenPicture | undefined> {
    const known = this.#seen.get(candidate) ?? new Map<number, SeenPicture>();
    const tried = this.#tried.get(candidate) ?? new Set();
    if (tried.has(row) || !this.canGoOn) return known.get(row);
    this.#seen.set(candidate, known);
    this.#tried.set(candidate, tried.add(row));
    const url = await candidate.url(row);
    const picture = url === undefined ? undefined : await this.look.picture(url);
    if (picture === undefined || picture instanceof DownloadError) return undefined;
    known.set(row, picture);
    return picture;
  }

  /** Fetches what each of some candidates finds for a row. */
  async round(candidates: readonly OriginalCandidate[], row: number): Promise<void> {
    for (const candidate of candidates) await this.seen(candidate, row);
  }

  /** Takes what was seen of one candidate for another, which finds the same. */
  take(candidate: OriginalCandidate, known: OriginalCandidate): void {
    this.#seen.set(candidate, new Map(this.of(known)));
    this.#tried.set(candidate, new Set(this.of(known).keys()));
  }

  /** What was seen of a candidate, by rows. */
  of(candidate: OriginalCandidate): ReadonlyMap<number, SeenPicture> {
    return this.#seen.get(candidate) ?? new Map();
  }

  /** Whether a link that says that it leads to the original was followed, and led to no picture. */
  isNoPicture(candidate: OriginalCandidate): boolean {
    const isTried = (this.#tried.get(candidate)?.size ?? 0) > 0;
    return candidate.sureness === 2 && isTried && this.of(candidate).size === 0;
  }

  /** The better of two candidates by what both found, or the surer one where that is the same. */
  better(one: OriginalCandidate, other: OriginalCandidate): OriginalCandidate {
    const [ones, others] = [this.of(one), this.of(other)];
    const both = [...ones.keys()].filter((row) => others.has(row));
    for (const size of [filmsIn, pixelsIn, saysOriginal, bytesIn]) {
      const sum = (of: ReadonlyMap<number, SeenPicture>, candidate: OriginalCandidate) =>
        both.reduce((total, row) => total + size(of.get(row) as SeenPicture, candidate), 0);
      const difference = sum(ones, one) - sum(others, other);
      if (difference !== 0) return difference > 0 ? one : other;
    }
    const rows = ones.size - others.size;
    if (both.length > 0 && one.sureness !== other.sureness) {
      return one.sureness < other.sureness ? one : other;
    }
    return rows >= 0 ? one : other;
  }

  /** The best candidate for a row; undefined where none found anything. */
  best(candidates: readonly OriginalCandidate[], row: number): OriginalCandidate | undefined {
    const able = candidates.filter((candidate) => this.of(candidate).has(row));
    const [first] = able;
    return first && able.reduce((best, one) => this.better(best, one), first);
  }
}

const filmsIn = ({ contentType }: SeenPicture) => Number(contentType.startsWith('video/'));
/**
 * Of a small photo, a picture made from it has the same pixels, and may have more bytes. What the site
 * calls the original counts, not a word that was tried in an address.
 */
const saysOriginal = ({ url }: SeenPicture, { rule }: OriginalCandidate) =>
  Number(
    rule.from !== 'thumbnail' && namesOriginal(`${rule.attribute ?? ''} ${new URL(url).pathname}`),
  );
const bytesIn = ({ bytes }: SeenPicture) => bytes;

/** Pixels of a picture; 0 where its size is not known. */
export function pixelsIn({ width, height }: SeenPicture): number {
  return width * height;
}
