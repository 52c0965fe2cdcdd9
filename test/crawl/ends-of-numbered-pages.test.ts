import { describe, expect, test } from '@jest/globals';
import type { Profile } from '../../src/profile/schema.js';
import { type Answer, type Answers, picture, withTestSite } from '../helpers/escape-site.js';
import { profileOf } from '../profile/profile-of.js';

const item = `
item: { row: img, id: { attribute: src }, original: [{ attribute: src }] }`;
const numbered = (more = '', signIn = '') =>
  profileOf(`${signIn}
listing: { next: { by: number, parameter: p${more} } }${item}`);

/** The address of a page. */
const at = (page: number) => (page === 1 ? '/' : `/?p=${page}`);
const photo = (page: number) => `<main><img src="/${page}.png"></main>`;

/** Answers with a status, or as a page that came whole. */
function answer(status: number, text = 'No'): Answer {
  return (_request, response) =>
    response.writeHead(status, { 'content-type': 'text/html' }).end(text);
}

/** Three pages with a photo each, and the answers to further ones. */
async function album(behind: (page: number) => string | Answer): Promise<Answers> {
  const site: Answers = {};
  for (let page = 1; page <= 8; page++) {
    if (page <= 3) site[`/${page}.png`] = await picture(page);
    site[at(page)] = page <= 3 ? photo(page) : behind(page);
  }
  return site;
}

async function expectWhole(profile: Profile, site: Answers): Promise<string[]> {
  let pages: string[] = [];
  await withTestSite(
    profile,
    () => site,
    async ({ run, asked }) => {
      const { ending, lines } = await run();
      expect(lines.slice(-2)).toEqual([
        'Complete: every photo that the album lists is saved and checked.',
        'saved 3 · already had 0 · failed 0 · listed 3',
      ]);
      expect(ending).toBe('complete');
      pages = asked.filter((path) => !path.endsWith('.png'));
    },
  );
  return pages;
}

async function expectDoubt(profile: Profile, site: Answers, doubt: string): Promise<void> {
  await withTestSite(
    profile,
    () => site,
    async ({ run }) => {
      const { ending, lines } = await run();
      expect(lines.join('\n')).toContain(doubt);
      expect(ending).toBe('incomplete');
    },
  );
}

/** A session that ends after so many pages, until the next sign-in. */
class Session {
  #left = 0;

  constructor(private readonly pages: number) {}

  begins(text: string): Answer {
    return (request, response) => {
      this.#left = this.pages;
      answer(200, text)(request, response);
    };
  }

  needed(open: Answer, refused: Answer): Answer {
    return (request, response) => {
      const isOpen = this.#left > 0;
      this.#left -= 1;
      (isOpen ? open : refused)(request, response);
    };
  }
}

describe('the album ends', () => {
  test.each([400, 401, 403, 404, 410, 416, 422, 451])(
    'where pages after the last are answered with %i',
    async (status) => {
      await expectWhole(numbered(), await album(() => answer(status)));
    },
  );

  test('where the profile names the status, although it is one of a site out of order', async () => {
    await expectWhole(numbered(', end: { status: [500] }'), await album(() => answer(500)));
  });

  test('where an empty page links to itself, also in another language', async () => {
    const site = await album(
      (page) => `<a href="${at(page)}">${page}</a><a href="${at(page)}&amp;lang=de">de</a>`,
    );
    await expectWhole(numbered(), site);
  });

  test('where the status is one of a session that has ended too, without a new sign-in', async () => {
    const signIn = `
signIn: { by: json, page: /in, body: { p: '{password}' }, token: $.t, signedOut: { status: [403] } }`;
    const site = await album(() => answer(403));
    const pages = await expectWhole(numbered('', signIn), { ...site, '/in': '{"t":"1"}' });
    expect(pages.filter((path) => path === 'POST /in')).toHaveLength(1);
  });
});

test('a page that the last one leads to, and that is refused, is no end', async () => {
  const site = await album(() => answer(403));
  await expectDoubt(
    numbered(),
    { ...site, [at(3)]: `${photo(3)}<a href="${at(4)}">Next</a>` },
    'Page 4 was refused by the site, although the link “Next” leads there',
  );
});

describe('the album does not end', () => {
  test.each([408, 425, 429])('where pages are answered with %i for a while', async (status) => {
    const site = await album(() => '');
    for (const page of [2, 3]) {
      let asked = 0;
      site[at(page)] = (request, response) => {
        asked += 1;
        const isReady = asked % 3 === 0;
        (isReady ? answer(200, photo(page)) : answer(status))(request, response);
      };
    }
    await expectWhole(numbered(), site);
  });

  test('where the site refuses its first page too, until it is left alone', async () => {
    let refusals = 0;
    let isSpared = false;
    const site = await album((page) => (request, response) => {
      answer(refusals > 0 ? 403 : 200, page > 3 ? '' : photo(page))(request, response);
    });
    const first: Answer = (request, response) => {
      answer(refusals > 0 ? 403 : 200, photo(1))(request, response);
      refusals = Math.max(0, refusals - 1);
    };
    const third: Answer = (request, response) => {
      if (refusals === 0 && !isSpared) refusals = 2;
      isSpared = refusals > 0;
      answer(refusals > 0 ? 403 : 200, photo(3))(request, response);
    };
    await expectWhole(numbered(), { ...site, [at(1)]: first, [at(3)]: third });
  });

  test('where a page is refused because the session has ended', async () => {
    const signIn = `
signIn: { by: json, page: /in, body: { p: '{password}' }, token: $.t, signedOut: { select: .out } }`;
    const session = new Session(2);
    const site = await album(() => '');
    for (let page = 1; page <= 8; page++) {
      const refused = page === 1 ? answer(200, '<p class="out">') : answer(403);
      site[at(page)] = session.needed(answer(200, page > 3 ? '' : photo(page)), refused);
    }
    site['/in'] = session.begins('{"t":"1"}');
    await expectWhole(numbered('', signIn), site);
  });

  test('where a page has the sign-in form, although the first page is open to all', async () => {
    const signIn = `
signIn: { by: form, page: /in, form: form, fields: { p: '{password}' }, proof: { select: b } }`;
    const form = '<form method="post" action="/in"><input name="p"></form>';
    const session = new Session(1);
    const site = await album(() => '');
    for (let page = 2; page <= 8; page++) {
      site[at(page)] = session.needed(answer(200, page > 3 ? '' : photo(page)), answer(401, form));
    }
    site['/in'] = (request, response) =>
      request.method === 'POST'
        ? session.begins('<b>Welcome</b>')(request, response)
        : answer(200, form)(request, response);
    await expectWhole(numbered('', signIn), site);
  });

  test('where an empty page links to further ones', async () => {
    const site = await album(() => `<a href="${at(12)}">12</a>`);
    await expectDoubt(
      numbered(),
      site,
      'Page 4: a link speaks of page 12, but no photos were found behind page 3.',
    );
  });
});
