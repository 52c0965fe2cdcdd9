import type { PageElement } from '../page/html-document.js';
import { ancestors, namesOf, type TextLine } from './page-content.js';
import { countedNumber, partOfWhole, photoNouns, wholeIn } from './site-counts.js';

/** What may say how many photos, or pages, there are, and may as well be about something else. */
export interface CountHint {
  /**
   * `part`: so many, or the page of that number, of all; `more`: photos beside those shown; `all`: all
   * photos; `pages`: all pages.
   */
  kind: 'part' | 'more' | 'all' | 'pages';
  /** The number of all; with `more`, of those that are not shown. */
  total: number;
  /** The first number of a part, else 0. */
  part: number;
  /** The words. */
  words: string;
  line: TextLine;
}

const part = new RegExp(
  String.raw`^[^\p{L}\d]*(${countedNumber})\s*(?:${partOfWhole}|/)\s*(${countedNumber})[^\p{L}\d]*$`,
  'iu',
);
/** “+112”, “and 112 more”, “Load 12 more photos”, “12 weitere Fotos” */
const more = new RegExp(
  String.raw`^(?:\+\s?(${countedNumber})|(?:(?:\+|and|und|et|y|e|load|show|see|view)\s?)?(${countedNumber})\s+(?:more|weitere|de plus|más|mais|altr[ei]|meer|fler|flere)(?:\s+(?:${photoNouns}))?)$`,
  'iu',
);
/** “View all 124”, “Alle 124 Fotos anzeigen” */
const viewAll = new RegExp(
  String.raw`^(?:(?:view|see|show|browse)\s+all|alle|voir les|ver (?:las|os|todas las)?)\s+(${countedNumber})(?:\s+(?:${photoNouns}))?(?:\s+(?:ansehen|anzeigen|anschauen))?$`,
  'iu',
);
/** “This album has 124 photos.” */
const sentence = new RegExp(
  String.raw`\b(?:album|gallery|folder|collection|galerie|galería|galleria|galeria|ordner|dossier|carpeta|cartella|mappe)\s+(?:(?:currently|now|aktuell)\s+)?(?:has|holds|contains|with|hat|enthält|umfasst|mit|contient|compte|avec|contiene|con|contém|com|bevat|met|innehåller|med)\s+(?:(?:a total of|insgesamt)\s+)?(${countedNumber})\s+(?:${photoNouns})(?!\p{L})`,
  'iu',
);
/** “Sign in to see all 124 photos”, in a line that says no more */
const all = new RegExp(
  String.raw`^.{0,40}\b(?:all|alle|(?:tous|toutes) les|tod[ao]s (?:[ao]s|l[ao]s)|tutt[ei] (?:le|gli)|alla)\s+(${countedNumber})\s+(?:${photoNouns})(?!\p{L}).{0,20}$`,
  'iu',
);
/** “Holiday (124)”, in a heading or a page's title */
const inBrackets = new RegExp(
  String.raw`\S\s*[(\[](${countedNumber})[)\]]\s*(?:$|[-–—|·•:«])`,
  'u',
);
/** Parts of a page that are about the whole site, or about other pages. */
const asideNames =
  /(?:^|[\s_-])(?:side-?bar|footer|menu|nav(?:bar|igation)?|widget|stat(?:s|istics)?|related|comments?|breadcrumbs?|tags?|likes?|rating|votes?)(?=$|[\s_-])/i;
const viewerNames =
  /(?:^|[\s_-])(?:carousel|slide(?:r|s|show)?|swiper|lightbox|pswp|photoswipe|fancybox|colorbox|viewer|modal|dialog|player|counter|zoom|wizard|steps?)(?=$|[\s_-])/i;
/** How many of the elements around one say what it is about. */
const near = 6;

/**
 * Finds what may say how many there are, in the page's order. A number of photos that stands alone, away
 * from a heading, is one of other things where there are several.
 */
