import type { AddressBase } from './address.js';
import { type HtmlDocument, type OpenForms, parseHtml } from './html-document.js';
import { refreshTarget } from './refresh.js';

/** What is known of a page; what is left out is as for a page of HTML that came as requested. */
interface PageParts {
  /** The address that it came from, after redirects. */
  url: string;
  text: string;
  requestedUrl?: string;
  status?: number;
  type?: string;
  isHtml?: boolean;
  encoding?: string;
  challenge?: string | undefined;
  linkHeader?: string | undefined;
}

/** A page as the site sent it. */
export class Page implements AddressBase {
  /** The address that it came from, after redirects. */
  readonly url: string;
  readonly text: string;
  /** The address that was requested, before redirects. */
  readonly requestedUrl: string;
  /** The answer's status code. */
  readonly status: number;
  /** The declared type in lower case without parameters, such as text/html; empty where it is missing. */
  readonly type: string;
  /** Whether it is a web page, rather than JSON or plain text. */
  readonly isHtml: boolean;
  /** The encoding that it came in, by its name in the Encoding Standard in lower case. */
  readonly encoding: string;
  /** The value of WWW-Authenticate, or undefined. */
  readonly challenge: string | undefined;
  /** The value of Link (RFC 8288), or undefined. */
  readonly linkHeader: string | undefined;
  /** The form that was open at each element of the document. */
  readonly openForms: OpenForms = new WeakMap();
  #document: HtmlDocument | undefined;
  #baseUrl: string | undefined;

  constructor({
    url,
    text,
    requestedUrl = url,
    status = 200,
    type = 'text/html',
    isHtml = true,
    encoding = 'utf-8',
    challenge,
    linkHeader,
  }: PageParts) {
    this.url = url;
    this.text = text;
    this.requestedUrl = requestedUrl;
    this.status = status;
    this.type = type;
    this.isHtml = isHtml;
    this.encoding = encoding;
    this.challenge = challenge;
    this.linkHeader = linkHeader;
  }

  /** The address that those on the page are relative to: of its first `<base href>`, else its own. */
  get baseUrl(): string {
    this.#baseUrl ??= this.#ownBase() ?? this.url;
    return this.#baseUrl;
  }

  /** The address to which the page leads on by itself, or undefined. */
  get refreshUrl(): string | undefined {
    if (!this.isHtml || !/http-equiv/i.test(this.text)) return undefined;
    return refreshTarget(this.document, this.baseUrl, this.url);
  }

  /** The page as HTML, whatever its type. It is parsed once, when first needed. */
  get document(): HtmlDocument {
    this.#document ??= parseHtml(this.text, this.type === 'application/xhtml+xml', this.openForms);
    return this.#document;
  }

  /** HTML, section 4.2.3: the first base with an address, which must be one of the web. */
  #ownBase(): string | undefined {
    if (!this.isHtml || !/<base\b/i.test(this.text)) return undefined;
    const href = this.document('base[href]').first().attr('href')?.trim();
    if (href === undefined || !URL.canParse(href, this.url)) return undefined;
    const { href: base, protocol } = new URL(href, this.url);
    return protocol === 'http:' || protocol === 'https:' ? base : undefined;
  }
}
