import type { HtmlDocument } from '../page/html-document.js';
import { plainText } from '../text/plain-text.js';
import { rowsOfColumns } from './json-columns.js';
import { enclosing, followJsonPath, type JsonNode } from './json-path.js';
import type { Reading } from './reading.js';

/** A page or a part of it, such as a row. */
export interface PagePart {
  /** The parts that a selector finds in it, in the page's order. */
  parts(select: string): PagePart[];
  /** The nearest part that encloses it and that a selector finds; undefined if there is none. */
  enclosing(select: string): PagePart | undefined;
  /**
   * The first of the elements after it, in the same element, that a selector finds; for `below`, the
   * cell in the same column of the table's next row. Undefined if there is none, and in JSON.
   */
  beside(select: string): PagePart | undefined;
  /**
   * The first text that a selector finds in it, trimmed.
   *
   * @param select undefined for the part itself
   * @param attribute the attribute to read; undefined for the element's text
   * @param bare for the bare text before or after the element, up to the element beside it
   */
  text(
    select: string | undefined,
    attribute: string | undefined,
    bare?: 'before' | 'after',
  ): Reading;
  /** A short description for messages. */
  summary(): string;
  /** All of it, as markup or JSON. */
  source(): string;
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

  enclosing(select: string): PagePart | undefined {
    return this.#part(this.selection.parent().closest(select));
  }

  beside(select: string): PagePart | undefined {
    if (select !== 'below') return this.#part(this.selection.nextAll(select).first());
    const cell = this.selection.closest('td, th');
    return this.#part(cell.parent().next('tr').children().eq(cell.index()));
  }

  text(
    select: string | undefined,
    attribute: string | undefined,
    bare?: 'before' | 'after',
  ): Reading {
    const found = select === undefined ? this.selection : this.selection.find(select).first();
    if (found.length === 0) return { missing: `there is no ${select} in ${this.summary()}` };
    const text =
      attribute === undefined
        ? (bare === undefined ? found.text() : bareText(found, bare)).replace(/\s+/gu, ' ')
        : found.attr(attribute);
    const value = text?.trim() ?? '';
    if (value !== '') return { value };
    const what = bare === undefined ? (attribute ?? 'text') : `bare text ${bare} it`;
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

  source(): string {
    return this.$.html(this.selection);
  }

  #part(found: Selection): HtmlPart | undefined {
    return found.length === 0 ? undefined : new HtmlPart(this.$, found);
  }
}

/** The text before or after an element, up to the element beside it. */
function bareText(found: Selection, side: 'before' | 'after'): string {
  const way = side === 'after' ? 'next' : 'prev';
  let text = '';
  for (let node = found[0]?.[way]; node?.type === 'text'; node = node[way]) {
    text = side === 'after' ? text + node.data : node.data + text;
  }
  return text;
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

  /** Rows made of columns, or why there are none: {@link rowsOfColumns}. */
  columns(columns: Readonly<Record<string, string>>): PagePart[] | string {
    const rows = rowsOfColumns(columns, this.found);
    return typeof rows === 'string' ? rows : rows.map((row) => new JsonPart(row));
  }

  enclosing(select: string): PagePart | undefined {
    const around = enclosing(select, this.found);
    return around && new JsonPart(around);
  }

  beside(): undefined {
    return undefined;
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

  source(): string {
    return JSON.stringify(this.found.value) ?? '';
  }
}

function plainValue(value: unknown): string | undefined {
  if (typeof value === 'string') return value;
  if (typeof value === 'boolean') return String(value);
  return typeof value === 'number' ? String(value) : undefined;
}
