import { photosInWords } from '../text/in-words.js';
import type { PageTestimony } from './page-testimony.js';
import type { WalkPlace } from './walk-place.js';

/** Most pages that are kept for one kind of photo. */
const mostPages = 6;

/** Says which pages of a walk show photos that no rule takes, though those of other pages are taken. */
export class UntakenWitness {
  readonly #taken = new Set<string>();
  /** Pages without rows, by the kinds of the photos on them. */
  readonly #withoutRows = new Map<string, WalkPlace[]>();
  readonly #doubts: string[] = [];

  /** @param at a page in words, as the beginning of a sentence */
  constructor(private readonly at: (place: WalkPlace) => string) {}

  /** Adds a page, in the order of the walk. */
  addPage(place: WalkPlace, { takenKinds, untakenKinds, untaken }: PageTestimony): void {
    for (const kind of takenKinds) this.#taken.add(kind);
    for (const kind of untakenKinds) {
      const places = this.#withoutRows.get(kind) ?? [];
      if (places.length < mostPages) this.#withoutRows.set(kind, [...places, place]);
    }
    if (untaken === undefined) return;
    const what = `shows ${photosInWords(untaken.value)} that item.row does not find, though they are like those that it finds; the first one is ${untaken.what}`;
    this.#doubts.push(this.#sentence(place, what));
  }

  /** What the pages added so far show, in sentences, each with what to do. */
  doubts(): string[] {
    const places = [...this.#withoutRows].flatMap(([kind, found]) =>
      this.#taken.has(kind) ? found : [],
    );
    const what = 'shows photos like those of other pages, but item.row finds none of them';
    return [...this.#doubts, ...[...new Set(places)].map((place) => this.#sentence(place, what))];
  }

  #sentence(place: WalkPlace, what: string): string {
    return `${this.at(place)} ${what}. Mend item.row in the profile (see docs/profiles.md); what is no photo of the album, name in listing.ignore.`;
  }
}
