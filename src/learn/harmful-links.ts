import { webUrl } from '../page/address.js';
import type { Page } from '../page/page.js';
import { mayChange } from './safe-address.js';

/**
 * The addresses on a site to which only such links lead as may change something there, by their texts and
 * attributes. Where any other link leads to the same address, a browser may open it too.
 */
export class HarmfulLinks {
  readonly #harmful = new Map<string, string>();
  readonly #harmless = new Set<string>();

  /** Reads the links of a page. */
  add(page: Page): void {
    if (!page.isHtml) return;
    for (const link of page.document('a[href], area[href]').toArray()) {
      const url = webUrl((link.attribs.href ?? '').trim(), page);
      if (url === undefined) continue;
      const word = mayChange(url, link);
      const address = keyOf(url.href);
      if (word === undefined) this.#harmless.add(address);
      else this.#harmful.set(address, word);
    }
  }

  /** The word that says what a request to an address may do; undefined where no link says so. */
  wordFor(url: string): string | undefined {
    const address = keyOf(url);
    return this.#harmless.has(address) ? undefined : this.#harmful.get(address);
  }
}

function keyOf(url: string): string {
  return url.replace(/#.*/s, '');
}
