import { pageAddress } from '../page/address.js';
import type { PageElement } from '../page/html-document.js';
import { linksWithRelation } from '../page/link-header.js';
import type { Page } from '../page/page.js';

import { type FormFields, type FormWay, formFields, formWay } from './form-way.js';
import { choosesPage, isFurtherPage } from './further-page.js';
import {
  isControl,
  looksLikeAddress,
  type NextLabel,
  nextAttributes,
  nextLabel,
} from './next-label.js';
import { ancestors, namesOf, shortText } from './page-content.js';
import { isPlainLink, leadsNowhere } from './plain-link.js';

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
  /** Whether it is a link of which no attribute tells a script. */
  isPlain?: true;
  /** Whether it is such a link, and its address leads nowhere: `#`, `javascript:void(0)`. */
  isInert?: true;
  /**
   * Whether it is a link without an address, or an empty element that a script watches: the last page may
   * show either.
   */
  isPlaceholder?: true;
}

/** Where buttons keep the address that a script loads. */
const addressAttributes =
  /^(?:formaction|hx-get|data-(?:.*-)?(?:href|url|uri|link|next|endpoint|src))$/;
/** Names of what shows one photo after the other, or months, and no pages. */
const viewer =
  /(?:^|[\s_-])(?:carousel|slide(?:r|s|show)?|swiper|slick|splide|glide|flickity|owl|orbit|(?:[gs]|simple)?lightbox|gbtn|sl-wrapper|lightgallery|lg-(?:next|outer)|pswp|photoswipe|fancybox|colorbox|cboxnext|mfp|featherlight|fslightbox|blueimp|baguettebox|fotorama|galleria|viewer|overlay|modal|dialog|player|video-js|calendar|datepicker|rating|stars?|comments?)(?=$|[\s_-])/i;
const switchedOff = /(?:^|[\s_-])(?:disabled?|inactive|hidden|invisible|d-none)(?=$|\s)/i;
const pager =
  /(?:^|[\s_-])(?:pag(?:er|es|ing|ination|inator|e-?nav|e-?links?|e-?numbers?)|nav-?links|wp-pagenavi)(?=$|[\s_-])/i;
/** How many of the elements around one say what it belongs to. */
const near = 5;

/** Finds what leads to further pages: what a header names, then what stands on the page, in its order. */
export function findNextWays(page: Page, elements: readonly PageElement[]): NextWay[] {
  const ids = new Set(elements.flatMap(({ attribs: { id } }) => id ?? []));
  const fieldsOf = formFields(elements);
  const header = page.linkHeader ?? '';
  const named = (relation: string) =>
    linksWithRelation(header, relation).flatMap((target) => pageAddress(target, page) ?? []);
  // The last page names itself as the last one.
  const last = named('last').filter((url) => url !== page.url);
  const inHeader = [...named('next'), ...last].map((url) => {
    return { element: undefined, what: 'the header Link', isCertain: true, url };
  });
  return [...inHeader, ...elements.flatMap((element) => wayAt(element, page, fieldsOf, ids) ?? [])];
}

function wayAt(
  element: PageElement,
  page: Page,
  fieldsOf: FormFields,
  ids: ReadonlySet<string>,
): NextWay | undefined {
  if (element.name === 'option') return choiceAt(element, page);
  const form = formWay(element, fieldsOf);
  const written = (addressOf(element) ?? form?.address)?.trim();
  const url = written === undefined ? undefined : pageAddress(written, page);
  const label =
    nextLabel(element) ?? labelByAddress(element, url, page) ?? labelByFields(element, form);
  if (label === undefined || isOff(element) || isIn(element, viewer)) return undefined;
  const way = wayOf(element, label);
  if (form !== undefined && form.sends !== 'address') return sentBy(form, way, url, page);
  if (url !== undefined && !written?.startsWith('#')) return { ...way, url };
  return isJump(written, ids) ? undefined : withoutAddress(element, label, way, written);
}

/** A form that is sent to its own page may turn that page, unless a person writes in it first. */
function sentBy(
  { sends, choosesPage: turnsPage }: FormWay,
  way: NextWay,
  url: string | undefined,
  page: Page,
): NextWay | undefined {
  const isHere = url !== undefined && new URL(url).pathname === new URL(page.url).pathname;
  const isPager = way.isCertain || ((isHere || turnsPage) && sends === 'body');
  return isPager ? { ...way, instead: 'a form that is sent' } : undefined;
}

