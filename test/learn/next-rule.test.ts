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
  if (!page.isHtml) {
    const { items = [] } = JSON.parse(page.text) as { items?: { id: string }[] };
    return items.map(({ id }) => id);
  }
  return page
    .document('ul.photos img')
    .toArray()
    .map(({ attribs }) => attribs.src ?? '');
}

type Served = (address: string) => ServedPage | undefined;

/** Learns the rule for the next page of an album. */
async function learn(
  pages: Served,
  work: (rule: unknown, look: TestLook) => void,
  start = '/album',
): Promise<void> {
  await withPages(pages, async (look) => {
    const [found] = await nextRules(await look.open(start), keysOf, look);
    if (found !== undefined) expect(found.place).toBe('listing.next');
    work(found?.rule, look);
  });
}

type Links = (page: number, count: number) => string;

/** An album of some pages, with links of one's own; `addressOf` is that of a page. */
function album(
  links: Links,
  count = 5,
  addressOf = (page: number) => (page === 1 ? '/album' : `/album?page=${page}`),
): Served {
  return (address) => {
    for (let page = 1; page <= count; page += 1) {
      const isFirst = page === 1 && address === '/album';
      if (isFirst || addressOf(page) === address) {
        return `<h1>Holiday</h1>${links(page, count)}${photos(page)}`;
      }
    }
    return { status: 404, body: '<h1>Nothing here</h1>' };
  };
}

const byQuery = (page: number) => `/album?page=${page}`;
const numbers = (count: number) => Array.from({ length: count }, (_, index) => index + 1);