export function findCountHints(
  lines: readonly TextLine[],
  elements: readonly PageElement[],
): CountHint[] {
  const inNames = elements.flatMap(hintsInNames);
  // Several counts are those of other albums.
  const isOne = inNames.filter(({ kind }) => kind === 'all').length === 1;
  const ofAlbum = inNames.filter(({ kind }) => kind === 'pages' || isOne);
  const hints = [...lines.flatMap((line) => hintIn(line) ?? []), ...ofAlbum];
  const totals = new Set(lines.flatMap((line) => totalAlone(line) ?? []));
  const [total] = totals;
  if (total === undefined || totals.size > 1) return hints;
  const line = lines.find((one) => totalAlone(one) === total);
  return line === undefined
    ? hints
    : [...hints, { kind: 'all', total, part: 0, words: line.text, line }];
}

/** What attributes tell a script. */
const pagesAttribute =
  /^data-(?:total-?pages|pages(?:-?total)?|page-?count|num-?pages|max-?pages?|last-?page)$/;
const photosAttribute =
  /^data-(?:(?:total|num)-?(?:photos|images|pictures|items)|(?:photos?|images?|pictures?|items?)-?(?:count|total))$/;

function hintsInNames(element: PageElement): CountHint[] {
  return Object.entries(element.attribs).flatMap(([name, value]): CountHint[] => {
    const isOfPages = pagesAttribute.test(name);
    if (!(isOfPages || photosAttribute.test(name)) || !/^\d{1,7}$/.test(value)) return [];
    const names = aroundOf(element).map(namesOf);
    if (names.some((one) => asideNames.test(one) || viewerNames.test(one))) return [];
    const line = { text: `${name}="${value}"`, element, pieces: [] };
    const kind = isOfPages ? 'pages' : 'all';
    return [{ kind, total: Number(value), part: 0, words: line.text, line }];
  });
}

function hintIn(line: TextLine): CountHint | undefined {
  const { text, element } = line;
  const around = aroundOf(element);
  if (around.some((one) => asideNames.test(namesOf(one)))) return undefined;
  const hint = (kind: CountHint['kind'], total: string | undefined, some = '0') => ({
    ...{ kind, total: numberOf(total), part: numberOf(some), words: text, line },
  });
  const parts = part.exec(text);
  if (parts !== null) {
    const isOfViewer = around.some((one) => viewerNames.test(namesOf(one)));
    return isOfViewer ? undefined : hint('part', parts[2], parts[1]);
  }
  const others = more.exec(text);
  if (others !== null) return hint('more', others[1] ?? others[2]);
  const whole = viewAll.exec(text) ?? sentence.exec(text) ?? all.exec(text);
  if (whole !== null) {
    const isOfSite = around.some(({ name }) => name === 'aside' || name === 'footer');
    return isOfSite ? undefined : hint('all', whole[1]);
  }
  const isTitle = around.some(({ name }) => /^(?:h[1-3]|title)$/.test(name));
  const inTitle = isTitle ? inBrackets.exec(text)?.[1] : undefined;
  // “Summer (2019)” is a year.
  return inTitle === undefined || /^(?:19|20)\d\d$/.test(inTitle)
    ? undefined
    : hint('all', inTitle);
}

/** A number of photos that is a line, or an element's text, of its own, and no link's. */
function totalAlone({ text, element, pieces }: TextLine): number | undefined {
  const isOneText = pieces.every((piece) => !isAside(piece.element));
  for (const piece of [...(isOneText ? [{ text, element }] : []), ...pieces]) {
    const found = wholeIn(piece.text.trim())?.[1];
    if (found !== undefined && !isAside(piece.element)) return numberOf(found);
  }
  return undefined;
}

function isAside(element: PageElement): boolean {
  return aroundOf(element).some(
    (one) =>
      ['a', 'aside', 'footer', 'nav', 'noscript', 'option'].includes(one.name) ||
      asideNames.test(namesOf(one)),
  );
}

function aroundOf(element: PageElement): PageElement[] {
  return [element, ...ancestors(element)].slice(0, near).filter(({ name }) => name !== 'body');
}

function numberOf(text = ''): number {
  return Number(text.replace(/\D/gu, ''));
}
