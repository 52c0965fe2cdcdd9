import { describe, expect, test } from '@jest/globals';
import type { Profile } from '../../src/profile/schema.js';
import { profileOf } from '../profile/profile-of.js';
import { doubtsOf } from './doubts-of.js';

const item = `
item:
  row: li.photo
  id: { select: img, attribute: src, filters: [match: '(\\d+)\\.png$'] }
  original: [{ select: img, attribute: src }]
`;
const onePage = profileOf(`listing: { mark: main }${item}`);
const byLink = profileOf(`listing: { mark: main, next: { by: link, select: a.next } }${item}`);
const byNumber = profileOf(`listing: { next: { by: number, parameter: p } }${item}`);

const page = (...parts: string[]) => `<main>${parts.join('')}</main>`;
const photo = (number: number) => `<li class="photo"><img src="/t/${number}.png"></li>`;
const photos = (...numbers: number[]) => `<ul>${numbers.map(photo).join('')}</ul>`;

describe('an album is not complete where something leads to a further page', () => {
  test.each([
    ['a link to #', '<a href="#">Next</a>', 'the link “Next”'],
    ['a link that runs a script', '<a href="javascript:go(2)">Weiter »</a>', 'the link “Weiter »”'],
    ['a link to the page itself', '<a href="/">Next</a>', 'leads to the page itself'],
    ['a button', '<button>Load more</button>', 'the button “Load more”'],
    ['an arrow among page numbers', '<div class="pager"><a href="#">›</a></div>', '“›”'],
    ['a number without an address', '<div class="pager"><a href="#">2</a></div>', '“2”'],
    ['words on a picture', '<a href="#"><img src="/a.gif" alt="next page"></a>', '“next page”'],
    ['a label', '<button aria-label="Page suivante">&gt;</button>', 'the button'],
    ['a link that was not read', '<a href="/?page=2">next &gt;</a>', 'leads to /?page=2'],
    ['a button with an address', '<button data-url="/?page=2">Older photos</button>', '/?page=2'],
    ['a place for a script', '<div data-next-url="/more?page=2"></div>', '/more?page=2'],
    ['rel=next in the head', '<link rel="next" href="/page/2">', '/page/2'],
    ['Japanese', '<a href="/2">次のページ</a>', '/2'],
    ['page numbers', '<p><b>1</b> <a href="/p2">2</a> <a href="/p3">3</a></p>', 'page 3'],
    ['words', '<p>Page 1 of 3</p>', '“Page 1 of 3” speaks of page 3'],
    ['words with a slash', '<p>Page 1/3</p>', '“Page 1/3” speaks of page 3'],
    ['other words, by its address', '<a href="/?page=2">More…</a>', 'leads to /?page=2'],
    ['a picture alone', '<a href="/?page=2"><img src="/n.gif"></a>', 'a <a> leads to /?page=2'],
    ['an offset in a path’s query', '<a href="/?start=2">3–4</a>', 'leads to /?start=2'],
    ['a page in the path', '<a href="/page/2/"><i class="right"></i></a>', 'leads to /page/2/'],
    ['an address in a button', '<button data-url="/?page=2">More</button>', '/?page=2'],
    ['an address on any element', '<span data-href="/?from=2">▶</span>', 'leads to /?from=2'],
    ['the same with words', '<b data-url="/?after=2">Load more</b>', 'leads to /?after=2'],
    ['a script on any element', '<span onclick="go(2)">Next</span>', 'the <span> “Next”'],
    ['more of it', '<button>Show more</button>', 'the button “Show more”'],
    ['more, in German', '<a href="#">Mehr anzeigen</a>', 'the link “Mehr anzeigen”'],
    ['a role', '<div role="button" tabindex="0">Load more</div>', 'the <div> “Load more”'],
    [
      'numbers for a script',
      "<table><tr><td>1<td><a href=\"javascript:__doPostBack('grid','Page$2')\">2</a></table>",
      'the link “2”',
    ],
    ['numbers in data', '<b data-page="1">1</b> <b data-page="2">2</b>', 'the <b> “2”'],
    ['numbers in brackets', '<p>[1] <a href="/?x=2">[2]</a></p>', '“[2]”'],
    [
      'a form with the page’s number',
      '<form><input type="hidden" name="page" value="2"><button>Next</button></form>',
      'leads to /?page=2',
    ],
    ['a form of buttons', '<form><button name="page" value="2">2</button></form>', '“2”'],
    ['a form that is posted', '<form method="post"><button>Next</button></form>', 'a form'],
    [
      'a choice of pages',
      '<select name="page"><option value="1" selected>1<option value="2">2</select>',
      'the choice “2”',
    ],
    [
      'a form that is posted to another address',
      '<form method="post" action="/l"><button name="page" value="2">2</button></form>',
      '“2”',
    ],
    ['more, by its name', '<button id="load-more">More</button>', 'the button “More”'],
    ['a place that loads when it is seen', '<div hx-get="/?page=2"></div>', '/?page=2'],
    [
      'a place that loads at the end, by its name',
      '<div class="infinite-scroll" data-url="/more?after=9"></div>',
      '/more?after=9',
    ],
    [
      'an empty element that a script watches',
      '<div id="sentinel" class="infinite"><i class="spinner"></i></div>',
      'the <div> “sentinel infinite” leads to no page (it has no address)',
    ],
    ['the same that says so', '<p class="infinite-loader">Loading…</p>', 'leads to no page'],
    [
      'a way for browsers without scripts',
      '<noscript><a href="/?page=2">Next</a></noscript>',
      '/?page=2',
    ],
    [
      'words with more behind them',
      '<p>Page <b>1</b> of <b>3</b> (9 views)</p>',
      'speaks of page 3',
    ],
    ['words with a field', '<p>Page <input name="go" value="1"> of 3</p>', 'speaks of page 3'],
    [
      'words with a choice',
      '<p>Page <select><option selected>1<option>2</select> of 3</p>',
      'of page 3',
    ],
    ['words with a colon', '<p>Seite: 1 von 3</p>', '“Seite: 1 von 3” speaks of page 3'],
    ['words in Chinese', '<p>第 1 页 / 共 3 页</p>', 'speaks of page 3'],
    ['numbers alone', '<p>1 / 8</p>', '“1 / 8” speaks of page 8'],
    ['numbers without spaces', '<div><b>1</b>/<b>8</b></div>', 'speaks of page 8'],
    ['numbers between arrows', '<p>« 1 of 8 »</p>', 'speaks of page 8'],
    [
      'numbers for a script alone',
      '<div data-total-pages="8"></div>',
      'data-total-pages="8"” speaks',
    ],
    ['a choice of addresses', '<select><option value="/?page=2">2</select>', 'the choice “2”'],
  ])('%s', (_what, more, words) => {
    const [doubt, ...others] = doubtsOf(onePage, { '/': page(photos(1, 2), more) });
    expect(doubt).toMatch(
      /^Page 1\b.*mend listing\.next in the profile \(see docs\/profiles\.md\)/,
    );
    expect(doubt).toContain(words);
    expect(others).toEqual([]);
  });

  test('a header of its answer', () => {
    const pages = { '/': { text: page(photos(1)), linkHeader: '<?after=1>; rel="next"' } };
    expect(doubtsOf(onePage, pages)).toEqual([
      expect.stringContaining('Page 1: the header Link leads to /?after=1, which was not read'),
    ]);
  });

  test('a header of its answer that names the last page', () => {
    const pages = (link: string) => ({ '/': { text: page(photos(1)), linkHeader: link } });
    expect(doubtsOf(onePage, pages('</?p=9>; rel="last"'))).toEqual([
      expect.stringContaining('leads to /?p=9, which was not read'),
    ]);
    expect(doubtsOf(onePage, pages('</>; rel="last"'))).toEqual([]);
  });

  test('on the last page that the rules found, which is named', () => {
    const pages = {
      '/': page(photos(1, 2), '<a class="next" href="/2">Next</a>'),
      '/2': page(photos(3, 4), '<a class="next" href="#" onclick="more()">Next</a>'),
    };
    expect(doubtsOf(byLink, pages)).toEqual([
      'Page 2: the link “Next” leads to no page (it has the address “#”), although the profile found no further page. Find the address in the page’s source, and mend listing.next in the profile (see docs/profiles.md); if it leads to no further page of the album, name it in listing.ignore.',
    ]);
  });

  test.each([
    ['runs a script', '<a class="next" href="javascript:go(3)">Next</a>'],
    ['tells a script of a page', '<a class="next" href="#" data-page="3">Next</a>'],
    ['is another one', '<button>Load more</button>'],
  ])('on the last page that the rules found, where it %s', (_what, more) => {
    const pages = {
      '/': page(photos(1, 2), '<a class="next" href="/2">Next</a>'),
      '/2': page(photos(3, 4), more),
    };
    expect(doubtsOf(byLink, pages)).toEqual([expect.stringMatching(/^Page 2: /)]);
  });

  test.each([
    ['/album.html', '/album-2.html'],
    ['/album', '/album/2'],
    ['/album', '/album-page-2'],
  ])('from %s to %s', (from, to) => {
    const pages = { [from]: page(photos(1, 2), `<a rel="next" href="${to}">Next</a>`) };
    expect(doubtsOf(onePage, pages, from)).toEqual([expect.stringContaining('was not read')]);
  });

  test('that the rule itself finds, whatever it is called', () => {
    const pages = { '/': page(photos(1), '<a class="next" href="javascript:void(0)">Ahead</a>') };
    const [doubt] = doubtsOf(byLink, pages);
    expect(doubt).toContain('what listing.next finds leads to no page');
  });

  test('that rules pass over', () => {
    const everyOther = profileOf(`listing: { next: { by: number, parameter: p, step: 2 } }${item}`);
    const next = (number: number) => `<a href="/?p=${number}">Next</a>`;
    const pages = {
      '/': page(photos(1), next(2)),
      '/?p=2': page(photos(2), next(3)),
      '/?p=3': page(photos(3)),
    };
    expect(doubtsOf(everyOther, pages)).toEqual([
      expect.stringContaining('Page 1: the link “Next” leads to /?p=2, which was not read'),
    ]);
  });

  test('whose number the site ignores, where a script may show the rest', () => {
    const ten = Array.from({ length: 10 }, (_, index) => index + 1);
    const same = page(photos(...ten), '<script src="/album.js"></script>');
    const pages = { '/': same, '/?p=2': same, '/?p=3': same };
    expect(doubtsOf(byNumber, pages)).toEqual([
      expect.stringContaining('Page 2 shows the same photos as page 1, as if the site ignored'),
    ]);
  });
});

