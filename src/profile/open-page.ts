import type { AddressBase } from '../page/address.js';
import { parseJsonText } from '../page/json-text.js';
import type { Page } from '../page/page.js';
import { plainText } from '../text/plain-text.js';
import { isJsonPath } from './json-path.js';
import { HtmlPart, JsonPart, type PagePart } from './page-part.js';
import { matchIn } from './regular-expression.js';
import type { Profile } from './schema.js';

/** UTF-16 units of the longest script of which a part is read. It holds a whole album. */
const longestScript = 10_000_000;

/** A page is not what the profile says; the site may have changed, or may be out of order. */
export class PageError extends Error {
  override readonly name = 'PageError';
}

/** A page that selectors of both kinds can be put to. */
export class OpenPage {
  readonly url: string;
  /** The address that was requested, before redirects, with the values that belong to it. */
  readonly requestedUrl: string;
  /** What addresses on it depend on. */
  readonly base: AddressBase;
  /** The value of its header Link, or undefined. */
  readonly linkHeader: string | undefined;
  #html: HtmlPart | undefined;
  #json: JsonPart | undefined;

  /** @param json where the JSON stands, if it is not the page itself */
  constructor(
    private readonly page: Page,
    private readonly json: Profile['listing']['json'],
  ) {
    this.url = page.url;
    this.requestedUrl = page.requestedUrl;
    this.base = page;
    this.linkHeader = page.linkHeader;
  }

  /**
   * All of the page, as that which a selector is put to.
   *
   * @throws PageError for a JSON path where there is no JSON
   */
  for(select: string): PagePart {
    return isJsonPath(select) ? this.#asJson() : this.#asHtml();
  }

  /** What a selector finds. @throws PageError as {@link for} does */
  parts(select: string): PagePart[] {
    return this.for(select).parts(select);
  }

  /** Rows made of columns in its JSON, or why there are none. @throws PageError as {@link for} does */
  columns(columns: Readonly<Record<string, string>>): PagePart[] | string {
    return this.#asJson().columns(columns);
  }

  /** Whether a selector finds something; what is no JSON has nothing at a JSON path. */
  has(select: string): boolean {
    try {
      return this.parts(select).length > 0;
    } catch (error) {
      if (error instanceof PageError && isJsonPath(select)) return false;
      throw error;
    }
  }

  /** The JSON that it is or holds; undefined where no path was put to it. */
  get parsedJson(): object | undefined {
    return this.#json?.node;
  }

  /** A few words of what stands on it. */
  summary(): string {
    const $ = this.page.document;
    const body = $('body').clone();
    body.find('script, style').remove();
    const texts = [$('title').first(), body].map((part) => part.text().trim()).filter(Boolean);
    return plainText(texts.join(': ') || this.page.text, 160);
  }

  #asHtml(): HtmlPart {
    this.#html ??= HtmlPart.of(this.page.document);
    return this.#html;
  }

  #asJson(): JsonPart {
    this.#json ??= new JsonPart({ value: this.#parsed() });
    return this.#json;
  }

  #parsed(): unknown {
    const text = this.#jsonText();
    try {
      return parseJsonText(text);
    } catch {
      // The parser's message shows pieces from the midst of the text, secrets among them.
      throw new PageError(`it is no JSON: ${plainText(text, 160) || 'nothing'}`);
    }
  }

  #jsonText(): string {
    const { json } = this;
    if (json === undefined || 'file' in json) return this.page.text;
    if ('attribute' in json) return this.#attributeText(json);
    const { script, match } = json;
    const found = this.page.document(script);
    if (found.length === 0) throw new PageError(`there is no ${script} on it: ${this.summary()}`);
    const text = found.first().html() ?? '';
    if (match === undefined) return text;
    const cut = matchIn(text, match, longestScript);
    if (cut === null) {
      throw new PageError(`“${match}” matches nothing of ${script}: ${plainText(text, 160)}`);
    }
    return cut[1] ?? cut[0];
  }

  #attributeText({ select, attribute }: { select: string; attribute: string }): string {
    const text = this.#asHtml().text(select, attribute);
    if ('value' in text) return text.value;
    throw new PageError(`${text.missing}. It says: ${this.summary()}`);
  }
}
