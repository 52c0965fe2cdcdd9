import type { PageElement } from '../page/html-document.js';
import { addressKind } from '../survey/address-kind.js';
import { partOf, pictureEnding, type SurveyedPhoto } from '../survey/find-photos.js';
import { ancestors, namesOf } from '../survey/page-content.js';

/** How what looks like photos relates to what the rules took. */
export interface PhotoComparison {
  /** Structures and kinds of address of the photos that were taken, and kinds of links to pictures. */
  takenKinds: Set<string>;
  /** Those of photos on a page of which none was taken. */
  untakenKinds: Set<string>;
  /** Photos that no rule took, though they are of the same kind as those that were taken. */
  untaken: SurveyedPhoto[];
}

/**
 * Compares what looks like photos on a page with the rows that the rules found. A photo is of the
 * same kind as those taken if it stands in the same list, or in another list of the same structure,
 * and its address is of the same kind. Other lists, such as a strip of related photos, differ in the
 * names (id, classes) of what holds them.
 *
 * @param rows the elements of rows
 * @param named elements of other things that the rules know, such as albums
 * @param page the address of the page
 * @param isFirst whether the page is the first one of its album
 */
export function comparePhotos(
  photos: readonly SurveyedPhoto[],
  rows: ReadonlySet<object>,
  named: ReadonlySet<object>,
  { page, isFirst }: { page: string; isFirst: boolean },
): PhotoComparison {
  const known = photos.filter(({ element }) => !isWithin(element, named));
  const isTaken = ({ element }: SurveyedPhoto) => isWithin(element, rows);
  const others = known.filter((photo) => !isTaken(photo));
  const taken = new TakenPhotos(known.filter(isTaken), rows, others);
  // A strip of other photos stands on pages of albums and behind the last page too. A list of files
  // does not, nor do pictures on an album's page on which nothing else was found.
  const isEmptyAlbum = isFirst && named.size === 0;
  const files = others.filter(({ link, thumbnails }) => isEmptyAlbum || link === thumbnails[0]);
  const linkKinds = (some: readonly SurveyedPhoto[]) =>
    some.flatMap(({ link = '' }) => pictureLinkKinds(link, page));
  const shown = isEmptyAlbum ? others.filter(({ element }) => !isInStrip(element)) : [];
  const untakenKinds = taken.isEmpty
    ? [...linkKinds(files), ...others.map(structureOf), ...waysToPhotos(shown)]
    : [];
  const ways = waysToPhotos(known.filter(isTaken));
  return {
    takenKinds: new Set([...linkKinds(known.filter(isTaken)), ...taken.structures, ...ways]),
    untakenKinds: new Set(untakenKinds),
    untaken: others.filter((photo) => taken.isLike(photo)),
  };
}

/**
 * Photos that are none of those taken, though their addresses are of the same kind: told by addresses
 * alone, where they stand says nothing.
 *
 * @param photos those that may be missing
 * @param taken the addresses of what was taken: thumbnails, originals, and pages of photos
 * @param seen further addresses that are known, and so not missing
 * @returns each once, by the name of its picture
 */
export function unlikeTaken(
  photos: readonly SurveyedPhoto[],
  taken: readonly string[],
  seen: readonly string[] = [],
): SurveyedPhoto[] {
  const known = [...taken, ...seen];
  const addresses = new Set(known);
  const names = new Set(known.map(pictureName));
  const numbers = numbersOf(names);
  const isKnown = (address: string) =>
    addresses.has(address) ||
    names.has(pictureName(address)) ||
    numbersIn(pictureName(address)).some((number) => numbers.has(number));
  const kinds = new Set(taken.map((address) => addressKind(new URL(address))));
  const found = new Map<string, SurveyedPhoto>();
  for (const photo of photos) {
    const { element, thumbnails, link } = photo;
    const all = link === undefined ? thumbnails : [...thumbnails, link];
    // A picture that leads elsewhere is the cover of an album, say.
    const isAlike = kinds.has(addressKind(new URL(link ?? thumbnails[0])));
    if (!isAlike || all.some(isKnown) || isInStrip(element)) continue;
    const name = pictureName(thumbnails[0]);
    if (!found.has(name)) found.set(name, photo);
  }
  return [...found.values()];
}

