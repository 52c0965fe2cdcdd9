import { createHash } from 'node:crypto';
import type { PageElement } from '../page/html-document.js';
import { partOf } from './find-photos.js';

/** How a page's source ends: with its end tag, without one, or in the middle of a tag. */
export type PageEnd = 'ends' | 'has no end' | 'breaks off';

/**
 * How the source of a page ends.
 *
 * @returns undefined for a part of a page, which begins without its tags
 */
export function pageEnd(html: string): PageEnd | undefined {
  if (!/<(?:!doctype|html|body)\b/i.test(html)) return undefined;
  if (/<\/(?:html|body)\s*>/i.test(html)) return 'ends';
  const tag = html.slice(html.lastIndexOf('<'));
  return /^<\/?[a-z][^>]*$/i.test(tag) ? 'breaks off' : 'has no end';
}

const trouble =
  /\b(?:error\s*5\d\d|5\d\d\s+(?:internal|bad gateway|service|gateway)|internal server error|something went wrong|(?:please )?try again|temporar(?:y|ily)|unavailable|maintenance|overload(?:ed)?|time[d-]?\s?out|database (?:error|connection)|too many requests|rate limit|fatal error|uncaught exception|technical (?:problems?|difficulties)|(?:bitte )?versuchen sie es|wartung(?:sarbeiten)?|vorübergehend|interner fehler|erreur interne|réessayez|error interno|inténtelo|riprova|tente novamente)\b/iu;
/** Longest text that is read, in UTF-16 units: what says that a site is out of order is short. */
const longestNotice = 2000;

/** What a page without photos says of a site that is out of order, or undefined. */
export function troubleIn(text: string): string | undefined {
  const plain = text.replace(/\s+/gu, ' ').trim();
  if (plain.length > longestNotice || !trouble.test(plain)) return undefined;
  return plain.slice(0, 120);
}

/** Most names of a page's frame that are kept. */
const mostNames = 12;
const framing = /^(?:main|header|nav|footer|section|article|ul|table|form)$/;

/** What stands around the photos of a page, as numbers that are the same for the same names. */
export function frameOf(elements: readonly PageElement[]): number[] {
  const names = new Set<string>();
  for (const element of elements) {
    const part = partOf(element);
    if (part !== element.name || framing.test(part)) names.add(part);
    if (names.size === mostNames) break;
  }
  return [...names].map((name) => createHash('sha256').update(name).digest().readUInt32BE());
}
