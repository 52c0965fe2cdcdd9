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

/** A whole number, with or without separators of thousands, as part of an expression. */
export const countedNumber = String.raw`\d{1,3}(?:[.,'’ \u00a0\u202f]\d{3})+(?!\d)|\d+`;
const number = countedNumber;
/** What stands between a part and the whole, as part of an expression. */
export const partOfWhole =
  'of|out of|von|de|sur|di|van|av|af|z|ze|iz|dari|из|из всего|(?<= )/(?= )|／';
const of = partOfWhole;
/** What photos are called, as part of an expression. */
export const photoNouns = [
  'photos?|photograph(?:ie|y)?s?|pictures?|images?|files?|media(?: files)?|items?|elements?',
  String.raw`éléments?(?:\(s\))?|fotos?|foto['’]s|fotografie|fotografi[ae]s|fotografías?|bild(?:er)?|bildern|aufnahmen|dateien`,
  'elementen?|clichés?|imágenes|imagens|immagini|elementos|elementi|afbeeldingen|billeder|bilde|kuvaa|valokuvaa',
  'zdjęć|zdjęcia|fotografií|fotek|fotky|képek|kép|снимков|снимка|фото|фотографий|фотографии|фотография',
  'fotoğraf|ảnh|写真|枚の写真|枚|张照片|張照片|张|張|장',
].join('|');
const photo = photoNouns;
/** What a list may be called whose things are photos, or anything. */
const neutral =
  'entries|results?|matches|objects?|total|shown|displayed|einträgen?|ergebnissen?|insgesamt|angezeigt|résultats?|resultados|risultati|resultaten';
/** “about”, “in all”, in front of a whole. */
const about = '(?:(?:about|approximately|a total of|ca\\.|etwa|insgesamt|environ|total de)\\s+)?';
const range = new RegExp(
  String.raw`(?:^|[^\d.,])(${number})\s*(?:[-–—−~〜]|to|bis|à|al?|tot|till|til|do|по)\s*(${number})(?:\s+(?:${photo}))?\s*,?\s*(?:${of}|/)\s*${about}(${number})(?![\d.,]*\d)\s*(\p{L}+)?`,
  'iu',
);
/** “36 files are in this category, out of 130 total” */
const partOf = new RegExp(
  String.raw`(?:^|[^\d.,])(${number})\s+(?:${photo})\b.{0,40}\b(?:out of|of|von|sur|de|di|van)\s+(${number})(?![\d.,]*\d)`,
  'iu',
);
const showing =
  'showing|displaying|viewing|zeige|affichage(?: de)?|mostrando|visualizzat[ei]|viser|visar|weergave van';
/** “Showing 48 of 130”, “48 of 130 photos”, “48 von 130 Fotos angezeigt” */
const shownOf = new RegExp(
  String.raw`^(?:(?:${showing})\s+(?:all\s+)?(${number})(?:\s+(?:${photo}))?\s+(?:${of})\s+${about}(${number})(?:\s+(?:${photo}|${neutral}))?|(?:\p{L}+\s+){0,3}(${number})\s+(?:${of})\s+${about}(${number})\s+(?:${photo})(?:\s+\p{L}+)?)$`,
  'iu',
);
const pageWords =
  'page|seite|página|pagina|sida|side|strana|strona|oldal|sayfa|страница|сторінка|sivu|halaman|trang';
/** “Page 1 of 3”, “Page 1 (of 3)”, “Seite: 1 von 3 | weiter” */
const pageOf = new RegExp(
  String.raw`(?<!\p{L})(?:${pageWords})\s*(?:[:#№]|n[°o]\.?)?\s*(\d{1,5})\s*\(?\s*(?:${of}|/)\s*(\d{1,5})(?![\d.,]*\d)(?!\s*(?:\p{L}+\s+)?(?:comment|kommentar|commentaire|comentario))`,
  'iu',
);
/** “1 / 8 pages”, “第 1 页 / 共 8 页” */
const ofPages =
  /(?:^|[^\d.,])第?\s*(\d{1,5})\s*(?:[页頁]\s*)?[/,，(（]\s*(?:共|全)?\s*(\d{1,5})\s*(?:pages?|seiten|páginas|pagine|ページ|[页頁])/iu;
const whole = new RegExp(
  String.raw`(?:^|total:?\s+|[([·•|,–—-]\s*|[共全]\s*|(?:사진|写真)\s*)(${number})\s*(?:${photo})(?:$|\s*[)\]·•|,–—(&+-]|\s+(?:and|und|et|y|e|en|och|og)\s+\d)`,
  'iu',
);
/** “View all 130 photos” */
const viewAll = new RegExp(
  String.raw`^(?:(?:view|see|show|browse)\s+)?all\s+(${number})\s+(?:${photo})$`,
  'iu',
);
/** “Photos (130)”, “Number of images: 130” */
const labelled = new RegExp(
  String.raw`^(?:(?:number of|total(?: number of)?|anzahl(?: der)?|nombre (?:total )?de|número de|numero di|aantal)\s+)?(?:${photo})\s*[:(]\s*(${number})\)?$`,
  'iu',
);
const photoWord = new RegExp(`^(?:${photo})$`, 'iu');
const neutralWord = new RegExp(`^(?:${neutral})$`, 'iu');
const photoWords = new RegExp(String.raw`(?<!\p{L})(?:${photo})(?!\p{L})`, 'iu');

/** Finds what a site says of how many there are, in the page's order. */
export function findCounts(lines: readonly TextLine[]): SiteCount[] {
  return lines.flatMap((line) => countIn(line) ?? []);
}

function countIn(line: TextLine): SiteCount | undefined {
  const { text } = line;
  const page = pageOf.exec(text) ?? ofPages.exec(text);
  if (page !== null) return count('pages', line, [page[1], page[1], page[2]], false);
  const found = range.exec(text);
  if (found !== null) {
    const [, from, to, total, next = ''] = found;
    // “1–10 of 57 comments” counts something else.
    const isOther = next !== '' && !photoWord.test(next) && !neutralWord.test(next);
    if (isOther && !photoWords.test(text)) return undefined;
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
  const all = wholeIn(text);
  if (all === null || !isAtHeading(line.element)) return undefined;
  return count('whole', line, ['1', all[1], all[1]], true);
}

/** The number of photos in all that a text says there are, as it is written; null where it says none. */
export function wholeIn(text: string): RegExpExecArray | null {
  return whole.exec(text) ?? labelled.exec(text);
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