describe('the next page', () => {
  const cases: { name: string; pages: Served; rule: unknown }[] = [
    {
      name: 'a link with rel=next',
      pages: album((page, count) =>
        page < count ? `<a rel="next" href="${byQuery(page + 1)}">Weiter</a>` : '',
      ),
      rule: { by: 'link', select: 'a[rel="next"]' },
    },
    {
      name: 'rel=next in the head, and a button of a script',
      pages: album((page, count) =>
        page < count ? `<link rel="next" href="${byQuery(page + 1)}"><button>More</button>` : '',
      ),
      rule: { by: 'link', select: 'link[rel="next"]' },
    },
    {
      name: 'a word in any language, told from the one back by it',
      pages: album(
        (page, count) =>
          `<p>${page > 1 ? `<a href="${byQuery(page - 1)}">Föregående</a>` : ''} ${
            page < count ? `<a href="${byQuery(page + 1)}">Nästa</a>` : ''
          }</p>`,
      ),
      rule: { by: 'link', select: 'a', text: '^Nästa$' },
    },
    {
      name: 'arrows, with the last page beside the next one',
      pages: album(
        (page, count) =>
          `<div class="center">${page > 1 ? `<a href="${byQuery(1)}">|&lt;</a> <a href="${byQuery(page - 1)}">&lt;&lt;</a>` : ''} Page ${page} of ${count} ${
            page < count
              ? `<a href="${byQuery(page + 1)}">&gt;&gt;</a> <a href="${byQuery(count)}">&gt;|</a>`
              : ''
          }</div>`,
      ),
      rule: { by: 'link', select: 'div.center a', text: '^>>$' },
    },
    {
      name: 'a class for it, whose link is gone on the last page',
      pages: album(
        (page, count) =>
          `<ul class="pagelist"><li class="prev">${page > 1 ? `<a href="${byQuery(page - 1)}">« prev</a>` : '<span>« prev</span>'}</li>${numbers(
            count,
          )
            .map((one) =>
              one === page
                ? `<li class="current">${one}</li>`
                : `<li><a href="${byQuery(one)}">${one}</a></li>`,
            )
            .join(
              '',
            )}<li class="next">${page < count ? `<a href="${byQuery(page + 1)}">next »</a>` : '<span>next »</span>'}</li></ul>`,
      ),
      rule: { by: 'link', select: 'li.next > a' },
    },
    {
      name: 'numbers alone, the current one in an element of its own',
      pages: album(
        (page, count) =>
          `<div class="pager">${numbers(count)
            .map((one) =>
              one === page
                ? `<b class="current">${one}</b>`
                : `<a href="${byQuery(one)}">${one}</a>`,
            )
            .join(' ')}</div>`,
      ),
      rule: { by: 'link', select: 'div.pager .current + a' },
    },
    {
      name: 'numbers alone, all of them links',
      pages: album(
        (page, count) =>
          `<nav class="pages">${numbers(count)
            .map(
              (one) =>
                `<a class="page${one === page ? ' active' : ''}" href="${byQuery(one)}">${one}</a>`,
            )
            .join('')}</nav>`,
      ),
      rule: { by: 'link', select: 'nav.pages .active + a' },
    },
    {
      name: 'numbers in list items, the current one without a link',
      pages: album(
        (page, count) =>
          `<ul id="onum">${numbers(count)
            .map((one) =>
              one === page ? `<li>${one}</li>` : `<li><a href="${byQuery(one)}">${one}</a></li>`,
            )
            .join('')}</ul>`,
      ),
      rule: { by: 'link', select: '#onum li:not(:has(a)) + li a' },
    },
    {
      name: 'numbers in cells, the current one bold',
      pages: album(
        (page, count) =>
          `<table class="bar"><tr>${numbers(count)
            .map(
              (one) =>
                `<td class="nav">${one === page ? `<b>${one}</b>` : `<a href="${byQuery(one)}">${one}</a>`}</td>`,
            )
            .join('')}</tr></table>`,
      ),
      rule: { by: 'link', select: 'table.bar td:not(:has(a)) + td a' },
    },
    {
      name: 'numbers in brackets, the current one bare text',
      pages: album(
        (page, count) =>
          `<center>${numbers(count)
            .map((one) =>
              one === page ? `&lt;${one}&gt;` : `<a href="${byQuery(one)}">[${one}]</a>`,
            )
            .join(' ')}</center>`,
      ),
      rule: { by: 'link', select: 'center > a', textBefore: '^<\\d+>$' },
    },
    {
      name: 'numbers from 0',
      pages: album(
        (page, count) =>
          `<center>${numbers(count)
            .map((one) =>
              one === page
                ? `&lt;${one - 1}&gt;`
                : `<a href="/album${one === 1 ? '' : one - 1}">[${one - 1}]</a>`,
            )
            .join(' ')}</center>`,
        5,
        (page) => `/album${page - 1}`,
      ),
      rule: { by: 'link', select: 'center > a', textBefore: '^<\\d+>$' },
    },
    {
      name: 'ranges, the current one bare text',
      pages: album(
        (page, count) =>
          `<div id="nav">${numbers(count)
            .map((one) => {
              const words = `${(one - 1) * perPage + 1} - ${one * perPage}`;
              return one === page
                ? words
                : `<a href="/album?start=${(one - 1) * perPage + 1}">${words}</a>`;
            })
            .join(' ')}</div>`,
        5,
        (page) => `/album?start=${(page - 1) * perPage + 1}`,
      ),
      rule: { by: 'link', select: '#nav > a', textBefore: '^\\d+ - \\d+$' },
    },
    {
      name: 'a button that keeps the address for a script',
      pages: album((page, count) =>
        page < count
          ? `<div class="load"><button class="load-more" data-next-url="${byQuery(page + 1)}">Show more</button></div>`
          : '',
      ),
      rule: { by: 'link', select: 'button.load-more', attribute: 'data-next-url' },
    },
    {
      name: 'a next that leads to the last page itself there',
      pages: album(
        (page, count) =>
          `<a class="prev" href="${byQuery(Math.max(1, page - 1))}">‹</a><a class="next" href="${byQuery(Math.min(count, page + 1))}">›</a>`,
      ),
      rule: { by: 'link', select: 'a.next' },
    },
    {
      name: 'a next that leads nowhere on the last page',
      pages: album(
        (page, count) =>
          `<a id="nextlink" href="${page < count ? byQuery(page + 1) : 'javascript:void(0)'}">Volgende</a>`,
      ),
      rule: { by: 'link', select: '#nextlink' },
    },
    {
      name: 'two links that say the same, above and below the photos',
      pages: album(
        (page, count) => {
          const back =
            page > 1 ? `(<a href="/album?until=${page}">previous page</a>)` : '(previous page)';
          const on =
            page < count ? `(<a href="/album?from=${page + 1}">next page</a>)` : '(next page)';
          return `<div id="media">${back} ${on}<br>${back} ${on}</div>`;
        },
        5,
        (page) => `/album?from=${page}`,
      ),
      rule: { by: 'link', select: '#media a[href*="from="]' },
    },
    {
      name: 'pages by a path',
      pages: album(
        (page, count) => (page < count ? `<a href="/album/page/${page + 1}/">Older posts</a>` : ''),
        4,
        (page) => `/album/page/${page}/`,
      ),
      rule: { by: 'link', select: 'a[href*="/page/"]' },
    },
    {
      name: 'numbers for a script, where the address takes them',
      pages: album(
        (page, count) =>
          `<div class="pagination">${numbers(count)
            .map(
              (one) => `<span class="${one === page ? 'on' : ''}" data-page="${one}">${one}</span>`,
            )
            .join('')}</div>`,
      ),
      rule: { by: 'number', parameter: 'page' },
    },
    {
      name: 'a link onward whose address is like that of the link back from page 3 on',
      pages: album((page, count) => {
        const back = page === 2 ? '/album' : byQuery(page - 1);
        return `<p>${page > 1 ? `<a href="${back}">Vorige</a>` : ''} ${
          page < count ? `<a href="${byQuery(page + 1)}">Volgende</a>` : ''
        }</p>`;
      }),
      rule: { by: 'link', select: 'a', text: '^Volgende$' },
    },
    {
      name: 'a next that leads from the last page to the first, beside numbers',
      pages: album(
        (page, count) =>
          `<div class="pager">${numbers(count)
            .map((one) =>
              one === page
                ? `<b class="current">${one}</b>`
                : `<a href="${byQuery(one)}">${one}</a>`,
            )
            .join('')}</div><a class="next" href="${byQuery((page % count) + 1)}">Next</a>`,
      ),
      rule: { by: 'link', select: 'div.pager .current + a' },
    },
    {
      name: 'an album of two pages',
      pages: album(
        (page, count) =>
          page < count
            ? `<p class="pager"><a href="${byQuery(page + 1)}">Next</a></p>`
            : '<p class="pager"><a href="/album">Previous</a></p>',
        2,
      ),
      rule: { by: 'link', select: 'p.pager a', text: '^Next$' },
    },
  ];

  test.each(cases)('$name', async ({ pages, rule }) => {
    await learn(pages, (found) => expect(found).toEqual(rule));
  });

  test('a header', async () => {
    const pages = album(() => '', 3);
    const withHeader: Served = (address) => {
      const body = pages(address);
      const page = Number(/page=(\d)/.exec(address)?.[1] ?? 1);
      if (typeof body !== 'string' || page === 3) return body;
      return { body, headers: { link: `<${byQuery(page + 1)}>; rel="next"` } };
    };
    await learn(withHeader, (found) => expect(found).toEqual({ by: 'header' }));
  });

  test.each([
    ['a page alone', album(() => '', 1)],
    ['a slide show', album(() => '<a class="carousel-next" href="/album?slide=2">Next</a>', 1)],
    ['a link to the next album', album(() => '<a rel="next" href="/garden">Next album</a>', 1)],
  ])('%s has no rule', async (_name, pages) => {
    await learn(pages, (found) => expect(found).toBeUndefined());
  });
});