/** Names of its sizes in which a photo's number stands at the most; what more have in common is a date. */
const mostSizes = 4;

/** The long numbers and codes by which pictures are known. */
function numbersOf(names: ReadonlySet<string>): Set<string> {
  const uses = new Map<string, number>();
  for (const number of [...names].flatMap(numbersIn)) uses.set(number, (uses.get(number) ?? 0) + 1);
  return new Set([...uses.keys()].filter((number) => Number(uses.get(number)) <= mostSizes));
}

/** Long numbers and codes in a picture's name: sizes of one photo may have names with its number in common. */
function numbersIn(name: string): string[] {
  return name.split(/[^\da-z]+/i).filter((part) => part.length >= 6 && /\d/.test(part));
}

/** Whether an element, or one that holds it, is among others. */
export function isWithin(element: PageElement, others: ReadonlySet<object>): boolean {
  if (others.has(element)) return true;
  for (const ancestor of ancestors(element)) if (others.has(ancestor)) return true;
  return false;
}

function noscriptOf(element: PageElement): PageElement | undefined {
  for (const one of ancestors(element)) if (one.name === 'noscript') return one;
  return undefined;
}

/** The name of a picture's file without what says its size: `7` of `/t/7_small.jpg`. */
function pictureName(address: string): string {
  const file = new URL(address).pathname.split('/').at(-1) ?? '';
  return file
    .replace(/\.\w+$/, '')
    .replace(/[-_.](?:\d+x\d+|[a-z]|small|medium|large|big|full|thumb(?:nail)?|\d+(?:w|px))$/i, '');
}

function structureOf({ structure, kind }: SurveyedPhoto): string {
  return `${structure} ${kind}`;
}

/** The kinds of a link to a picture: of its address on the site, and as seen from the page's folder. */
function pictureLinkKinds(link: string, page: string): string[] {
  if (!URL.canParse(link) || !pictureEnding.test(new URL(link).pathname)) return [];
  const folder = new URL('.', page).href;
  const kinds = [`link to ${addressKind(new URL(link))}`];
  if (!link.startsWith(folder)) return kinds;
  const inside = new URL(`http://folder/${link.slice(folder.length)}`);
  return [...kinds, `link to ${addressKind(inside)}`];
}

/** What holds photos of other albums. */
const stripNames =
  /(?:^|[\s_-])(?:related|recent|latest|newest|popular|similar|random|featured|suggest(?:ed|ions?)|recommend(?:ed|ations?)|others?|more|widget|side-?bar|menu|footer|neueste|beliebt|zufall)(?=$|[\s_-])/i;

function isInStrip(element: PageElement): boolean {
  return [...ancestors(element)].some(
    (one) => ['aside', 'nav', 'footer'].includes(one.name) || stripNames.test(namesOf(one)),
  );
}

/** The kinds of links by which several photos lead to a page each. */
function waysToPhotos(photos: readonly SurveyedPhoto[]): string[] {
  const links = [...new Set(photos.flatMap(({ link }) => link ?? []))];
  const kinds = links.map((link) => addressKind(new URL(link)));
  return kinds
    .filter((kind, index) => kinds.indexOf(kind) < index)
    .map((kind) => `leads to ${kind}`);
}

/** How many of some elements each element holds, or is. */
function heldBy(elements: readonly PageElement[]): Map<object, number> {
  const held = new Map<object, number>();
  for (const element of elements) {
    for (const one of [element, ...ancestors(element)]) held.set(one, (held.get(one) ?? 0) + 1);
  }
  return held;
}

class TakenPhotos {
  readonly structures: Set<string>;
  readonly #tags: Set<string>;
  readonly #thumbnails: Set<string>;
  /** Their files' names, without their sizes. */
  readonly #names: Set<string>;
  readonly #links: Set<string>;
  readonly #kinds: Set<string>;
  readonly #linkKinds: Set<string>;
  /** How many rows each element holds. */
  readonly #rowsIn: Map<object, number>;
  /** How many photos that were not taken each element holds. */
  readonly #othersIn: Map<object, number>;
  readonly #elements: ReadonlySet<object>;

