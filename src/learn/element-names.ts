import type { PageElement } from '../page/html-document.js';
import { classesOf, isLastingId, modulePart } from './lasting-names.js';

/** A selector that holds for some elements, and what it costs: the less, the longer it is likely to last. */
export interface Candidate {
  select: string;
  cost: number;
}

/** The cost of a selector that is the name of a tag alone. */
export const onlyTag = 2;
/** Attributes whose values name what an element is. */
const naming = ['rel', 'name', 'itemprop', 'role', 'property', 'itemtype', 'type'];
/** Attributes of data that frameworks add. */
const frameworkData = /^data-(?:v-|react|astro|svelte|s-|n-|testid$|reactid$)/;

/**
 * What some elements are called by themselves, as selectors that hold for all of them, the most lasting
 * first.
 */
export function namesFor(elements: readonly PageElement[], tag: string): Candidate[] {
  const [first] = elements;
  if (first === undefined) return [];
  const found = [
    ...ofId(elements, first),
    ...ofAttributes(elements, first, tag),
    ...ofClasses(elements, first, tag),
    ...ofModules(elements, first, tag),
  ];
  return found.sort((one, other) => one.cost - other.cost);
}

function ofId(elements: readonly PageElement[], { attribs: { id } }: PageElement): Candidate[] {
  const isLasting = elements.length === 1 && id !== undefined && isLastingId(id);
  return isLasting ? [{ select: `#${id}`, cost: 0.8 }] : [];
}

function ofAttributes(
  elements: readonly PageElement[],
  first: PageElement,
  tag: string,
): Candidate[] {
  return Object.entries(first.attribs).flatMap(([name, value]) => {
    const isSame = elements.every(({ attribs }) => attribs[name] === value) && isPlainValue(value);
    if (naming.includes(name)) {
      return isSame ? [{ select: `${tag}[${name}="${value}"]`, cost: 1 }] : [];
    }
    const isData = /^data-[a-z][a-z-]*$/.test(name) && !frameworkData.test(name);
    if (!isData || !elements.every(({ attribs }) => name in attribs)) return [];
    const isId = /(?:^|-)(?:id|photo|image|picture|media)(?:-id)?$/.test(name);
    const present = { select: `${tag}[${name}]`, cost: isId ? 1.5 : 4 };
    if (!isSame || !/^[a-z]/i.test(value)) return [present];
    return [present, { select: `${tag}[${name}="${value}"]`, cost: 1.8 }];
  });
}

function ofClasses(elements: readonly PageElement[], first: PageElement, tag: string): Candidate[] {
  const common = (kind: 'own' | 'weak') =>
    classesOf(first, kind).filter((name) =>
      elements.every((element) => classesOf(element, kind).includes(name)),
    );
  const classes = common('own');
  const pairs = classes.flatMap((name, at) =>
    classes.slice(at + 1).map((other) => ({ select: `${tag}.${name}.${other}`, cost: 1.7 })),
  );
  return [
    ...classes.map((name) => ({ select: `${tag}.${name}`, cost: isTelling(name) ? 0.9 : 1 })),
    ...pairs,
    ...common('weak').map((name) => ({ select: `${tag}.${name}`, cost: 5 })),
  ];
}

/** Whether a name says what stands there, rather than how. */
function isTelling(name: string): boolean {
  return /photo|pic|image|img|thumb|media|item|album|galler|tile|card|foto|bild|file/i.test(name);
}

function ofModules(elements: readonly PageElement[], first: PageElement, tag: string): Candidate[] {
  const parts = (first.attribs.class ?? '').split(/\s+/).flatMap((name) => modulePart(name) ?? []);
  return parts
    .filter((part) => elements.every(({ attribs }) => attribs.class?.includes(part) === true))
    .map((part) => ({ select: `${tag}[class*="${part}"]`, cost: 2.2 }));
}

function isPlainValue(value: string): boolean {
  return /^[\w:/. -]{1,60}$/.test(value) && !/\d{2,}/.test(value);
}
