import type { Page } from '../page/page.js';
import { nextPage } from '../profile/next-page.js';
import type { NextRule } from '../profile/next-schema.js';
import { OpenPage } from '../profile/open-page.js';
import { type Profile, profileSchema } from '../profile/schema.js';
import { pageKey } from '../walk/page-key.js';
import type { Look } from './look.js';

/** Where JSON stands that is not the page itself. */
export type JsonPlace = Profile['listing']['json'];

/** A page of the album that was looked at. */
export interface SeenPage {
  page: Page;
  /** Keys of its photos. */
  keys: readonly string[];
}

/** Tries on an album's pages where rules for the next page lead. */
export class NextTrial {
  readonly #fetched = new Map<string, SeenPage | undefined>();

  constructor(
    readonly first: SeenPage,
    private readonly rowsOf: (page: Page) => string[],
    private readonly look: Look,
    private readonly json?: JsonPlace,
  ) {
    for (const url of [first.page.requestedUrl, first.page.url]) {
      this.#fetched.set(pageKey(url), first);
    }
  }

  /** Fetches a page of the album; undefined where it cannot be. */
  async page(url: string): Promise<SeenPage | undefined> {
    const key = pageKey(url);
    if (!this.#fetched.has(key)) {
      const page = await this.look.page(url);
      this.#fetched.set(key, page && { page, keys: page.status < 400 ? this.rowsOf(page) : [] });
    }
    return this.#fetched.get(key);
  }

  /** Fetches a page if it has photos that none of some others shows. */
  async further(url: string, before: readonly SeenPage[]): Promise<SeenPage | undefined> {
    const found = await this.page(url);
    if (found === undefined || found.keys.length === 0) return undefined;
    const known = new Set(before.flatMap(({ keys }) => keys));
    const others = found.keys.filter((key) => !known.has(key));
    return others.length * 2 > found.keys.length ? found : undefined;
  }

  /**
   * Where a rule leads from a page.
   *
   * @param number the page's number, from 1
   * @returns undefined where it leads nowhere
   */
  target(next: NextRule | object, { page }: SeenPage, number: number): string | undefined {
    const profile = profileSchema.parse({
      name: 'next',
      title: 'next',
      signIn: { by: 'none' },
      listing: { next, ...(this.json && { json: this.json }) },
      // It is not read; in JSON it has to be a path.
      item: this.json
        ? { row: '$', id: { select: '$.id' }, original: [{ select: '$.url' }] }
        : { row: 'a', id: { attribute: 'href' }, original: [{ attribute: 'href' }] },
    });
    const url = nextPage(new OpenPage(page, this.json), profile, {
      albumUrl: this.first.page.requestedUrl,
      number,
    });
    const isHere = url !== undefined && pageKey(url) === pageKey(page.url);
    return isHere ? undefined : url;
  }
}