describe('an album is not complete where the site counts more', () => {
  test.each([
    ['a range', '<p>1–2 of 1,374</p>', '“1–2 of 1,374”'],
    ['a range in German', '<p><b>1</b> bis <b>2</b> von <b>1.374</b></p>', '“1 bis 2 von 1.374”'],
    ['a heading', '<h1>Summer</h1><p>1,374 photos</p>', '“1,374 photos”'],
    ['a number in a heading', '<h1>Summer <small>(1374 Bilder)</small></h1>', '1374 Bilder'],
    ['a heading of its own', '<h2>Photos (1,374)</h2>', 'Photos (1,374)'],
    ['what is shown', '<p>Showing 2 of 1,374</p>', 'Showing 2 of 1,374'],
    ['what is shown, with what it is', '<p>2 of 1,374 photos</p>', '2 of 1,374 photos'],
    ['a link to all', '<a href="/all">View all 48 photos</a>', 'View all 48 photos'],
    ['a sentence', '<p>The following 2 files are in this album, out of 9 total.</p>', 'out of 9'],
    ['a heading in brackets', '<h1>Holiday (124)</h1>', 'Holiday (124)'],
    ['its title', '<title>Holiday (124) – Album</title>', 'Holiday (124)'],
    ['a line of its own', '<p>124 photos</p>', '124 photos'],
    ['a text of its own', '<p><i>By Anna</i> <b>1 374 Fotos</b></p>', '1 374 Fotos'],
    ['two counts', '<p>124 photos and 3 videos</p>', '124 photos'],
    ['a sentence of its own', '<p>This album has 124 photos.</p>', 'has 124 photos'],
    ['a wall', '<p><a href="/login">Sign in</a> to see all 124 photos</p>', 'all 124 photos'],
    ['a wall, in German', '<p>Melde dich an, um alle 124 Fotos zu sehen.</p>', 'alle 124'],
    ['a link to an archive', '<a href="/zip">Download all 124 photos (ZIP)</a>', 'all 124'],
    ['parts', '<p>2 / 124</p>', '2 / 124'],
    ['words around parts', '<p>2 von 124 Fotos angezeigt</p>', '2 von 124'],
    ['a range of entries', '<p>Showing 1 to 2 of 124 entries</p>', '124 entries'],
    ['what is left out', '<button>+112</button>', '+112'],
    ['what is left out, in words', '<p>and 112 more</p>', 'and 112 more'],
    ['Czech', '<h1>Léto</h1><p>124 fotografie</p>', '124 fotografie'],
    ['Dutch', "<h1>Zomer</h1><p>124 foto's</p>", "124 foto's"],
    ['Japanese', '<h1>夏</h1><p>124枚の写真</p>', '124枚の写真'],
    ['Swiss thousands', '<h1>Ferien</h1><p>1’374 Bilder</p>', '1’374 Bilder'],
    ['thousands apart', '<h1>Été</h1><p>1\u202f374 clichés</p>', '1 374 clichés'],
    ['numbers for a script', '<div data-photo-count="124"></div>', 'data-photo-count'],
  ])('in %s', (_what, words, quoted) => {
    const [doubt, ...others] = doubtsOf(onePage, { '/': page(words, photos(1, 2)) });
    expect(doubt).toMatch(/^The site says .*, but the list has 2\. Look with a browser/);
    expect(doubt).toContain(quoted);
    expect(others).toEqual([]);
  });
});

