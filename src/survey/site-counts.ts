import type { PageElement } from '../page/html-document.js';
import { ancestors, type TextLine } from './page-content.js';

/** What a site says of how many photos, or pages, there are. */
export interface SiteCount {
  /** `range`: photos a to b of all; `whole`: all photos; `pages`: page a of all. */
  kind: 'range' | 'whole' | 'pages';
  total: number;
  /** The first and the last that the page shows; of pages, its own number twice. */
  from: number;
  to: number;
  /** Whether its words name photos. */
  isOfPhotos: boolean;
  /** The words. */
  words: string;
  line: TextLine;
}

const number = String.raw`\d{1,3}(?:[.,'’ \u00a0\u202f]\d{3})+(?!\d)|\d+`;
const of = 'of|out of|von|de|sur|di|van|av|af|z|ze|iz|dari|của|из|из всего|(?<= )/(?= )|／';
const photo =
  'photos?|photographs?|pictures?|images?|files?|media(?: files)?|items?|fotos?|bild(?:er)?|bilder|aufnahmen|dateien|clichés?|imágenes|imagens|immagini|afbeeldingen|billeder|bilde|kuvaa|zdjęć|zdjęcia|fotografií|fotek|снимков|фото|фотографий|写真|枚|张|張|장';
const range = new RegExp(
  String.raw`(?:^|[^\d.,])(${number})\s*(?:[-–—−~〜]|to|bis|à|al?|tot|till|til|do|по)\s*(${number})(?:\s+(?:${photo}))?\s*,?\s*(?:${of})\s*(${number})(?![\d.,]*\d)\s*(\p{L}+)?`,
  'iu',
);
/** “36 files are in this category, out of 130 total” */
const partOf = new RegExp(
  String.raw`(?:^|[^\d.,])(${number})\s+(?:${photo})\b.{0,40}\b(?:out of|of|von|sur|de|di|van)\s+(${number})(?![\d.,]*\d)`,
  'iu',
);
/** “Showing 48 of 130”, “48 of 130 photos” */
const shownOf = new RegExp(
  String.raw`^(?:(?:showing|displaying|viewing)\s+(${number})(?:\s+(?:${photo}))?\s+(?:${of})\s+(${number})(?:\s+(?:${photo}))?|(${number})\s+(?:${of})\s+(${number})\s+(?:${photo}))$`,
  'iu',
);
const pageOf = new RegExp(
  String.raw`(?<!\p{L})(?:page|seite|página|pagina|sida|side|strana|strona|oldal|sayfa|страница|sivu)\s+(\d{1,5})\s*(?:${of}|/)\s*(\d{1,5})\W*$`,
  'iu',
);
const whole = new RegExp(
  String.raw`(?:^|total:?\s+|[([·•|,–—-]\s*)(${number})\s*(?:${photo})(?:$|\s*[)\]·•|,–—(-])`,
  'iu',
);
/** “View all 130 photos” */
const viewAll = new RegExp(
  String.raw`^(?:(?:view|see|show|browse)\s+)?all\s+(${number})\s+(?:${photo})$`,
  'iu',
);
/** “Photos (130)”, “Number of images: 130” */
const labelled = new RegExp(
  String.raw`^(?:(?:number of|total|anzahl(?: der)?|nombre de)\s+)?(?:${photo})\s*[:(]\s*(${number})\)?$`,
  'iu',
);
const photoWord = new RegExp(`^(?:${photo})$`, 'iu');
const photoWords = new RegExp(String.raw`(?<!\p{L})(?:${photo})(?!\p{L})`, 'iu');

/** Finds what a site says of how many there are, in the page's order. */
export function findCounts(lines: readonly TextLine[]): SiteCount[] {
  return lines.flatMap((line) => countIn(line) ?? []);
}

function countIn(line: TextLine): SiteCount | undefined {
  const { text } = line;
  const page = pageOf.exec(text);
  if (page !== null) return count('pages', line, [page[1], page[1], page[2]], false);
  const found = range.exec(text);
  if (found !== null) {
    const [, from, to, total, next = ''] = found;
    // “1–10 of 57 comments” counts something else.
    if (next !== '' && !photoWord.test(next) && !photoWords.test(text)) return undefined;
    return count('range', line, [from, to, total], photoWords.test(text));
  }
  const part = partOf.exec(text);
  if (part !== null) return count('range', line, ['1', part[1], part[2]], true);
  const shown = shownOf.exec(text);
  if (shown !== null) {
    const [, some = shown[3], total = shown[4]] = shown;
    return count('range', line, ['1', some, total], photoWords.test(text));
  }
  const everything = viewAll.exec(text);
  if (everything !== null) return count('whole', line, ['1', everything[1], everything[1]], true);
  const all = whole.exec(text) ?? labelled.exec(text);
  if (all === null || !isAtHeading(line.element)) return undefined;
  return count('whole', line, ['1', all[1], all[1]], true);
}

/** Parts of a page that are about the whole site, or about other pages. */
const asides = ['aside', 'footer', 'nav'];

/** Whether an element stands in the page's heading or right behind it, and is no link. */
function isAtHeading(element: PageElement): boolean {
  const holders = [element, ...ancestors(element)];
  if (holders.some(({ name }) => asides.includes(name))) return false;
  const around = holders.slice(0, 3);
  if (around.some(({ name }) => name === 'a')) return false;
  return around.some((one) => {
    const before = [one.prev, one.prev?.prev].find((node) => node && 'attribs' in node);
    return isHeading(one) || (before && 'attribs' in before && isHeading(before));
  });
}

function isHeading({ name }: PageElement): boolean {
  return name === 'h1' || name === 'h2';
}

function count(
  kind: SiteCount['kind'],
  line: TextLine,
  numbers: readonly (string | undefined)[],
  isOfPhotos: boolean,
): SiteCount | undefined {
  const [from = 0, to = 0, total = 0] = numbers.map((text) =>
    Number((text ?? '').replace(/\D/gu, '')),
  );
  if (from < 1 || from > to || to > total) return undefined;
  return { kind, total, from, to, isOfPhotos, words: line.text, line };
}
