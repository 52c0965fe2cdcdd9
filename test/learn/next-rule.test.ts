import { describe, expect, test } from '@jest/globals';
import { nextRules } from '../../src/learn/next-rule.js';
import type { Page } from '../../src/page/page.js';
import { type ServedPage, type TestLook, withPages } from './served-pages.js';

const perPage = 4;

/** A page of an album, with pictures of its own. */
function photos(page: number): string {
  const rows = Array.from({ length: perPage }, (_, index) => {
    const number = (page - 1) * perPage + index + 1;
    return `<li><a href="/photo/${number}.jpg"><img src="/thumb/${number}.jpg" alt=""></a></li>`;
  });
  return `<ul class="photos">${rows.join('')}</ul>`;
}

function keysOf(page: Page): string[] {
  return page
    .document('ul.photos img')
    .toArray()
    .map(({ attribs }) => attribs.src ?? '');
}

/** Learns the rule for the next page of an album. */
async function learn(
  pages: (address: string) => ServedPage | undefined,
  work: (rule: unknown, look: TestLook) => void,
): Promise<void> {
  await withPages(pages, async (look) => {
    const [found] = await nextRules(await look.open('/album'), keysOf, look);
    if (found !== undefined) expect(found.place).toBe('listing.next');
    work(found?.rule, look);
  });
}

/** An album of so many pages, `/album` and then `/album?page=2`, with links of one's own. */
function album(count: number, links: (page: number) => string, parameter = 'page') {
  return (address: string) => {
    const url = new URL(address, 'http://album.test');
    const page = Number(url.searchParams.get(parameter) ?? 1);
    if (url.pathname !== '/album') return undefined;
    return `<h1>Holiday</h1>${page <= count ? photos(page) : ''}${links(page)}`;
  };
}

describe('the next page', () => {
  test('a link with rel=next', async () => {
    const links = (page: number) =>
      page < 3 ? `<a rel="next" href="/album?page=${page + 1}">Weiter</a>` : '';
    await learn(album(3, links), (rule) => {
      expect(rule).toEqual({ by: 'link', select: 'a[rel="next"]' });
    });
  });

  test('a link with a word in any language, told from the one back by it', async () => {
    const links = (page: number) =>
      `<p>${page > 1 ? `<a href="/album?page=${page - 1}">Föregående</a>` : ''} ${
        page < 3 ? `<a href="/album?page=${page + 1}">Nästa</a>` : ''
      }</p>`;
    await learn(album(3, links), (rule) => {
      expect(rule).toEqual({ by: 'link', select: 'a', text: '^Nästa$' });
    });
  });

  test('numbers alone: the link after the current one', async () => {
    const links = (page: number) =>
      `<div class="pager">${[1, 2, 3, 4, 5]
        .map((one) =>
          one === page
            ? `<b class="current">${one}</b>`
            : `<a href="/album?page=${one}">${one}</a>`,
        )
        .join(' ')}</div>`;
    await learn(album(5, links), (rule) => {
      expect(rule).toEqual({ by: 'link', select: 'div.pager .current + a' });
    });
  });

  test('a page without any has no rule', async () => {
    await learn(
      album(1, () => ''),
      (rule, look) => {
        expect(rule).toBeUndefined();
        expect(look.requested).toEqual(['/album']);
      },
    );
  });
});
