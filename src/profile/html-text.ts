import { parseHtml } from '../page/html-document.js';

/** Elements between which a reader sees white space. */
const separate = 'br, p, div, li, tr, td, th, dt, dd, h1, h2, h3, h4, h5, h6, blockquote, hr';

/**
 * The text of a piece of HTML, as a caption in JSON may be: without tags, with entities decoded, and
 * with one space for white space and for a new line or paragraph.
 */
export function textOfHtml(html: string): string {
  const $ = parseHtml(html);
  $('script, style').remove();
  $(separate).before(' ').after(' ');
  return $.root().text().replace(/\s+/gu, ' ').trim();
}