describe('an album is not complete where photos of one kind were taken, and others not', () => {
  const image = (number: number) => `<img src="/t/${number}.png">`;
  const cell = (name: string, number: number) => `<li class="${name}">${image(number)}</li>`;
  test.each([
    ['in the same list', `<ul>${photo(1)}${photo(2)}${cell('film', 3)}${cell('wide', 4)}</ul>`],
    [
      'whose pictures are loaded later',
      `<ul>${photo(1)}<li><img src="data:image/gif;base64,R0" data-src="/t/3.png"></li><li><img src="/b.gif" data-original="/t/4.png"></li></ul>`,
    ],
    [
      'whose pictures are backgrounds, or films',
      `<ul>${photo(1)}${photo(2)}<li class="a"><a style="background:url(/t/3.png)"></a></li><li class="b"><video poster="/t/4.png"></video></li></ul>`,
    ],
    [
      'in other rows of a table',
      `<table><tr>${photo(1)}</tr></table><ul class="odd">${photo(1)}</ul><ul class="even">${cell('a', 3)}${cell('b', 4)}${photo(2)}</ul>`,
    ],
  ])('%s', (_what, html) => {
    const [doubt, ...others] = doubtsOf(onePage, { '/': page(html) });
    expect(doubt).toBe(
      'Page 1 shows 2 photos that item.row does not find, though they are like those that it finds; the first one is a picture at /t/3.png. Mend item.row in the profile (see docs/profiles.md); what is no photo of the album, name in listing.ignore.',
    );
    expect(others).toEqual([]);
  });

  test.each([
    ['in a list', (number: number) => cell('other', number)],
    ['alone', image],
  ])('for browsers without scripts, %s', (_what, shown) => {
    const html = page(photos(1, 2), `<noscript><div>${shown(3)}${shown(4)}</div></noscript>`);
    expect(doubtsOf(onePage, { '/': html })).toEqual([
      expect.stringContaining('Page 1 shows 2 photos that item.row does not find'),
    ]);
  });

  test('but not for browsers without scripts, each behind the picture of its photo', () => {
    const pair = (number: number) =>
      `<li class="photo"><img src="/t/${number}.png"><noscript><img src="/t/${number}00.png"></noscript></li>`;
    const html = page(`<ul>${pair(1)}${pair(2)}</ul>`);
    const profile = profileOf(
      "listing: { mark: main }\nitem: { row: 'li > img', id: { attribute: src }, original: [{ attribute: src }] }",
    );
    expect(doubtsOf(profile, { '/': html })).toEqual([]);
  });

  test('in another section like the first', () => {
    const first = { ...onePage, item: { ...onePage.item, row: 'h2:first-of-type + ul li' } };
    const html = page(`<h2>May</h2>${photos(1, 2)}<h2>June</h2>${photos(3, 4, 5)}`);
    expect(doubtsOf(first, { '/': html })).toEqual([
      expect.stringContaining('Page 1 shows 3 photos that item.row does not'),
    ]);
  });

  test('on a page on which the rules find none', () => {
    const next = (href: string) => `<a class="next" href="${href}">Next</a>`;
    const rows = { ...byLink, item: { ...byLink.item, row: 'li.photo:has(b)' } };
    const named = page(`<ul><li class="photo"><img src="/t/1.png"><b>1</b></li></ul>`, next('/2'));
    expect(doubtsOf(rows, { '/': named, '/2': page(photos(2, 3)) })).toEqual([
      expect.stringContaining('Page 2 shows photos like those of other pages'),
    ]);
  });

  const albums = { row: 'a.album', link: { attribute: 'href' } };
  const listing = profileOf(
    `listing: { albums: ${JSON.stringify(albums)} }\nitem: { row: 'td > a', id: { attribute: href }, original: [{ attribute: href }] }`,
  );
  const file = (number: number) => `<a href="${number}.jpg">${number}.jpg</a>`;
  const table = (...numbers: number[]) =>
    `<table>${numbers.map((number) => `<tr><td>${file(number)}</td></tr>`).join('')}</table>`;
  const outer = `${table(1, 2, 3)}<a class="album" href="inner%201/">Inner</a>`;

  test.each([
    ['files in another form', `<pre>${[4, 5].map(file).join('\n')}</pre>`],
    ['one file in another form', `<ul><li>${file(4)}</li></ul>`],
    ['pictures', '<p><a href="4.jpg"><img src="/thumbnails/4.jpg"></a></p>'],
  ])('in an inner album that shows %s', (_what, inner) => {
    expect(doubtsOf(listing, { '/': outer, '/inner%201/': inner })).toEqual([
      expect.stringMatching(/^Page 1 of .* shows photos like those of other pages/),
    ]);
  });

  test('in an album of another form that is read before any with rows', () => {
    const named = { row: 'a.album', link: { attribute: 'href' } };
    const walked = profileOf(`listing: { albums: ${JSON.stringify(named)} }${item}`);
    const link = (number: number) => `<a href="/photo/${number}"><img src="/t/${number}.png"></a>`;
    const pages = {
      '/': '<a class="album" href="/a">A</a><a class="album" href="/b">B</a>',
      '/a': `<div class="wide">${[1, 2, 3].map(link).join('')}</div>`,
      '/b': `<ul>${[4, 5].map((number) => `<li class="photo">${link(number)}</li>`).join('')}</ul>`,
    };
    expect(doubtsOf(walked, pages)).toEqual([
      expect.stringMatching(/^Page 1 of .*\/a shows photos like those of other pages/),
    ]);
    const empty = `<p>None yet</p><ul class="recent">${[4, 5].map(link).join('')}</ul>`;
    expect(doubtsOf(walked, { ...pages, '/a': empty })).toEqual([]);
  });

  test.each([
    ['that is empty', '<pre><a href="../">../</a></pre>'],
    ['with files of another kind', '<pre><a href="notes.txt">notes.txt</a></pre>'],
    ['with the site’s own picture', '<p><a href="/look/about.jpg">About us</a></p>'],
    [
      'with albums and a strip of pictures',
      '<a class="album" href="more/">More</a><p><a href="9.jpg"><img src="/thumbnails/9.jpg"></a></p>',
    ],
  ])('but not in an inner album %s', (_what, inner) => {
    expect(doubtsOf(listing, { '/': outer, '/inner%201/': inner })).toEqual([]);
  });
});

