import type { PageElement } from '../../page/html-document.js';
import { parseJsonText } from '../../page/json-text.js';
import type { Page } from '../../page/page.js';
import { isParent } from '../../profile/json-path.js';
import { matchIn } from '../../profile/regular-expression.js';
import { pageContent } from '../../survey/page-content.js';
import { memberStep } from '../json-groups.js';
import type { Exchange } from './exchange.js';

/** How a value of a later request is taken from an answer: a rule of `take`. */
export interface Taken {
  /** The request in whose answer it stands; of redirects the first. */
  exchange: Exchange;
  rule: {
    select?: string;
    attribute?: string;
    header?: string;
    cookie?: string;
    filters?: unknown[];
  };
  /** What it is called there. */
  name: string;
}

/**
 * Finds where a value of a later request came from: the first answer that has it, unless it was sent
 * before.
 *
 * @param earlier the requests before, in order
 */
export function takenFrom(value: string, earlier: readonly Exchange[]): Taken | undefined {
  if (!mayBeCarried(value)) return undefined;
  for (const exchange of earlier) {
    // What the browser sent before it was ever answered is the browser's own.
    if (isSent(value, exchange)) return undefined;
    const found = inAnswer(value, exchange);
    if (found !== undefined) return { ...found, exchange: beginningOf(exchange, earlier) };
  }
  return undefined;
}

/** Whether a value can be told from those that stand anywhere. */
function mayBeCarried(value: string): boolean {
  if (value.length > 8000 || /\s/.test(value)) return false;
  if (/^\d+$/.test(value)) return value.length >= 8;
  return value.length >= 6 ? !/^[a-z]+$/.test(value) : /\d/.test(value) && /[a-z]/i.test(value);
}

function isSent(value: string, { url, body, headers }: Exchange): boolean {
  const written = [url, body?.text ?? '', ...headers.values()];
  const forms = [value, encodeURIComponent(value)];
  return written.some((text) => forms.some((form) => text.includes(form)));
}

/** The first request of a chain of redirects. */
function beginningOf(exchange: Exchange, earlier: readonly Exchange[]): Exchange {
  const before = earlier.findLast(
    ({ place, location }) => place < exchange.place && location === exchange.url,
  );
  // What comes in between are other requests.
  return before === undefined ? exchange : beginningOf(before, earlier);
}

function inAnswer(value: string, exchange: Exchange): Omit<Taken, 'exchange'> | undefined {
  const { page } = exchange;
  return (
    (page === undefined ? undefined : page.isHtml ? inHtml(value, page) : inJson(value, page)) ??
    inHeaders(value, exchange) ??
    inCookies(value, exchange)
  );
}

function inJson(value: string, page: Page): Omit<Taken, 'exchange'> | undefined {
  if (!page.text.includes(JSON.stringify(value).slice(1, -1)) && !/^\d+$/.test(value)) {
    return page.text.includes('\\/') ? pathIn(value, page) : undefined;
  }
  return pathIn(value, page);
}

function pathIn(value: string, page: Page): Omit<Taken, 'exchange'> | undefined {
  const names = jsonValue(page) && pathTo(value, jsonValue(page), []);
  if (names === undefined) return undefined;
  const select = `$${names.map((name) => (/^\d+$/.test(name) ? `[${name}]` : memberStep(name))).join('')}`;
  return { rule: { select }, name: names.findLast((name) => !/^\d+$/.test(name)) ?? 'value' };
}

/** The JSON of a page; undefined where it is none. */
export function jsonValue(page: Page): object | undefined {
  try {
    const value = parseJsonText(page.text);
    return isParent(value) ? value : undefined;
  } catch {
    // A script or plain text.
    return undefined;
  }
}

function pathTo(wanted: string, value: unknown, path: readonly string[]): string[] | undefined {
  if (!isParent(value)) return String(value) === wanted ? [...path] : undefined;
  if (path.length > 20) return undefined;
  for (const [name, one] of Object.entries(value)) {
    const found = pathTo(wanted, one, [...path, name]);
    if (found !== undefined) return found;
  }
  return undefined;
}

function inHtml(value: string, page: Page): Omit<Taken, 'exchange'> | undefined {
  const { elements } = pageContent(page.document, new Set());
  for (const element of elements) {
    for (const [attribute, text] of Object.entries(element.attribs)) {
      if (text.trim() !== value) continue;
      const select = selectorOf(element, attribute, page);
      if (select !== undefined) {
        return { rule: { select, attribute }, name: element.attribs.name ?? attribute };
      }
    }
  }
  return inScript(value, page);
}

function selectorOf(element: PageElement, attribute: string, page: Page): string | undefined {
  const { name, attribs } = element;
  const named = ['name', 'id', 'property', 'rel'].flatMap((one) =>
    attribs[one] ? `${name}[${one}="${attribs[one].replace(/["\\]/g, '\\$&')}"]` : [],
  );
  return [...named, `${name}[${attribute}]`].find((select) => page.document(select)[0] === element);
}

function inScript(value: string, page: Page): Omit<Taken, 'exchange'> | undefined {
  for (const script of page.document('script').toArray()) {
    const text = page.document(script).html() ?? '';
    const at = text.indexOf(value);
    if (at < 0) continue;
    const [before = '', name = ''] =
      /([\w$-]+)["']?\s*[:=,]\s*["']$/.exec(text.slice(Math.max(0, at - 80), at)) ?? [];
    if (name === '') continue;
    const written = before.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&').replace(/\s+/g, '\\s*');
    const match = `${written}([^"']+)`;
    const select = [`script#${script.attribs.id ?? 'none'}`, `script:contains("${name}")`].find(
      (one) => page.document(one)[0] === script,
    );
    if (select !== undefined && matchIn(text, match)?.[1] === value) {
      return { rule: { select, filters: [{ match }] }, name };
    }
  }
  return undefined;
}

function inHeaders(
  value: string,
  { answerHeaders, url, location }: Exchange,
): Omit<Taken, 'exchange'> | undefined {
  const header = answerHeaders.find((one) => one.name !== 'set-cookie' && one.value === value);
  if (header !== undefined) return { rule: { header: header.name }, name: header.name };
  const target = location === undefined ? undefined : new URL(location, url);
  const parameter = [...(target?.searchParams ?? [])].find(([, one]) => one === value)?.[0];
  if (parameter === undefined) return undefined;
  return { rule: { header: 'location', filters: [{ query: parameter }] }, name: parameter };
}

function inCookies(value: string, { setCookies }: Exchange): Omit<Taken, 'exchange'> | undefined {
  for (const cookie of setCookies) {
    const isEncoded = cookie.value !== value;
    if (isEncoded && safelyDecoded(cookie.value) !== value) continue;
    const name = cookie.name.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&');
    return {
      rule: { cookie: `^${name}$`, ...(isEncoded && { filters: ['decode'] }) },
      name: cookie.name,
    };
  }
  return undefined;
}

function safelyDecoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    // It is not percent-encoded.
    return text;
  }
}
