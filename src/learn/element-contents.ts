import type { PageElement } from '../page/html-document.js';
import type { Candidate } from './element-names.js';

/** What all of some elements hold, or none of them does, as conditions: `:has(img)`. */
export function holdings(
  elements: readonly PageElement[],
  tags: readonly string[],
  pageUrl: string,
): Candidate[] {
  return [...tags.flatMap((tag) => holdingsOf(elements, tag)), ...addressParts(elements, pageUrl)];
}

function holdingsOf(elements: readonly PageElement[], tag: string): Candidate[] {
  if (elements.some(({ name }) => name === tag)) return [];
  if (elements.every((element) => !holdsAny(element, tag))) {
    return [{ select: `:not(:has(${tag}))`, cost: 1.8 }];
  }
  const more = tag === 'a' ? 0.4 : 0;
  const found: Candidate[] = [];
  if (elements.every((element) => childTags(element).includes(tag))) {
    found.push({ select: `:has(> ${tag})`, cost: 1 + more });
  }
  if (tag === 'img' && elements.every((element) => holds(element, 'img', 'a'))) {
    found.push({ select: ':has(> a > img)', cost: 1.2 });
  }
  if (elements.every((element) => holdsAny(element, tag))) {
    found.push({ select: `:has(${tag})`, cost: 1.1 + more });
  }
  return found;
}

function childTags({ children }: PageElement): string[] {
  return children.flatMap((child) => ('attribs' in child ? child.name : []));
}

function holds(element: PageElement, inner: string, outer: string): boolean {
  return element.children.some(
    (child) => 'attribs' in child && child.name === outer && childTags(child).includes(inner),
  );
}

function holdsAny(element: PageElement, tag: string): boolean {
  const waiting = [...element.children];
  for (let node = waiting.pop(); node !== undefined; node = waiting.pop()) {
    if (!('attribs' in node)) continue;
    if (node.name === tag) return true;
    waiting.push(...node.children);
  }
  return false;
}

/** Parts that the addresses of some links or pictures have in common: `[href*="/photo/"]`. */
function addressParts(elements: readonly PageElement[], pageUrl: string): Candidate[] {
  const found: Candidate[] = [];
  for (const name of ['href', 'src']) {
    const values = elements.flatMap(({ attribs }) => attribs[name] ?? []);
    const [first] = values;
    if (first === undefined || values.length < elements.length) continue;
    const parts = new Set(
      first.match(/\/[a-z][a-z_-]*(?=\/)\/?|[?&][a-z][\w[\]-]*=|[\w-]+\.(?:php|aspx?|cgi)/gi),
    );
    for (const part of parts) {
      const plain = part.replace(/^[?&]/, '');
      // What the page’s own address has is the name of an album, not of a kind of page.
      if (pageUrl.includes(plain) || !values.every((value) => value.includes(plain))) continue;
      found.push({ select: `[${name}*="${plain}"]`, cost: 1.9 });
    }
  }
  return found;
}