describe('an album is not complete where a page did not come whole', () => {
  const next = (href: string) => `<a class="next" href="${href}">Next</a>`;
  const whole = (html: string) => `<!doctype html><body>${html}</body></html>`;
  const first = whole(page(photos(1, 2), next('/2')));
  test.each([
    ['without the end of others', `<!doctype html><body>${page(photos(3))}`, 'it lacks the end'],
    ['in mid-tag', `<body><ul>${photo(3)}<li class="photo"><img src="/t/4.p`, 'in the middle'],
    [
      'but a notice',
      whole('<main>Please try again later</main>'),
      'says: “Please try again later”',
    ],
    ['but nothing of the album', whole('<h1>Oh no</h1>'), 'nothing of what stands around'],
  ])('%s', (_what, html, words) => {
    expect(
      doubtsOf(
        { ...byLink, listing: { ...byLink.listing, mark: 'body' } },
        { '/': first, '/2': html },
      ),
    ).toEqual([expect.stringMatching(new RegExp(`^Page 2 .*${words}`))]);
  });

  test.each([
    ['<h1>Error 500</h1><p>Sorry</p>', 'Error 500 Sorry'],
    ['<p>Sign in to see more photos</p>', 'Sign in to see more photos'],
    ['<form>Name <input> Password <input type="password"></form>', 'Name Password'],
    ['<p>Are you a robot?</p>', 'Are you a robot?'],
  ])('where numbered pages show a notice: %s', (notice, words) => {
    const pages = { '/': page(photos(1)), '/?p=2': notice };
    expect(doubtsOf(byNumber, pages)).toEqual([
      expect.stringContaining(`Page 2 shows no photo, and says: “${words}”`),
    ]);
    const everywhere = { '/': page(photos(1), notice), '/?p=2': notice };
    expect(doubtsOf(byNumber, everywhere)).toEqual([]);
  });

  test('but where all pages lack an end, or are parts of one', () => {
    const open = `<!doctype html><body>${page(photos(1, 2), next('/2'))}`;
    const last = `<!doctype html><body>${page(photos(3))}`;
    expect(doubtsOf(byLink, { '/': open, '/2': last })).toEqual([]);
    expect(doubtsOf(byLink, { '/': first, '/2': photos(3) })).toEqual([]);
  });
});

