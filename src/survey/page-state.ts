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

/** What a page may be in place of what was asked for. */
export type Notice = 'password' | 'captcha' | 'sign-in' | 'trouble';

/** What shows each kind of notice: in the source, or in its words. */
const inSource: [Notice, RegExp][] = [
  ['password', /<input\b[^>]*\btype\s*=\s*["']?password\b/i],
  ['captcha', /captcha|cf-(?:challenge|turnstile)|are you (?:a )?(?:human|robot)/i],
];
const inWords: [Notice, RegExp][] = [
  [
    'sign-in',
    /\b(?:please|must|need to) (?:be )?(?:sign(?:ed)?|log(?:ged)?)[ -]?in|\b(?:sign|log)[ -]?in to (?:see|view|continue|access)|(?:bitte|um .{0,40}zu sehen).{0,20}(?:anmelden|einloggen)|bitte melden sie sich|connectez-vous pour|inicia(?:r)? sesión para|accedi per|session (?:has )?expired|sitzung (?:ist )?abgelaufen/iu,
  ],
  [
    'trouble',
    /\b(?:error\s*5\d\d|5\d\d\s+(?:internal|bad gateway|service|gateway)|internal server error|something went wrong|(?:please )?try again|temporar(?:y|ily)|unavailable|maintenance|overload(?:ed)?|time[d-]?\s?out|database (?:error|connection)|too many requests|rate limit|fatal error|uncaught exception|technical (?:problems?|difficulties)|(?:bitte )?versuchen sie es|wartung(?:sarbeiten)?|vorübergehend|interner fehler|erreur interne|réessayez|error interno|inténtelo|riprova|tente novamente)\b/iu,
  ],
];
/** Longest page whose words are read, in UTF-16 units: a notice is short. */
const longestNotice = 50_000;

/** A page's words, in one line. */
function wordsOf(html: string): string {
  return html
    .replace(/<(script|style|head)\b.*?<\/\1\s*>/gis, ' ')
    .replace(/<[^>]*>/g, ' ')
    .replace(/\s+/gu, ' ')
    .trim();
}

/** Kinds of notices that a page has, whatever else it shows; and how its words begin. */
export function noticesIn(html: string): { notices: Notice[]; words: string } {
  const words = html.length > longestNotice ? '' : wordsOf(html);
  const having = (text: string) => (kind: [Notice, RegExp]) => (kind[1].test(text) ? kind[0] : []);
  const notices = [...inSource.flatMap(having(html)), ...inWords.flatMap(having(words))];
  return { notices, words: words.slice(0, 120) };
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