  constructor(
    taken: readonly SurveyedPhoto[],
    rows: ReadonlySet<object>,
    others: readonly SurveyedPhoto[],
  ) {
    this.structures = new Set(taken.map(structureOf));
    this.#tags = new Set(taken.map(({ tags, kind }) => `${tags} ${kind}`));
    this.#thumbnails = new Set(taken.flatMap(({ thumbnails }) => thumbnails));
    this.#names = new Set([...this.#thumbnails].map(pictureName));
    const links = taken.flatMap(({ link }) => link ?? []);
    // A page that many photos link to is none of them.
    this.#links = new Set(links.length === new Set(links).size ? links : []);
    this.#kinds = new Set(taken.map(({ kind }) => kind));
    this.#linkKinds = new Set(links.map((link) => addressKind(new URL(link))));
    this.#elements = rows;
    this.#rowsIn = heldBy([...rows] as PageElement[]);
    this.#othersIn = heldBy(others.map(({ element }) => element));
  }

  get isEmpty(): boolean {
    return this.structures.size === 0;
  }

  isLike(photo: SurveyedPhoto): boolean {
    const { kind, thumbnails, link } = photo;
    if (thumbnails.some((address) => this.#thumbnails.has(address))) return false;
    if (link !== undefined && this.#links.has(link)) return false;
    const { branch, list } = this.#placeOf(photo.element);
    if (list === undefined) return false;
    const noscript = noscriptOf(photo.element);
    if (noscript !== undefined) return this.#isNewWithoutScripts(photo, noscript, list);
    const leads = link === undefined ? undefined : this.#linkKinds.has(addressKind(new URL(link)));
    // Beside rows, in the same list, it may be shown in another way: as a background, or a film.
    if (this.#isBesideRows(branch, list)) return leads === true || this.#kinds.has(kind);
    const isOfOtherAlbums = leads === false && this.#linkKinds.size > 0;
    return !isOfOtherAlbums && this.#isShownAlike(photo, branch, list);
  }

  /** Whether what a `<noscript>` shows is none of the photos that stand beside it for scripts. */
  #isNewWithoutScripts(
    { kind, thumbnails, link }: SurveyedPhoto,
    noscript: PageElement,
    list: PageElement,
  ): boolean {
    // A script puts a photo in the place of the picture behind it.
    const isOfOne = this.#rowsIn.get(list) === 1 && this.#elements.size > 1;
    const before = [noscript.prev, noscript.prev?.prev].find((node) => node && 'attribs' in node);
    if (isOfOne || (before && this.#rowsIn.has(before) && this.#rowsIn.get(before) === 1)) {
      return false;
    }
    if (thumbnails.some((address) => this.#names.has(pictureName(address)))) return false;
    return (
      this.#kinds.has(kind) ||
      (link !== undefined && this.#linkKinds.has(addressKind(new URL(link))))
    );
  }

  #isShownAlike(photo: SurveyedPhoto, branch: PageElement, list: PageElement): boolean {
    if (!this.#tags.has(`${photo.tags} ${photo.kind}`)) return false;
    const isInCell = this.#rowsIn.get(list) === 1 && this.#elements.size > 1;
    // A second picture in the place of a photo, such as the one that is shown below the pointer.
    if (isInCell && branch === photo.element) return false;
    if (this.#othersIn.get(branch) === 1) return true;
    return this.structures.has(structureOf(photo)) || this.#hasLike(list, branch);
  }

  /** Whether a part of a list holds one photo, as those beside it that are rows. */
  #isBesideRows(branch: PageElement, list: PageElement): boolean {
    const isRow = (node: object) => this.#elements.has(node);
    const alike = list.children.some(
      (node) => isRow(node) && 'name' in node && node.name === branch.name,
    );
    return alike && this.#elements.size > 1 && this.#othersIn.get(branch) === 1;
  }

  /** The innermost element with rows that holds an element, and the part of it without rows. */
  #placeOf(element: PageElement): { branch: PageElement; list: PageElement | undefined } {
    let branch = element;
    for (const ancestor of ancestors(element)) {
      if (this.#rowsIn.has(ancestor)) return { branch, list: ancestor };
      branch = ancestor;
    }
    return { branch, list: undefined };
  }

  /** Whether a list holds a part with rows that has the names of another part. */
  #hasLike(list: PageElement, branch: PageElement): boolean {
    return list.children.some(
      (child) => 'attribs' in child && this.#rowsIn.has(child) && partOf(child) === partOf(branch),
    );
  }
}