describe('an album is not complete where a page leads back', () => {
  const next = (href: string) => `<a class="next" href="${href}">Next</a>`;
  test('by links', () => {
    const pages = {
      '/': page(photos(1, 2), next('/2')),
      '/2': page(photos(3, 4), next('/3')),
      '/3': page(photos(1, 2), next('/2')),
    };
    expect(doubtsOf(byLink, pages)).toEqual([
      expect.stringContaining('Page 3 shows nothing but photos of pages before it'),
    ]);
    const repeated = { ...pages, '/3': page(photos(3, 4), next('/3')) };
    expect(doubtsOf(byLink, repeated)).toEqual([]);
  });

  test('by numbers, in mid-album', () => {
    const pages = {
      '/': page(photos(1)),
      '/?p=2': page(photos(2)),
      '/?p=3': page(photos(1)),
      '/?p=4': page(photos(4)),
    };
    expect(doubtsOf(byNumber, pages)).toEqual([
      expect.stringContaining(
        'Page 3 shows nothing but photos of pages before it, although page 4',
      ),
    ]);
  });
});

describe('an album is not complete where numbers pass pages over', () => {
  test('that other pages link to', () => {
    const link = (number: number) => `<a href="/?p=${number - 1}">${number}</a> `;
    const links = [1, 2, 3, 4].map(link).join('');
    const pages = {
      '/': page(photos(1), links),
      '/?p=2': page(photos(3), links),
      '/?p=3': page(photos(4), links),
    };
    expect(doubtsOf(byNumber, pages)).toEqual([
      expect.stringContaining('Page 1: the link “2” leads to /?p=1, which was not read'),
    ]);
  });

  test('since pages show less than the step between them', () => {
    const offsets = profileOf(
      `listing: { next: { by: number, parameter: start, first: 0, step: 4 } }${item}`,
    );
    const pages = { '/': page(photos(1, 2)), '/?start=4': page(photos(5, 6)) };
    expect(doubtsOf(offsets, pages)).toEqual([
      expect.stringContaining('show at most 2 photos, but the profile goes on by 4'),
    ]);
    const full = { '/': page(photos(1, 2, 3, 4)), '/?start=4': page(photos(5, 6)) };
    expect(doubtsOf(offsets, full)).toEqual([]);
  });
});

