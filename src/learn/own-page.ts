import { webUrl } from '../page/address.js';
import type { PageElement } from '../page/html-document.js';
import type { Page } from '../page/page.js';
import { ruleSchema } from '../profile/field-schema.js';
import { OpenPage } from '../profile/open-page.js';
import { asAddress, readPageField } from '../profile/read-field.js';
import { valueIn } from '../profile/reading.js';
import { pictureEnding } from '../survey/find-photos.js';
import { namesOf, shortText } from '../survey/page-content.js';
import type { Look } from './look.js';
import type { OriginalCandidate, Sureness } from './original-candidate.js';
import { namesOriginal } from './original-words.js';
import type { RowAddresses } from './row-addresses.js';
import { selectorsFor } from './selector.js';
import type { WrittenRule } from './written-rule.js';

/** How many things on a photo's own page are tried. */
const mostThings = 4;
/** How many selectors of a thing are compared with a second page. */
const mostSelectors = 12;

/** Something on a photo's own page that may be its original. */
interface Thing {
  element: PageElement;
  attribute: string;
  url: string;
  weight: number;
  sureness: Sureness;
}

/** The own pages of a page's photos. */
export class OwnPages {
  constructor(
    readonly link: RowAddresses,
    private readonly look: Look,
  ) {}

  /** How many more requests may be made. */
  get left(): number {
    return this.look.left;
  }

  /** The own page of the photo in a row; undefined where there is none. */
  async page(row: number): Promise<Page | undefined> {
    return this.pageAt(this.link.urls[row]);
  }

  /** The own page at an address; undefined where there is none. */
  async pageAt(url: string | undefined): Promise<Page | undefined> {
    const page = url === undefined ? undefined : await this.look.page(url);
    return page !== undefined && page.status < 400 && page.isHtml ? page : undefined;
  }

  /**
   * What may find the originals on these pages, the likeliest first.
   *
   * @param rows of photos of whose pages two are compared
   * @param others addresses of other pictures, such as all thumbnails
   */
  async candidates(
    rows: readonly number[],
    others: ReadonlySet<string>,
  ): Promise<OriginalCandidate[]> {
    const [first = 0, second = 0] = rows;
    const [page, another] = [await this.page(first), await this.page(second)];
    if (page === undefined) return [];
    const things = thingsOn(page, others).slice(0, mostThings);
    return things.flatMap((thing): OriginalCandidate[] => {
      const rule = ruleFor(thing, page, another === page ? undefined : another);
      if (rule === undefined) return [];
      const { sureness } = thing;
      return [{ rule, sureness, url: (row) => this.#read(rule, row) }];
    });
  }

  async #read(rule: WrittenRule, row: number): Promise<string | undefined> {
    const page = await this.page(row);
    return page && readOn(page, rule);
  }
}

function readOn(page: Page, rule: WrittenRule): string | undefined {
  const { on: _on, ...own } = rule;
  const open = new OpenPage(page, undefined);
  return valueIn(asAddress(readPageField(open, ruleSchema.parse(own)), page));
}

/** The text that a rule finds on a photo's own page. */
export function textOn(page: Page, { on: _on, ...own }: WrittenRule): string | undefined {
  return valueIn(readPageField(new OpenPage(page, undefined), ruleSchema.parse(own)));
}

function thingsOn(page: Page, others: ReadonlySet<string>): Thing[] {
  const $ = page.document;
  const elements = $('a[href], img, video, source, meta[property="og:image"]').toArray();
  const seen = new Set<string>();
  return elements
    .flatMap((element) => thingIn(element as PageElement, page))
    .filter(({ url }) => !others.has(url) && url !== page.url)
    .sort((one, other) => other.weight - one.weight)
    .filter(({ url }) => !seen.has(url) && seen.add(url));
}

function thingIn(element: PageElement, page: Page): Thing[] {
  const { name, attribs } = element;
  const attribute = addressOf[name] ?? 'src';
  const written = attribs[attribute]?.trim();
  const url = written ? webUrl(written, page) : undefined;
  if (url === undefined) return [];
  const [weight, sureness] =
    name === 'a' ? linkWorth(element, url) : [pictureWeight(element), 4 as const];
  return weight === 0 ? [] : [{ element, attribute, url: url.href, weight, sureness }];
}

/** Attributes with an address, where it is not `src`. */
const addressOf: Record<string, string> = { a: 'href', meta: 'content' };

function linkWorth(element: PageElement, url: URL): [weight: number, sureness: Sureness] {
  const { attribs } = element;
  const { pathname, search } = url;
  const words = `${shortText(element)} ${attribs.title ?? ''} ${namesOf(element)} ${namesAround(element)}`;
  const isPicture = pictureEnding.test(pathname);
  if ('download' in attribs || namesOriginal(words)) return [isPicture ? 9 : 8, 2];
  if (isPicture) return [6, 4];
  // Without an ending its address may say so, or it is around the smaller picture.
  if (namesOriginal(pathname + search) || isAroundPicture(element)) return [5.5, 4];
  return [0, 4];
}

function pictureWeight(element: PageElement): number {
  if (element.name === 'meta') return 2;
  return element.name === 'img' ? weightOf(element) : 5;
}

function namesAround({ parent }: PageElement): string {
  return parent !== null && 'attribs' in parent ? namesOf(parent) : '';
}

/** How likely an image is the one that the page is about. */
function weightOf(element: PageElement): number {
  const { attribs } = element;
  const isNamed = /main|photo|image|picture|full|large|slide|media/i.test(
    `${namesOf(element)} ${namesAround(element)}`,
  );
  const width = Number(attribs.width ?? NaN);
  if (width < 120) return 0;
  return (isNamed ? 4 : 3) + (width >= 400 ? 0.5 : 0);
}

function isAroundPicture({ children }: PageElement): boolean {
  return children.some(
    (child) => child.type === 'tag' && child.name === 'img' && weightOf(child as PageElement) > 0,
  );
}

/** A link that its query tells from the others: `?orig`, beside `?width=800`. */
function byQuery({ name }: PageElement, url: string): string[] {
  const { search } = new URL(url);
  return name === 'a' && /^\?[a-z_]+(?:=[a-z_]+)?$/i.test(search) ? [`a[href$="${search}"]`] : [];
}

/** The rule for a thing on a page that finds another one, of the same kind, on another photo's page. */
function ruleFor(
  { element, attribute, url }: Thing,
  page: Page,
  another: Page | undefined,
): WrittenRule | undefined {
  if (element.name === 'meta') {
    return { on: 'detail', select: 'meta[property="og:image"]', attribute };
  }
  let tried = 0;
  for (const select of [...byQuery(element, url), ...selectorsFor([element], page)]) {
    if (++tried > mostSelectors) return undefined;
    const rule: WrittenRule = { on: 'detail', select, attribute };
    if (readOn(page, rule) !== url) continue;
    const found = another === undefined ? undefined : readOn(another, rule);
    if (another === undefined || (found !== undefined && found !== url)) return rule;
  }
  return undefined;
}
