import { photosInWords } from '../text/in-words.js';
import type { PageTestimony } from './page-testimony.js';
import type { WalkPlace } from './walk-place.js';

/** Most pages that are kept for one kind of photo. */
const mostPages = 6;

/** Photos that a page of an album holds for its scripts. */
interface ScriptedPhotos {
  place: WalkPlace;
  found: NonNullable<PageTestimony['scripted']>;
  /** How many photos the rules took of that page. */
  taken: number;
}

/** Says which pages of a walk show photos that no rule takes, though those of other pages are taken. */
export class UntakenWitness {
  readonly #taken = new Set<string>();
  /** Pages without rows, by the kinds of the photos on them. */
  readonly #withoutRows = new Map<string, WalkPlace[]>();
  readonly #doubts: string[] = [];
  /** Of the present album: its photos, and the page that holds the most for its scripts. */
  #photos = 0;
  #scripted: ScriptedPhotos | undefined;

  /** @param at a page in words, as the beginning of a sentence */
  constructor(private readonly at: (place: WalkPlace) => string) {}

  /**
   * Adds a page, in the order of the walk.
   *
   * @param photos how many photos the rules took of it
   */
  addPage(place: WalkPlace, testimony: PageTestimony, photos: number): void {
    const { takenKinds, untakenKinds, untaken, scripted } = testimony;
    if (place.number === 1) this.#endAlbum();
    this.#photos += photos;
    if (scripted !== undefined && scripted.value > (this.#scripted?.found.value ?? 0)) {
      this.#scripted = { place, found: scripted, taken: photos };
    }
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
    this.#endAlbum();
    const places = [...this.#withoutRows].flatMap(([kind, found]) =>
      this.#taken.has(kind) ? found : [],
    );
    const what = 'shows photos like those of other pages, but item.row finds none of them';
    return [...this.#doubts, ...[...new Set(places)].map((place) => this.#sentence(place, what))];
  }

  /** What a page holds for its scripts may be the photos of the album's other pages. */
  #endAlbum(): void {
    const { place, found, taken } = this.#scripted ?? {};
    if (place !== undefined && found !== undefined && this.#photos - Number(taken) < found.value) {
      const what = `holds ${photosInWords(found.value)} for its scripts that item.row does not find, though their addresses are like those of the photos that it finds; the first one is ${found.what}`;
      this.#doubts.push(this.#sentence(place, what));
    }
    this.#scripted = undefined;
    this.#photos = 0;
  }

  #sentence(place: WalkPlace, what: string): string {
    return `${this.at(place)} ${what}. Mend item.row in the profile (see docs/profiles.md); what is no photo of the album, name in listing.ignore.`;
  }
}