describe('JSON', () => {
  const json = profileOf(`
listing: { next: { by: cursor, select: $.after, parameter: after } }
item:
  row: $.photos[*]
  id: { select: $.id }
  original: [{ select: $.src }]
`);
  const list = (...ids: number[]) => ids.map((id) => ({ id, src: `/t/${id}.png` }));
  test.each([
    ['a count', { total: 9 }, 'The site says “total”: 9, but the list has 2'],
    ['a count beside', { meta: { totalCount: '9' } }, '“totalCount”: 9'],
    ['a flag', { hasMore: true }, '“hasMore”: true leads to no page'],
    ['a cursor', { paging: { nextCursor: 'x' } }, '“nextCursor”: x leads to no page'],
    ['an address', { next: '/?page=2' }, '“next”: /?page=2 leads to /?page=2, which was not read'],
    ['pages', { page: 1, pages: 3 }, '“pages”: 3 speaks of page 3'],
  ])('speaks by %s', (_what, more, words) => {
    const text = JSON.stringify({ photos: list(1, 2), ...more });
    expect(doubtsOf(json, { '/': text })).toEqual([expect.stringContaining(words)]);
  });

  test('speaks by objects of the same list, or of one like it', () => {
    const months = { ...json, item: { ...json.item, row: '$.months[0].photos[*]' } };
    const text = JSON.stringify({ months: [{ photos: list(1, 2) }, { photos: list(3) }] });
    expect(doubtsOf(months, { '/': text })).toEqual([
      expect.stringContaining('Page 1 shows 1 photo that item.row does not'),
    ]);
  });

  test.each([
    ['$.total', { total: 9 }],
    ['$.months[1].photos', { months: [{}, { photos: list(3) }] }],
  ])('does not speak by %s where it is ignored', (ignore, more) => {
    const profile = { ...json, listing: { ...json.listing, ignore } };
    const text = JSON.stringify({ photos: list(1, 2), ...more });
    expect(doubtsOf(profile, { '/': text })).toEqual([]);
  });

  test('that is complete raises none', () => {
    const first = { photos: list(1, 2), total: 3, after: 'b', hasMore: true };
    const last = { photos: list(3), total: 3, after: null, hasMore: false, next: null };
    const pages = { '/': JSON.stringify(first), '/?after=b': JSON.stringify(last) };
    expect(doubtsOf(json, pages)).toEqual([]);
  });
});

test('a list that ends at a round number while the site counts more says so', () => {
  const hundred = Array.from({ length: 100 }, (_, index) => index + 1);
  const pages = { '/': page('<h1>Summer</h1><p>340 photos</p>', photos(...hundred)) };
  expect(doubtsOf(onePage, pages)).toEqual([
    expect.stringContaining('but the list has 100, a round number, as if the site stopped there.'),
  ]);
});

test('many doubts of one kind are told by the first five', () => {
  const pages: Record<string, string> = {};
  for (let number = 1; number <= 8; number++) {
    const more = number < 8 ? `<a class="next" href="/${number + 1}">Next</a>` : '';
    const film = `<ul>${photo(number * 2)}<li class="film"><img src="/t/${number * 2 + 1}.png"></li></ul>`;
    pages[number === 1 ? '/' : `/${number}`] = page(film, more);
  }
  const doubts = doubtsOf(byLink, pages);
  expect(doubts).toHaveLength(6);
  expect(doubts.at(-1)).toBe('There are 3 more doubts like these.');
});

describe('what listing.ignore names raises no doubt', () => {
  const ignoring = (ignore: string, profile: Profile) => ({
    ...profile,
    listing: { ...profile.listing, ignore },
  });
  test.each([
    ['a link', '.viewer', '<div class="viewer"><a href="#">Next</a></div>'],
    [
      'photos',
      'li.film',
      '<ul><li class="photo"></li><li class="film"><img src="/t/3.png"></li></ul>',
    ],
    ['a count', 'h1', '<h1>Summer (1,374 photos)</h1>'],
    ['a number', 'p', '<p>Page 1 of 3</p>'],
  ])('%s', (_what, ignore, more) => {
    const pages = { '/': page(photos(1, 2), more) };
    expect(doubtsOf(ignoring(ignore, onePage), pages)).toEqual([]);
  });

  test('what the rule itself finds', () => {
    const pages = { '/': page(photos(1), '<a class="next" href="#">Ahead</a>') };
    expect(doubtsOf(ignoring('a.next', byLink), pages)).toEqual([]);
  });
});

