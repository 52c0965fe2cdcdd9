import type { PageElement } from '../page/html-document.js';
import { loadsMore, type Named, namesNextPage, pageNamedBy } from './next-words.js';
import { namesOf, shortText } from './page-content.js';

/** Where anything keeps the address of the next page. */
export const nextAttributes =
  /^data-(?:.*-)?(?:next|load-more)-?(?:page-?)?(?:url|href|link|src)?$/;

/** What a script calls the end of a list, to load more once a person sees it. */
const scrolled =
  /(?:^|[\s_-])(?:infinite(?:[-_]?(?:scroll|load(?:er|ing)?))?|endless|load[-_]?more|auto[-_]?load|scroll[-_]?trigger)(?=$|[\s_-])/i;
/** The same of an empty element. One for a button (“load-more”) says that there is no more. */
const awaited =
  /(?:^|[\s_-])(?:infinite(?:[-_]?(?:scroll|load(?:er|ing)?))?|endless|scroll[-_]?trigger|sentinel)(?=$|[\s_-])/i;
/** What stands in the list itself, which such names are given too. */
const held = /^(?:img|picture|video|iframe|a|button|input|form)$/;
const scrolledAttributes = /^(?:hx-get|data-(?:.*-)?(?:href|url|uri|endpoint|src|path))$/;

/** What says that an element leads to a further page. */
export interface NextLabel {
  /**
   * `name`: not its words, which may be anything, but its relation, id or class; `address`: only that
   * its address has the number of a further page.
   */
  by: Named | 'name' | 'address';
  /** Its words; empty where it has none. */
  words: string;
}

/** What says that an element leads to a further page; undefined where nothing does. */
export function nextLabel(element: PageElement): NextLabel | undefined {
  const { name, attribs } = element;
  const isNext = /(?:^|\s)next(?:\s|$)/i.test(attribs.rel ?? '');
  if (name === 'link') return isNext ? { by: 'perhaps', words: 'rel=next' } : undefined;
  if (isControl(element) || isPressed(element)) return ofControl(element, isNext);
  const names = namesOf(element);
  const isScrolled = scrolled.test(names);
  const hasAddress = Object.entries(attribs).some(
    ([attribute, value]) =>
      (nextAttributes.test(attribute) || (isScrolled && scrolledAttributes.test(attribute))) &&
      looksLikeAddress(value),
  );
  if (hasAddress) return { by: 'surely', words: '' };
  const isEnd = awaited.test(names) && isEmpty(element);
  return isEnd ? { by: 'perhaps', words: names.trim() } : undefined;
}

/** Whether nothing stands in an element, as where a script only watches for it to be scrolled to. */
function isEmpty(element: PageElement): boolean {
  const waiting = [...element.children];
  for (let node = waiting.pop(); node !== undefined; node = waiting.pop()) {
    if (!('attribs' in node)) continue;
    if (held.test(node.name)) return false;
    waiting.push(...node.children);
  }
  return /^(?:loading)?[\s.…]*$/i.test(shortText(element));
}

/** Whether a person can press an element, as far as the page's source says it. */
export function isControl({ name, attribs }: PageElement): boolean {
  if (name === 'a' || name === 'button') return true;
  const { type = '', role = '', onclick, 'data-page': page = '' } = attribs;
  if (name === 'input') return /^(?:submit|button|image)$/i.test(type);
  return onclick !== undefined || /^(?:button|link)$/i.test(role) || /^\d+$/.test(page);
}

/** Attributes in which any element keeps the address that a script opens when a person presses it. */
const openedAttributes = /^data-(?:.*-)?(?:href|url|link)$/;
/** Characters of the longest label of such an element: what has more holds other things. */
const longestLabel = 20;

function isPressed(element: PageElement): boolean {
  const hasAddress = Object.entries(element.attribs).some(
    ([attribute, value]) => openedAttributes.test(attribute) && looksLikeAddress(value),
  );
  const label = hasAddress ? shortText(element) : '';
  return label !== '' && label.length <= longestLabel;
}

function ofControl(element: PageElement, isNext: boolean): NextLabel | undefined {
  const { value, title, alt, 'aria-label': label } = element.attribs;
  const texts = [shortText(element), value, label, title, alt]
    .map((text) => text?.trim().slice(0, 80))
    .filter(Boolean);
  const [words = ''] = texts;
  const named = texts.flatMap((text) => pageNamedBy(text ?? '') ?? []);
  const isNamed = namesNextPage(namesOf(element));
  const by = named.find((one) => one !== 'arrow') ?? (isNext ? 'perhaps' : named[0]);
  if (by !== undefined) return { by: by === 'arrow' && isNamed ? 'perhaps' : by, words };
  if (texts.some((text) => loadsMore(namesOf(element), text ?? '')))
    return { by: 'perhaps', words };
  return isNamed ? { by: 'name', words } : undefined;
}

/** Whether the value of an attribute looks like an address, rather than a number or a word. */
export function looksLikeAddress(value: string): boolean {
  if (value.length > 2000) return false;
  return /^(?:https?:\/\/|\/|\?|\.{1,2}\/)|[/?].*=|\.(?:html?|php|aspx?|json)\b/i.test(
    value.trim(),
  );
}
