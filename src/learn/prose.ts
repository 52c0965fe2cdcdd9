import type { PageElement } from '../page/html-document.js';
import type { Page } from '../page/page.js';
import { pageContent } from '../survey/page-content.js';
import { textOf } from './tiles.js';

/** Least text of a block that counts as prose, in UTF-16 units: a shorter one is a label. */
const leastProse = 80;
/** Elements that hold a block of text. */
const block = /^(?:p|li|dd|blockquote|td|div|section|article)$/;
/** Parts of a page that are about other things, or not the site’s own words. */
const aside =
  /(?:^|[\s_-])(?:cookies?|consent|gdpr|comments?|sidebar|footer|legal|imprint|newsletter|modal)(?:$|[\s_-])/i;

/** A block of prose on a page. */
interface ProseBlock {
  /** Its place among the page’s elements. */
  at: number;
  /** In UTF-16 units. */
  length: number;
}

/** The prose on a page, outside of some of its elements. */
export class Prose {
  readonly #elements: PageElement[];
  readonly #blocks: ProseBlock[];

  constructor(page: Page, without: readonly PageElement[]) {
    this.#elements = pageContent(page.document, new Set()).elements;
    const apart = new Set<object>(without);
    const inAside = new Set<object>();
    this.#blocks = this.#elements.flatMap((element, at) => {
      const parent = element.parent ?? {};
      if (apart.has(element) || apart.has(parent)) {
        apart.add(element);
        return [];
      }
      if (inAside.has(parent) || isAside(element)) {
        inAside.add(element);
        return [];
      }
      const length = block.test(element.name) ? ownText(element).length : 0;
      return length >= leastProse ? [{ at, length }] : [];
    });
  }

  /** All of it, in UTF-16 units. */
  get length(): number {
    return this.#blocks.reduce((sum, { length }) => sum + length, 0);
  }

  /** The prose between each of some elements and the next, in UTF-16 units. */
  between(elements: readonly PageElement[]): number[] {
    const placeOf = new Map(this.#elements.map((element, at) => [element, at]));
    const places = elements.map((one) => placeOf.get(one) ?? 0).sort((a, b) => a - b);
    return places.slice(1).map((to, index) => {
      const from = places[index] ?? 0;
      const inside = this.#blocks.filter(({ at }) => at > from && at < to);
      return inside.reduce((sum, { length }) => sum + length, 0);
    });
  }
}

function isAside({ name, attribs }: PageElement): boolean {
  return /^(?:nav|footer|aside|form)$/.test(name) || aside.test(`${attribs.class} ${attribs.id}`);
}

/** The text of a block that is in no block inside it. */
function ownText(element: PageElement): string {
  return textOf(element, (one) => !block.test(one.name) && !/^(?:ul|ol|table|dl)$/.test(one.name));
}