describe('a complete album raises no doubt', () => {
  test.each([
    ['a next that is switched off', '<a class="next disabled" href="#">Next</a>'],
    ['one in a list', '<ul><li class="disabled"><a href="#">Next</a></li></ul>'],
    ['one that is hidden', '<div hidden><button>Load more</button></div>'],
    ['one that cannot be pressed', '<button disabled>Next</button>'],
    ['a viewer', '<div class="pswp"><button class="pswp__button" title="Next">›</button></div>'],
    ['a carousel', '<a class="carousel-control-next" href="#all"><span>Next</span></a>'],
    ['a jump on the page', '<a href="#end">Next</a><p id="end"></p>'],
    ['a calendar', '<table class="calendar"><tr><td><a href="/?month=8">»</a></td></tr></table>'],
    ['days', '<table class="calendar"><tr><td><a href="/?day=2">2</a></td></tr></table>'],
    ['lengths of a page', '<p><a href="/?n=12">12</a> <a href="/?n=24">24</a></p>'],
    ['the next album', '<a rel="next" href="/winter">Winter »</a> <a href="/winter">Next</a>'],
    ['the next photo', '<a href="?show=2">Next photo</a>'],
    [
      'the next post',
      '<nav><a href="/2019/05/post/">Older</a> <a href="/2019/07/x/">Newer</a></nav>',
    ],
    ['tags', '<p><a href="/?tag=2">2</a> <a href="/?tag=3">3</a></p>'],
    ['columns', '<p><a href="/?cols=1">1</a> <a href="/?cols=2">2</a></p>'],
    ['orders', '<p><a href="/?sort=new">Newer</a> <a href="/?sort=old">Older</a></p>'],
    ['days of a plain table', '<table><tr><td><a href="/?date=2016-05-02">2</a></table>'],
    ['comments', '<div class="comments"><a href="/?page=2">Older</a></div>'],
    ['a viewer of its own', '<div class="gallery-viewer"><a href="#">Next</a></div>'],
    ['the form of a wizard', '<form action="/up" method="post"><button>Next</button></form>'],
    ['a form to write in', '<form method="post"><input name="email"><button>Next</button></form>'],
    ['a count of the whole site', '<aside><h2>Statistics</h2><p>12,345 photos</p></aside>'],
    ['other counts', '<p>1–10 of 57 comments</p><p>1,374 views</p><a href="/x">99 photos</a>'],
    ['a count of another list', '<p>1–10 of 57</p>'],
    ['a year in brackets', '<h1>Holiday (2019)</h1>'],
    ['all of all', '<p>2 / 2</p>'],
    ['one photo of all', '<p>1 / 2</p>'],
    ['a viewer’s counter', '<div class="lightbox"><span>1 / 8</span></div>'],
    ['counts of other albums', '<p><a href="/x">Spain</a></p><p>99 photos</p><p>124 photos</p>'],
    ['a count in a link', '<p>More: <a href="/x">Spain (124 photos)</a></p>'],
    ['a count of likes', '<div class="likes">1 / 10</div>'],
    ['a wall of the whole site', '<footer><p>Sign in to see all 12,345 photos</p></footer>'],
    [
      'a story',
      '<p>That day I had taken all 36 photos of the film before the sun came out behind the hills</p>',
    ],
    ['all that are shown', '<p>Download all 2 photos</p>'],
    ['a pixel without scripts', '<noscript><img src="/t/9.png" height="1" width="1"></noscript>'],
    [
      'the same photos without scripts',
      '<noscript><img src="/t/1_m.png"><img src="/t/2_m.png"></noscript>',
    ],
    ['one page of one', '<p>Page 1 of 1</p><p>1–2 of 2</p>'],
    ['logos', '<ul><li><img src="/t/logo.png"></li><li><img src="/t/7.png" width="16"></li></ul>'],
    ['an advertisement', '<ul><li class="photo-ad"><img src="http://ads.test/t/7.png"></li></ul>'],
    [
      'related photos',
      '<ul class="related"><li><img src="/t/7.png"></li><li><img src="/t/8.png"></li></ul>',
    ],
    [
      'other albums in a plain list',
      '<div><ul><li><a href="/album/7"><img src="/t/7.png"></a></li></ul></div>',
    ],
    ['an address on what shows no way', '<div data-url="/api/likes?id=4">12 likes</div>'],
    ['a photo shown again', '<ul class="a"><li><img src="/t/1.png"></li></ul>'],
    ['an empty place for a button', '<div class="load-more"></div>'],
    ['a hidden place for scripts', '<div class="infinite-scroll" hidden></div>'],
    ['the end of a list', '<p class="infinite-scroll-last">End of content</p>'],
    ['what scripts add to', '<div class="infinite-scroll"><a href="/about"><b></b></a></div>'],
  ])('beside %s', (_what, more) => {
    expect(doubtsOf(onePage, { '/': page(photos(1, 2), more) })).toEqual([]);
  });

  test('where the last page leads to one without photos', () => {
    const pages = {
      '/': page(photos(1, 2), '<a class="next" href="/2">Next</a>'),
      '/2': page('<a class="next" href="#">Next</a>'),
    };
    expect(doubtsOf(byLink, pages)).toEqual([]);
  });

  test('where each page has an empty element that a script watches', () => {
    const sentinel = '<div class="infinite-loader"></div>';
    const pages = {
      '/': page(photos(1, 2), '<a class="next" href="/2">Next</a>', sentinel),
      '/2': page(photos(3, 4), sentinel),
    };
    expect(doubtsOf(byLink, pages)).toEqual([]);
  });

  test('where the last page shows its next as a placeholder', () => {
    const pages = {
      '/': page(photos(1, 2), '<a class="next" href="/2">Next</a>'),
      '/2': page(photos(3), '<a class="next">Next</a>'),
    };
    expect(doubtsOf(byLink, pages)).toEqual([]);
  });

  test('where a script turns pages that the rules count up', () => {
    const next = '<div class="pager"><a href="#">2</a> <a href="#">Next</a></div>';
    const pages = { '/': page(photos(1), next), '/?p=2': page(photos(2), next), '/?p=3': page() };
    expect(doubtsOf(byNumber, pages)).toEqual([]);
  });

  test.each([
    ['says that it is the only one', '<p>Page 1 of 1</p>'],
    ['counts its photos', '<h1>Summer <small>(2 photos)</small></h1>'],
  ])('where the site repeats its one page, which %s', (_what, words) => {
    const same = page(words, photos(1, 2));
    expect(doubtsOf(byNumber, { '/': same, '/?p=2': same })).toEqual([]);
  });

  test.each([
    ['is all that a page without scripts shows', photos(1, 2, 3, 4, 5, 6, 7, 8, 9, 10)],
    ['is too short for one of several', `${photos(1, 2, 3)}<script src="/album.js"></script>`],
  ])('where the site repeats its one page, which %s', (_what, html) => {
    const same = page(html);
    expect(doubtsOf(byNumber, { '/': same, '/?p=2': same })).toEqual([]);
  });

  test.each(['#', '#!', '', '/2', 'javascript:void(0)', 'javascript:void(0);', 'javascript:;'])(
    'where the link that led on leads nowhere on the last page: “%s”',
    (href) => {
      const pages = {
        '/': page(photos(1, 2), '<a class="next" href="/2">Next</a>'),
        '/2': page(photos(3, 4), `<a class="next" href="${href}">Next</a>`),
      };
      expect(doubtsOf(byLink, pages)).toEqual([]);
    },
  );

  test.each(['/album-2', '/album_2/', '/album2'])(
    'where its next is an album whose name ends in a number: %s',
    (href) => {
      const pages = { '/album': page(photos(1, 2), `<a rel="next" href="${href}">Next</a>`) };
      expect(doubtsOf(onePage, pages, '/album')).toEqual([]);
    },
  );

  test('where the site repeats the one page of an album, but heeds the numbers of another', () => {
    const albums = profileOf(`
listing:
  albums: { row: a.album, link: { attribute: href } }
  next: { by: number, parameter: p }
${item}`);
    const pages = {
      '/': '<a class="album" href="/a">A</a><a class="album" href="/b">B</a>',
      '/a': page(photos(1)),
      '/a?p=2': page(photos(2)),
      '/b': page(photos(3)),
      '/b?p=2': page(photos(3)),
    };
    expect(doubtsOf(albums, pages)).toEqual([]);
  });

  test.each(['#', '/2'])(
    'where its count says that the last page is the last, whatever its next leads to: %s',
    (href) => {
      const pages = {
        '/': page('1–2 of 3', photos(1, 2), '<a class="next" href="/2">Next</a>'),
        '/2': page('3–3 of 3', photos(3), `<a class="next" href="${href}">Next</a>`),
      };
      expect(doubtsOf(byLink, pages)).toEqual([]);
    },
  );

  test('where every page has a next, also those behind the last', () => {
    const next = (number: number) => `<a href="/?p=${number}">Next</a>`;
    const pages = {
      '/': page(photos(1, 2), next(2)),
      '/?p=2': page(next(3)),
      '/?p=3': page(next(4)),
    };
    expect(doubtsOf(byNumber, pages)).toEqual([]);
  });

  test('where pages by number are linked in another way', () => {
    const links = '<a href="/page/2">2</a> <a href="/page/2">Next</a>';
    const pages = {
      '/': page(photos(1, 2), links),
      '/?p=2': page(photos(3), '<a href="/page/3">Next</a>'),
      '/?p=3': page(),
      '/?p=4': page(),
    };
    expect(doubtsOf(byNumber, pages)).toEqual([]);
  });
});

test('a page that is made to keep a look at it busy is looked at in no time', () => {
  const busy = [
    `<a class="${'a_'.repeat(5000)}!" href="/x">.</a>`,
    `<a class="load-more${'_a'.repeat(5000)}!" href="/x">.</a>`,
    `<img srcset="${' '.repeat(200_000)}x">`,
    `<button data-url="${'/'.repeat(200_000)}" title="${'.'.repeat(200_000)}x">.</button>`,
  ];
  const header = { text: page(photos(1), ...busy), linkHeader: '<'.repeat(60_000) };
  expect(doubtsOf(onePage, { '/': header })).toEqual([]);
}, 5000);
