import type { HtmlDocument } from '../page/html-document.js';
import { plainText } from '../text/plain-text.js';
import { followJsonPath, type JsonNode } from './json-path.js';
import type { Reading } from './reading.js';

/** A page or a part of it, such as a row. */
export interface PagePart {
  /** The parts that a selector finds in it, in the page's order. */
  parts(select: string): PagePart[];
  /**
   * The first text that a selector finds in it, trimmed.
   *
   * @param select undefined for the part itself
   * @param attribute the attribute to read; undefined for the element's text
   */
  text(select: string | undefined, attribute: string | undefined): Reading;
  /** A short description for messages. */
  summary(): string;
  /** The element, or the object in JSON; undefined for the page itself and for plain values. */
  readonly node: object | undefined;
}

type Selection = ReturnType<HtmlDocument>;

/** A part of an HTML page, read by CSS selectors. */
export class HtmlPart implements PagePart {
  private constructor(
    private readonly $: HtmlDocument,
    private readonly selection: Selection,
  ) {}

  /** The whole page. */
  static of($: HtmlDocument): HtmlPart {
    return new HtmlPart($, $.root() as unknown as Selection);
  }

  get node(): object | undefined {
    return this.selection[0] as object | undefined;
  }

  parts(select: string): PagePart[] {
    return this.selection
      .find(select)
      .toArray()
      .map((element) => new HtmlPart(this.$, this.$(element)));
  }

  text(select: string | undefined, attribute: string | undefined): Reading {
    const found = select === undefined ? this.selection : this.selection.find(select).first();
    if (found.length === 0) return { missing: `there is no ${select} in ${this.summary()}` };
    const text =
      attribute === undefined ? found.text().replace(/\s+/gu, ' ') : found.attr(attribute);
    const value = text?.trim() ?? '';
    if (value !== '') return { value };
    const what = attribute === undefined ? 'text' : attribute;
    return { missing: `it has no ${what}: ${new HtmlPart(this.$, found).summary()}` };
  }

  summary(): string {
    const [element] = this.selection.toArray();
    if (element === undefined || !('attribs' in element)) return 'the page';
    const attributes = Object.entries(element.attribs).map(
      ([name, value]) => ` ${name}="${value}"`,
    );
    return plainText(`<${element.tagName}${attributes.join('')}>`, 160);
  }
}

/** A part of JSON, read by JSON paths. */
export class JsonPart implements PagePart {
  constructor(private readonly found: JsonNode) {}

  get node(): object | undefined {
    const { value } = this.found;
    return typeof value === 'object' && value !== null ? value : undefined;
  }

  parts(select: string): PagePart[] {
    return followJsonPath(select, this.found).map((node) => new JsonPart(node));
  }

  text(select = '$'): Reading {
    const [found] = followJsonPath(select, this.found);
    if (found === undefined) return { missing: `there is no ${select} in ${this.summary()}` };
    const text = plainValue(found.value)?.trim() ?? '';
    if (text !== '') return { value: text };
    return { missing: `${select} holds no text: ${new JsonPart(found).summary()}` };
  }

  summary(): string {
    return plainText(JSON.stringify(this.found.value) ?? 'nothing', 160);
  }
}

function plainValue(value: unknown): string | undefined {
  if (typeof value === 'string') return value;
  if (typeof value === 'boolean') return String(value);
  return typeof value === 'number' ? String(value) : undefined;
}
