import { itemRules } from '../../src/learn/item-rules.js';
import type { LearnedRule } from '../../src/learn/learned-rule.js';
import type { SeenOriginal } from '../../src/learn/seen-originals.js';
import type { PageRows } from '../../src/learn/written-rule.js';
import { profileSchema } from '../../src/profile/schema.js';
import { pageOf, rowsOn, type ServedFile, withAlbumSite } from './served-albums.js';

/** What was learned of an item, by its fields. */
export interface LearnedItem {
  rules: Record<string, unknown>;
  seenOn: Record<string, string>;
  uncertain: string[];
  missing: string[];
  /** Paths that were requested. */
  requested: readonly string[];
}

/** A page of an album, with what the site has beside it. */
export interface AlbumPage {
  path: string;
  text: string;
  /** The selector of its rows. */
  row: string;
  files?: (path: string) => ServedFile;
  /** The same page loaded again (of the same path), and further pages. */
  again?: readonly { path: string; text: string }[];
  /** Paths that a recorded visit asked for: a photo's thumbnail and its original. */
  seen?: readonly SeenOriginal[];
}

/** Learns an item from a page that is served, and checks that a profile may have these rules. */
export async function learnItem(album: AlbumPage): Promise<LearnedItem> {
  const { path, text, row, files = () => undefined, again = [], seen = [] } = album;
  let learned: LearnedRule[] = [];
  let missing: string[] = [];
  let requested: readonly string[] = [];
  await withAlbumSite(files, async (look) => {
    const open = (of: { path: string; text: string }): PageRows => {
      const page = pageOf(look.origin + of.path, of.text);
      return { page, rows: rowsOn(page, row) };
    };
    const { page, rows } = open({ path, text });
    const full = (address: string) => new URL(address, look.origin).href;
    const pairs = seen.map((pair) => ({
      thumbnail: full(pair.thumbnail),
      original: full(pair.original),
    }));
    ({ rules: learned, missing } = await itemRules(
      page,
      rows,
      again.map(open),
      look,
      'item',
      pairs,
    ));
    requested = look.requested;
  });
  const by = <Value>(value: (rule: LearnedRule) => Value): Record<string, Value> =>
    Object.fromEntries(learned.map((rule) => [rule.place.replace('item.', ''), value(rule)]));
  const rules = by(({ rule }) => rule);
  if (missing.length === 0) {
    profileSchema.parse({
      name: 'it',
      title: 'It',
      signIn: { by: 'none' },
      item: { row, ...rules },
    });
  }
  const uncertain = learned.flatMap(({ place, isUncertain }) =>
    isUncertain ? place.slice(5) : [],
  );
  return { rules, seenOn: by(({ seenOn }) => seenOn), uncertain, missing, requested };
}
