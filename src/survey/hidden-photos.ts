import { type PageElement, parseHtml } from '../page/html-document.js';
import type { Page } from '../page/page.js';
import { findPhotos, type SurveyedPhoto } from './find-photos.js';
import { ancestors, pageContent } from './page-content.js';

/** Types of a script that holds markup, for another one to show. */
const markupType = /html|template|handlebars|mustache/i;
/** Longest text that is read as markup, in UTF-16 units. */
const longestMarkup = 500_000;
/** What another script puts values into. */
const placeholder = /\{\{|\$\{|<%|\[\[/;

/**
 * Finds what looks like photos in markup that a page holds for its scripts to show later: in a template,
 * in a script that is none, in the text of a field.
 *
 * @param without elements to leave out, with all that they hold
 */
export function findHiddenPhotos(page: Page, without: ReadonlySet<object>): SurveyedPhoto[] {
  const $ = page.document;
  const isLeftOut = (element: PageElement) =>
    [element, ...ancestors(element)].some((one) => without.has(one));
  return $('template, script[type], textarea')
    .toArray()
    .filter((element) => holdsMarkup(element) && !isLeftOut(element))
    .map((element) => (element.name === 'template' ? $(element).html() : $(element).text()) ?? '')
    .filter((text) => /<(?:img|a)\b/i.test(text) && text.length <= longestMarkup)
    .filter((text) => !placeholder.test(text))
    .flatMap((text) => findPhotos(pageContent(parseHtml(text), without).elements, page));
}

function holdsMarkup({ name, attribs }: PageElement): boolean {
  return name !== 'script' || markupType.test(attribs.type ?? '');
}
