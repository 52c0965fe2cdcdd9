import type { PageOrder } from '../profile/next-page.js';
import type { PageTestimony } from './page-testimony.js';
import type { WalkPlace } from './walk-place.js';

/** Most pages that are told one by one. */
const mostPages = 5;
/** Part of what stands around the photos of a page that the next page has too, at the least. */
const leastLikeness = 0.25;

const remedy = 'Open that page with a browser: if it has photos, run the same command again.';

/**
 * Says which pages of a walk did not come as the site makes them: that break off, or say that the site is
 * out of order, or to which a link leads and that show nothing of the album.
 */
export class BrokenPages {
  readonly #doubts: string[] = [];
  /** Pages without an end, until one with an end shows that the site's pages have it. */
  readonly #withoutEnd: WalkPlace[] = [];
  #hasEnds = false;
  #frame: readonly number[] = [];
  #notices: ReadonlySet<string> = new Set();
  /** The photos of the page before, as a text. */
  #before = '';

  /** @param at a page in words, as the beginning of a sentence */
  constructor(
    private readonly at: (place: WalkPlace) => string,
    private readonly orderOf: (place: WalkPlace) => PageOrder,
  ) {}

  /**
   * Adds a page, in the order of the walk.
   *
   * @param keys its photos
   * @param isEmpty whether it shows neither rows nor albums
   * @param hasNews whether it shows what no page of its album before it showed
   */
  addPage(
    place: WalkPlace,
    testimony: PageTestimony,
    { keys, isEmpty, hasNews }: { keys: readonly string[]; isEmpty: boolean; hasNews: boolean },
  ): void {
    const { end, frame } = testimony;
    this.#hasEnds ||= end === 'ends';
    if (end === 'has no end' && this.#withoutEnd.length < mostPages) this.#withoutEnd.push(place);
    const problem =
      end === 'breaks off'
        ? 'breaks off in the middle'
        : isEmpty
          ? this.#emptyPage(place, testimony)
          : this.#knownPage(place, keys, hasNews);
    if (problem !== undefined && this.#doubts.length < mostPages) {
      this.#doubts.push(`${this.at(place)} ${problem}. ${remedy}`);
    }
    if (isEmpty) return;
    this.#frame = frame;
    this.#notices = new Set(testimony.notices);
  }

  /** What the pages added so far show, in sentences, each with what to do. */
  doubts(): string[] {
    const cut = this.#hasEnds ? this.#withoutEnd : [];
    return [
      ...this.#doubts,
      ...cut.map(
        (place) =>
          `${this.at(place)} breaks off: it lacks the end that other pages have. ${remedy}`,
      ),
    ];
  }

  /** A site that shows its last page again shows what the page before did. */
  #knownPage(place: WalkPlace, keys: readonly string[], hasNews: boolean): string | undefined {
    const shown = JSON.stringify(keys);
    const isRepeated = shown === this.#before;
    this.#before = shown;
    if (place.number === 1 || hasNews || isRepeated || this.orderOf(place) !== 'links')
      return undefined;
    return 'shows nothing but photos of pages before it, and not those of the page that links to it, as if the site led back';
  }

  #emptyPage(
    place: WalkPlace,
    { notices, words, frame }: Pick<PageTestimony, 'notices' | 'words' | 'frame'>,
  ): string | undefined {
    if (place.number === 1) return undefined;
    // What stands on a page with photos too, such as a form to sign in, says nothing.
    if (notices.some((notice) => !this.#notices.has(notice))) {
      return `shows no photo, and says: “${words}”`;
    }
    // A page behind the last of numbered ones may look as it likes.
    if (this.orderOf(place) !== 'links' || this.#frame.length === 0) return undefined;
    const shared = this.#frame.filter((name) => frame.includes(name)).length;
    if (shared >= leastLikeness * this.#frame.length) return undefined;
    return 'shows no photo, and nothing of what stands around the photos on the page that links to it';
  }
}
