import type { PageElement } from '../page/html-document.js';
import { parseJsonText } from '../page/json-text.js';
import type { Page } from '../page/page.js';
import { isParent } from '../profile/json-path.js';
import { matchIn } from '../profile/regular-expression.js';
import { pageContent } from '../survey/page-content.js';

/** A place of a profile at which JSON stands; undefined for the page itself. */
export type JsonPlace =
  | { script: string; match?: string }
  | { select: string; attribute: string }
  | { file: string }
  | undefined;

/** JSON that stands on a page. */
export interface FoundJson {
  place: JsonPlace;
  value: object;
}

/** The shortest JSON that can hold photos, in UTF-16 units. */
const shortest = 20;
/** The most scripts, and the most assignments in one, that are looked at. */
const mostTried = 60;

/** Finds the JSON that a page is, or that its scripts and attributes hold, in the page's order. */
export function jsonOn(page: Page): FoundJson[] {
  const whole = page.isHtml ? undefined : parsed(page.text);
  if (whole !== undefined) return [{ place: undefined, value: whole }];
  if (!page.isHtml) return [];
  return [...inScripts(page), ...inAttributes(page)];
}

/** JSON with objects or lists; undefined where a text is none. */
function parsed(text: string): object | undefined {
  try {
    const value = parseJsonText(text);
    return isParent(value) ? value : undefined;
  } catch {
    // Most scripts and attributes are no JSON; which are is what is asked.
    return undefined;
  }
}

function inScripts(page: Page): FoundJson[] {
  const scripts = page.document('script:not([src])').toArray().slice(0, mostTried);
  return scripts.flatMap((script) => {
    const text = page.document(script).html() ?? '';
    if (text.length < shortest) return [];
    const whole = parsed(text);
    if (whole !== undefined) {
      const select = firstSelector(page, script, scriptSelectors(script));
      return select === undefined ? [] : [{ place: { script: select }, value: whole }];
    }
    return inAssignments(page, script, text);
  });
}

function scriptSelectors({ attribs }: PageElement): string[] {
  const data = Object.keys(attribs).filter((name) => name.startsWith('data-'));
  return [
    ...(attribs.id ? [`script#${attribs.id}`] : []),
    ...data.flatMap((name) => [`script[${name}="${attribs[name]}"]`, `script[${name}]`]),
    ...(attribs.type ? [`script[type="${attribs.type}"]`] : []),
  ];
}

/** `photos = [`, `"photos": [`, `load([`: what stands before JSON in a script. */
const before =
  /(?:([\w$.]+)\s*=|["']?([\w$]+)["']?\s*:|([\w$.]+)\()\s*(?=[[{]\s*(?:["[{\]}\d]|$))/gm;

function inAssignments(page: Page, script: PageElement, text: string): FoundJson[] {
  const found: FoundJson[] = [];
  let end = 0;
  for (const opening of [...text.matchAll(before)].slice(0, mostTried)) {
    const at = opening.index + opening[0].length;
    if (at < end) continue;
    const json = bracketed(text, at);
    const value = json !== undefined && json.length >= shortest ? parsed(json) : undefined;
    if (json === undefined || value === undefined) continue;
    end = at + json.length;
    const name = opening[1] ?? opening[2] ?? opening[3] ?? '';
    const select = firstSelector(page, script, [
      ...scriptSelectors(script),
      `script:contains("${name}")`,
      `script:contains("${opening[0].trimEnd().replace(/["\\]/g, '\\$&')}")`,
    ]);
    const match = matchFor(text, opening[0], json);
    if (select !== undefined && match !== undefined) {
      found.push({ place: { script: select, match }, value });
    }
  }
  return found;
}

/** The text from a bracket to the one that closes it, outside strings; undefined where none does. */
function bracketed(text: string, at: number): string | undefined {
  const signs = /"(?:[^"\\]|\\.)*"|[[\]{}]/gs;
  signs.lastIndex = at;
  let depth = 0;
  for (let sign = signs.exec(text); sign !== null; sign = signs.exec(text)) {
    if (/[[{]/.test(sign[0][0] ?? '')) depth++;
    else if (sign[0].length === 1 && --depth === 0) return text.slice(at, signs.lastIndex);
  }
  return undefined;
}

/** The shortest expression whose first group is the JSON that follows an opening. */
function matchFor(text: string, opening: string, json: string): string | undefined {
  const written = opening
    .trim()
    .replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&')
    .replace(/\s+/g, '\\s*');
  const [first = '', last = ''] = [json[0], json.at(-1)].map((sign) => `\\${sign}`);
  const after = text.slice(text.indexOf(json) + json.length);
  const name = /^\s*[;,)]*\s*(?:(?:var|let|const)\s+)?([\w$.]{3,})/.exec(after)?.[1];
  const ends = [
    '\\s*;?\\s*$',
    '\\s*;\\s*\\n',
    '\\s*\\)',
    '\\s*;',
    ...(name === undefined
      ? []
      : [`[\\s;,)]*(?:(?:var|let|const)\\s+)?${name.replace(/[$.]/g, '\\$&')}`]),
    '',
  ];
  const candidates = ends.flatMap((end) => [
    `${written}\\s*(${first}[^]*?${last})${end}`,
    `${written}\\s*(${first}[^]*${last})${end}`,
  ]);
  return candidates.find((match) => matchIn(text, match, Number.POSITIVE_INFINITY)?.[1] === json);
}

function inAttributes(page: Page): FoundJson[] {
  const { elements } = pageContent(page.document, new Set());
  return elements.flatMap((element) =>
    Object.entries(element.attribs).flatMap(([attribute, text]) => {
      if (text.length < shortest || !/^\s*[[{]/.test(text)) return [];
      const value = parsed(text);
      const select = firstSelector(page, element, attributeSelectors(element, attribute));
      return value && select ? [{ place: { select, attribute }, value }] : [];
    }),
  );
}

function attributeSelectors({ name, attribs: { id } }: PageElement, attribute: string): string[] {
  const having = `[${attribute.replaceAll(':', '\\:')}]`;
  return [...(id ? [`#${id}`] : []), having, `${name}${having}`];
}

/** The first selector that finds an element before all others. */
function firstSelector(
  page: Page,
  element: PageElement,
  selectors: readonly string[],
): string | undefined {
  return selectors.find((select) => {
    try {
      return page.document(select)[0] === element;
    } catch {
      // An id or a name with signs that no selector takes as they are.
      return false;
    }
  });
}
