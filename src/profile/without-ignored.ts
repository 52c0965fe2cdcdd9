import { parseHtml } from '../page/html-document.js';
import { parseJsonText } from '../page/json-text.js';
import { Page } from '../page/page.js';
import { followJsonPath, isJsonPath, isParent } from './json-path.js';
import type { Profile } from './schema.js';

/**
 * A page without the elements, or places in JSON, that the profile says are neither photos of the
 * album nor links to its pages (`listing.ignore`). The page itself where the profile names none.
 *
 * @throws SyntaxError for JSON paths on a page that is not JSON
 */
export function withoutIgnored(page: Page, { listing: { ignore } }: Profile): Page {
  if (ignore === undefined) return page;
  const selectors = [ignore].flat();
  const text = selectors.every(isJsonPath)
    ? jsonWithout(page.text, selectors)
    : htmlWithout(page, selectors);
  return new Page({ ...page, text });
}

function htmlWithout({ text, type }: Page, selectors: readonly string[]): string {
  const $ = parseHtml(text, type === 'application/xhtml+xml');
  for (const select of selectors) $(select).remove();
  return $.html();
}

function jsonWithout(text: string, paths: readonly string[]): string {
  const value = parseJsonText(text);
  for (const path of paths) {
    for (const { name, parent } of followJsonPath(path, { value })) {
      if (name !== undefined && isParent(parent?.value)) parent.value[name] = null;
    }
  }
  return JSON.stringify(value);
}