function wayOf(element: PageElement, { by, words }: NextLabel): NextWay {
  return {
    element,
    what: words === '' ? `a <${element.name}>` : `the ${kindOf(element)} “${words}”`,
    isCertain: by === 'surely',
    ...(by === 'name' && { isOnlyNamed: true as const }),
    ...(isPlainLink(element) && { isPlain: true as const }),
    ...(typeof by === 'number' && { number: by }),
  };
}

function withoutAddress(
  element: PageElement,
  label: NextLabel,
  way: NextWay,
  written: string | undefined,
): NextWay | undefined {
  if (!countsWithoutAddress(element, label)) return undefined;
  if (written !== undefined) {
    const instead = `the address “${written}”`;
    return { ...way, instead, ...(leadsNowhere(element, written) && { isInert: true as const }) };
  }
  const isPressed = isControl(element) && element.name !== 'a';
  const isPlaceholder = !isPressed && element.attribs.onclick === undefined;
  return { ...way, instead: 'no address', ...(isPlaceholder && { isPlaceholder }) };
}

/** A link without words for it, such as “More” or a picture, is known by its address alone. */
function labelByAddress(
  element: PageElement,
  url: string | undefined,
  page: Page,
): NextLabel | undefined {
  const mayLead = isControl(element) || loadsOnScroll(element);
  if (url === undefined || !mayLead || !isFurtherPage(url, page.url)) return undefined;
  return { by: 'address', words: shortText(element) };
}

/** So is a button whose form sends the number of a page. */
function labelByFields(element: PageElement, form: FormWay | undefined): NextLabel | undefined {
  if (form === undefined || !form.choosesPage || form.sends !== 'body') return undefined;
  return { by: 'address', words: shortText(element) };
}

/** Whether a script loads the address of an element, once a person sees it. */
function loadsOnScroll({ name, attribs }: PageElement): boolean {
  if (name === 'img' || name === 'video' || name === 'source') return false;
  return Object.keys(attribs).some((attribute) => addressAttributes.test(attribute));
}

/** A choice of pages in a list to choose from, behind the one that is chosen. */
function choiceAt(element: PageElement, page: Page): NextWay | undefined {
  const select = [...ancestors(element)].find(({ name }) => name === 'select');
  if (select === undefined || isIn(select, viewer)) return undefined;
  const { value = shortText(element) } = element.attribs;
  const way = { element, what: `the choice “${shortText(element)}”`, isCertain: false };
  const url = looksLikeAddress(value) ? pageAddress(value, page) : undefined;
  if (url !== undefined) return isFurtherPage(url, page.url) ? { ...way, url } : undefined;
  const isBehind = previousChoices(element).some(({ attribs }) => attribs.selected !== undefined);
  const isOfPages = choosesPage(select.attribs.name ?? '') && /^\d+$/.test(value);
  return isOfPages && isBehind ? { ...way, instead: 'no address' } : undefined;
}

function previousChoices(element: PageElement): PageElement[] {
  const found: PageElement[] = [];
  for (let node = element.prev; node !== null; node = node.prev) {
    if ('attribs' in node) found.push(node);
  }
  return found;
}

/** Whether an address leads to a place on the page itself. */
function isJump(written: string | undefined, ids: ReadonlySet<string>): boolean {
  const fragment = /^#(.+)/.exec(written ?? '')?.[1];
  return fragment !== undefined && (ids.has(fragment) || fragment === 'top');
}

/**
 * Arrows and numbers without an address may do anything, unless they stand with other pages' links, or
 * a script is told of a page.
 */
function countsWithoutAddress(element: PageElement, { by }: NextLabel): boolean {
  if (by === 'surely' || by === 'perhaps') return true;
  return by !== 'name' && (isIn(element, pager) || tellsPage(element, by));
}

function tellsPage({ attribs }: PageElement, by: NextLabel['by']): boolean {
  const { href = '', onclick = '', 'data-page': page } = attribs;
  if (page !== undefined) return page === String(by);
  const script = `${href} ${onclick}`;
  const hasNumber = typeof by !== 'number' || new RegExp(`(?<!\\d)${by}(?!\\d)`).test(script);
  return hasNumber && /page/i.test(script);
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
