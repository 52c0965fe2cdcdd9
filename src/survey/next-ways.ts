import { type AddressBase, pageAddress } from '../page/address.js';
import type { PageElement } from '../page/html-document.js';
import { linksWithRelation } from '../page/link-header.js';
import type { Page } from '../page/page.js';
import { looksLikeAddress, type NextLabel, nextAttributes, nextLabel } from './next-label.js';
import { ancestors, namesOf } from './page-content.js';

/** Something on a page that leads to a further page of what it lists, or looks like it. */
export interface NextWay {
  /** The element; undefined for a header of the answer. */
  element: PageElement | undefined;
  /** What it is, for messages: `the link “Next”`. */
  what: string;
  /** The number of the page that it names; undefined for the next one. */
  number?: number;
  /** Whether its words can mean nothing but a further page. */
  isCertain: boolean;
  /** Whether only its names in the page's source say so, and its words something else. */
  isOnlyNamed?: true;
  /** The address that it leads to, without its fragment; undefined where it has none. */
  url?: string;
  /** What stands in place of an address: `the address “#”`, `no address`. */
  instead?: string;
  /** Whether it is a link without an address, which may be how a page shows that it is the last. */
  isPlaceholder?: true;
}

/** Where buttons keep the address that a script loads. */
const addressAttributes =
  /^(?:formaction|hx-get|data-(?:.*-)?(?:href|url|uri|link|next|endpoint|src))$/;
/** Names of what shows one photo after the other, or months, and no pages. */
const viewer =
  /(?:^|[\s_-])(?:carousel|slide(?:r|s|show)?|swiper|slick|splide|glide|flickity|owl|orbit|lightbox|lightgallery|lg-(?:next|outer)|pswp|photoswipe|fancybox|colorbox|cboxnext|mfp|featherlight|fslightbox|modal|dialog|player|video-js|calendar|datepicker|rating|stars?|comments?)(?=$|[\s_-])/i;
const switchedOff = /(?:^|[\s_-])(?:disabled?|inactive|hidden|invisible|d-none)(?=$|\s)/i;
const pager =
  /(?:^|[\s_-])(?:pag(?:er|es|ing|ination|inator|e-?nav|e-?links?|e-?numbers?)|nav-?links|wp-pagenavi)(?=$|[\s_-])/i;
/** How many of the elements around one say what it belongs to. */
const near = 5;

/** Finds what leads to further pages: what a header names, then what stands on the page, in its order. */
export function findNextWays(page: Page, elements: readonly PageElement[]): NextWay[] {
  const ids = new Set(elements.flatMap(({ attribs: { id } }) => id ?? []));
  const inHeader = linksWithRelation(page.linkHeader ?? '', 'next').flatMap((target) => {
    const url = pageAddress(target, page);
    if (url === undefined) return [];
    return [{ element: undefined, what: 'the header Link', isCertain: true, url }];
  });
  return [...inHeader, ...elements.flatMap((element) => wayAt(element, page, ids) ?? [])];
}

function wayAt(
  element: PageElement,
  base: AddressBase,
  ids: ReadonlySet<string>,
): NextWay | undefined {
  const label = nextLabel(element);
  if (label === undefined || isOff(element) || isIn(element, viewer)) return undefined;
  const { by, words } = label;
  const way = {
    element,
    what: words === '' ? `a <${element.name}>` : `the ${kindOf(element)} “${words}”`,
    isCertain: by === 'surely',
    ...(by === 'name' && { isOnlyNamed: true as const }),
    ...(typeof by === 'number' && { number: by }),
  };
  const written = addressOf(element)?.trim();
  const url = written === undefined ? undefined : pageAddress(written, base);
  if (url !== undefined && !written?.startsWith('#')) return { ...way, url };
  if (isJump(written, ids) || !countsWithoutAddress(element, label)) return undefined;
  if (written !== undefined) return { ...way, instead: `the address “${written}”` };
  const isPlaceholder = element.name === 'a' && element.attribs.onclick === undefined;
  return { ...way, instead: 'no address', ...(isPlaceholder && { isPlaceholder }) };
}

/** Whether an address leads to a place on the page itself. */
function isJump(written: string | undefined, ids: ReadonlySet<string>): boolean {
  const fragment = /^#(.+)/.exec(written ?? '')?.[1];
  return fragment !== undefined && (ids.has(fragment) || fragment === 'top');
}

/** Arrows and numbers without an address may do anything, unless they stand with other pages' links. */
function countsWithoutAddress(element: PageElement, { by }: NextLabel): boolean {
  return by === 'surely' || by === 'perhaps' || (by !== 'name' && isIn(element, pager));
}

function kindOf({ name }: PageElement): string {
  if (name === 'a') return 'link';
  return name === 'button' || name === 'input' ? 'button' : `<${name}>`;
}

/** Whether an element is switched off or hidden, and so leads nowhere. */
export function isOff(element: PageElement): boolean {
  return around(element).some(({ attribs }, distance) => {
    const { hidden, disabled, style = '', class: classes = '' } = attribs;
    if (hidden !== undefined || /display:\s*none|visibility:\s*hidden/i.test(style)) return true;
    const isDisabled = disabled !== undefined || attribs['aria-disabled'] === 'true';
    return distance <= 2 && (isDisabled || switchedOff.test(classes));
  });
}

function isIn(element: PageElement, names: RegExp): boolean {
  return around(element).some(
    (one) => names.test(namesOf(one)) || names.test(one.attribs['aria-label'] ?? ''),
  );
}

/** An element and those around it, the page's body left out. */
function around(element: PageElement): PageElement[] {
  const found = [element];
  for (const one of ancestors(element)) {
    if (found.length > near || one.name === 'body') break;
    found.push(one);
  }
  return found;
}

/** The address of an element as it is written: that of a link, or the one that a script is given. */
export function addressOf({ name, attribs }: PageElement): string | undefined {
  const { href, onclick = '' } = attribs;
  const isLink = name === 'a' || name === 'link';
  if (isLink && href !== undefined && !/^\s*(?:#|javascript:)/i.test(href)) return href;
  const data = Object.entries(attribs).find(
    ([attribute, value]) =>
      (addressAttributes.test(attribute) || nextAttributes.test(attribute)) &&
      looksLikeAddress(value),
  )?.[1];
  return data ?? /location(?:\.href)?\s*=\s*["']([^"']+)/.exec(onclick)?.[1] ?? href;
}
