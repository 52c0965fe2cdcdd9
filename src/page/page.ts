import { type HtmlDocument, parseHtml } from './html-document.js';

/** What is known of a page; what is left out is as for a page of HTML that came as requested. */
interface PageParts {
  /** The address that it came from, after redirects. */
  url: string;
  text: string;
  requestedUrl?: string;
  status?: number;
  type?: string;
  challenge?: string | undefined;
}

const htmlTypes = /^$|^text\/html$|^(?:text|application)\/(?:.*\+)?xml$/;

/** A page as the site sent it. */
export class Page {
  /** The address that it came from, after redirects: addresses on it are relative to this one. */
  readonly url: string;
  readonly text: string;
  /** The address that was requested, before redirects. */
  readonly requestedUrl: string;
  /** The answer's status code. */
  readonly status: number;
  /** The declared type in lower case without parameters, such as text/html; empty where it is missing. */
  readonly type: string;
  /** The value of WWW-Authenticate, or undefined. */
  readonly challenge: string | undefined;
  #document: HtmlDocument | undefined;

  constructor({
    url,
    text,
    requestedUrl = url,
    status = 200,
    type = 'text/html',
    challenge,
  }: PageParts) {
    this.url = url;
    this.text = text;
    this.requestedUrl = requestedUrl;
    this.status = status;
    this.type = type;
    this.challenge = challenge;
  }

  /** The address that those on the page are relative to. */
  get baseUrl(): string {
    return this.url;
  }

  /** The encoding that it came in, by its name in the Encoding Standard in lower case. */
  get encoding(): string {
    return 'utf-8';
  }

  /** Whether it is a web page by its type, rather than JSON or plain text. */
  get isHtml(): boolean {
    return htmlTypes.test(this.type);
  }

  /** The page as HTML, whatever its type. It is parsed once, when first needed. */
  get document(): HtmlDocument {
    this.#document ??= parseHtml(this.text);
    return this.#document;
  }
}
