import { webUrl } from '../page/address.js';
import { type PageElement, parseHtml } from '../page/html-document.js';
import type { Page } from '../page/page.js';
import { addressKind } from './address-kind.js';
import { findPhotos, pictureEnding, type SurveyedPhoto } from './find-photos.js';
import { ancestors, pageContent } from './page-content.js';

/** Types of a script that holds markup, for another one to show. */
const markupType = /html|template|handlebars|mustache/i;
/** Longest text that is read as markup, in UTF-16 units. */
const longestMarkup = 500_000;
/** What another script puts values into. */
const placeholder = /\{\{|\$\{|<%|\[\[/;
/** Longest script that is read, in UTF-16 units. */
const longestScript = 2_000_000;
/** What stands between two addresses in a script. */
const betweenAddresses = /[\s"'`<>,;|()[\]{}\\]+/;
const escapedSlash = /\\(?:\/|u002f|x2f)/gi;

/**
 * Finds what looks like photos in markup that a page holds for its scripts to show later: in a template,
 * in a script that is none, in the text of a field.
 *
 * @param without elements to leave out, with all that they hold
 */
export function findHiddenPhotos(page: Page, without: ReadonlySet<object>): SurveyedPhoto[] {
  const $ = page.document;
  return seenBy(page, without, 'template, script[type], textarea')
    .filter(holdsMarkup)
    .map((element) => (element.name === 'template' ? $(element).html() : $(element).text()) ?? '')
    .filter((text) => /<(?:img|a)\b/i.test(text) && text.length <= longestMarkup)
    .filter((text) => !placeholder.test(text))
    .flatMap((text) => findPhotos(pageContent(parseHtml(text), without).elements, page));
}

/**
 * Finds the addresses of pictures in a page's scripts: photos that a script may show, or others.
 *
 * @param without elements to leave out, with all that they hold
 */
export function findScriptedPhotos(page: Page, without: ReadonlySet<object>): SurveyedPhoto[] {
  return seenBy(page, without, 'script:not([type="application/ld+json" i])')
    .filter((element) => !holdsMarkup(element))
    .flatMap((element) => {
      const text = page.document(element).text();
      if (text.length > longestScript) return [];
      const written = text.replace(escapedSlash, '/').split(betweenAddresses);
      const urls = new Set(written.flatMap((one) => pictureAddress(one, page) ?? []));
      return [...urls].map((url) => photoAt(url, element));
    });
}

function pictureAddress(written: string, page: Page): string | undefined {
  if (!pictureEnding.test(written.replace(/[?#].*$/s, ''))) return undefined;
  const url = webUrl(written, page);
  return url !== undefined && pictureEnding.test(url.pathname) ? url.href : undefined;
}

function photoAt(url: string, element: PageElement): SurveyedPhoto {
  const kind = addressKind(new URL(url));
  return { element, thumbnails: [url], tags: element.name, structure: element.name, kind };
}

/** The elements that a selector finds, without those to leave out. */
function seenBy(page: Page, without: ReadonlySet<object>, selector: string): PageElement[] {
  const isLeftOut = (element: PageElement) =>
    [element, ...ancestors(element)].some((one) => without.has(one));
  return page
    .document(selector)
    .toArray()
    .filter((element): element is PageElement => 'attribs' in element && !isLeftOut(element));
}

function holdsMarkup({ name, attribs }: PageElement): boolean {
  return name !== 'script' || markupType.test(attribs.type ?? '');
}