describe('the next page of JSON', () => {
  /** A list of some pages in JSON; `more` is what stands beside the photos. */
  function list(
    more: (page: number, count: number) => object,
    pageOf: (query: URLSearchParams) => number,
    count = 4,
  ): Served {
    return (address) => {
      const page = pageOf(new URL(address, 'http://album.test').searchParams);
      const items = numbers(page >= 1 && page <= count ? perPage : 0).map((one) => ({
        id: `${page}-${one}`,
        url: `/photo/${page}-${one}.jpg`,
      }));
      return JSON.stringify({ items, ...more(page, count) });
    };
  }

  const cases: { name: string; pages: Served; rule: unknown; start?: string }[] = [
    {
      name: 'an address',
      pages: list(
        (page, count) => ({
          links: { next: page < count ? `/api/photos?page=${page + 1}` : null },
        }),
        (query) => Number(query.get('page') ?? 1),
      ),
      rule: { by: 'link', select: '$.links.next' },
    },
    {
      name: 'a cursor',
      pages: list(
        (page, count) => ({ next_cursor: page < count ? `c${page + 1}` : null }),
        (query) => Number((query.get('cursor') ?? 'c1').slice(1)),
      ),
      rule: { by: 'cursor', select: '$.next_cursor', parameter: 'cursor' },
    },
    {
      name: 'a token',
      pages: list(
        (page, count) => (page < count ? { nextPageToken: `t${page + 1}` } : {}),
        (query) => Number((query.get('pageToken') ?? 't1').slice(1)),
      ),
      rule: { by: 'cursor', select: '$.nextPageToken', parameter: 'pageToken' },
    },
    {
      name: 'a number of pages',
      pages: list(
        (page, count) => ({ page, totalPages: count }),
        (query) => Number(query.get('page') ?? 1),
      ),
      rule: { by: 'number', parameter: 'page' },
    },
    {
      name: 'an offset that the address has',
      pages: list(
        (_page, count) => ({ total: count * perPage }),
        (query) => Number(query.get('offset') ?? 0) / perPage + 1,
      ),
      start: '/api/photos?limit=4&offset=0',
      rule: { by: 'number', parameter: 'offset', first: 0, step: 4 },
    },
    {
      name: 'one page of all',
      pages: list(
        () => ({ total: perPage }),
        () => 1,
      ),
      rule: undefined,
    },
  ];

  test.each(cases)('$name', async ({ pages, rule, start = '/api/photos' }) => {
    await learn(pages, (found) => expect(found).toEqual(rule), start);
  });
});
