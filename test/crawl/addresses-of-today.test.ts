import { randomBytes } from 'node:crypto';
import { describe, expect, test } from '@jest/globals';
import { type Answer, type Answers, picture, withTestSite } from '../helpers/escape-site.js';
import { savedAlbum } from '../helpers/saved-album.js';
import { withServer } from '../helpers/with-server.js';
import { profileOf } from '../profile/profile-of.js';

const linked = profileOf(`
item:
  row: a
  id: { attribute: id }
  original: [{ attribute: href }]
`);
const withOwnPages = profileOf(`
item:
  row: a
  id: { attribute: id }
  detail: { attribute: href }
  original: [{ on: detail, select: .download, attribute: href }]
`);
const withCandidates = profileOf(`
item:
  row: a
  id: { attribute: id }
  original: [{ attribute: href }, { attribute: data-small }]
`);

/** Slots enough for the listing beside all originals that are held back until it is walked. */
const patient = { concurrency: 16, timing: { retryDelay: 1, idleTimeout: 60_000, pause: 1 } };

const ids = (count: number) => Array.from({ length: count }, (_, index) => String(index + 1));
const html =
  (text: string): Answer =>
  (_request, response) =>
    response.setHeader('content-type', 'text/html').end(text);
const status =
  (code: number): Answer =>
  (_request, response) =>
    response.writeHead(code).end();

/** An origin where nothing listens. */
async function closedOrigin(): Promise<string> {
  let origin = '';
  await withServer(
    () => undefined,
    async (address) => {
      origin = address;
    },
  );
  return origin;
}

/** A site whose addresses carry a token that runs out. */
class ExpiringSite {
  token = 1;
  /** Pages and own pages that were read, in order. */
  readonly read: string[] = [];
  readonly answers: Answers = {};
  #walked: () => void = () => undefined;
  /** Resolves once both walks have read the listing. */
  readonly walked = new Promise<void>((resolve) => {
    this.#walked = resolve;
  });

  /** Lists links as the tokens of the moment have them. */
  list(link: (token: number) => string): void {
    this.answers['/'] = (request, response) => {
      this.read.push('/');
      if (this.read.filter((path) => path === '/').length === 2) this.#walked();
      html(link(this.token))(request, response);
    };
  }

  /** Answers at an address with its token as long as that is good, and refuses it afterwards. */
  serve(path: string, refusal: number, answer: Answer, tokens = [1, 2, 3]): void {
    for (const token of tokens) {
      this.answers[`${path}?token=${token}`] = async (request, response) => {
        await this.walked;
        const isGood = token === this.token;
        await (isGood ? answer : status(refusal))(request, response);
      };
    }
  }
}

const bytes =
  (body: Buffer): Answer =>
  (_request, response) =>
    response.setHeader('content-type', 'image/png').end(body);

describe('a run uses the addresses of today', () => {
  test('where the host of all that an earlier run left undone has moved', async () => {
    const answers: Answers = {};
    const list = (folder: string) =>
      ids(25)
        .map((id) => `<a id="${id}" href="/${folder}/${id}.png">.</a>`)
        .join('');
    answers['/'] = list('old');
    for (const id of ids(25)) answers[`/old/${id}.png`] = status(500);
    for (const id of ids(25)) answers[`/new/${id}.png`] = await picture(Number(id));
    await withTestSite(
      linked,
      () => answers,
      async ({ run, asked }) => {
        expect((await run()).ending).toBe('later');
        answers['/'] = list('new');
        asked.length = 0;
        const { ending, lines } = await run();
        expect([ending, lines.at(-1)]).toEqual([
          'complete',
          'saved 25 · already had 0 · failed 0 · listed 25',
        ]);
        expect(asked.filter((path) => path.startsWith('/old/'))).toEqual([]);
      },
    );
  });

  test('also those that a photo’s own page gives', async () => {
    const own = (folder: string, id: string) =>
      `<a class="download" href="/${folder}/${id}.png">.</a>`;
    const answers: Answers = {
      '/': ids(25)
        .map((id) => `<a id="${id}" href="/p/${id}">.</a>`)
        .join(''),
    };
    for (const id of ids(25)) answers[`/p/${id}`] = own('old', id);
    for (const id of ids(25)) answers[`/old/${id}.png`] = status(500);
    for (const id of ids(25)) answers[`/new/${id}.png`] = await picture(Number(id));
    await withTestSite(
      withOwnPages,
      () => answers,
      async ({ run, asked }) => {
        expect((await run()).ending).toBe('later');
        for (const id of ids(25)) answers[`/p/${id}`] = own('new', id);
        asked.length = 0;
        expect((await run()).ending).toBe('complete');
        expect(asked.filter((path) => path.startsWith('/old/'))).toEqual([]);
      },
    );
  });

  test('and the last known one where a photo is no longer listed, after all others', async () => {
    const answers: Answers = {};
    answers['/'] = ids(25)
      .map((id) => `<a id="${id}" href="/o/${id}.png">.</a>`)
      .join('');
    for (const id of ids(25)) answers[`/o/${id}.png`] = status(500);
    await withTestSite(
      linked,
      () => answers,
      async ({ run, asked }) => {
        expect((await run()).ending).toBe('later');
        for (const id of ids(25)) answers[`/o/${id}.png`] = await picture(Number(id));
        answers['/'] = '<a id="25" href="/o/25.png">.</a>';
        asked.length = 0;
        const { ending, lines } = await run();
        expect([ending, lines.at(-1)]).toEqual([
          'complete',
          'saved 1 · already had 0 · failed 0 · listed 1',
        ]);
        const originals = asked.filter((path) => path.startsWith('/o/'));
        expect(originals[0]).toBe('/o/25.png');
        expect(new Set(originals).size).toBe(25);
      },
    );
  });
});

test('an image host that fails does not keep the run from reading the listing to its end', async () => {
  const paged = profileOf(`
listing: { next: { by: link, select: .next } }
item:
  row: a[id]
  id: { attribute: id }
  original: [{ attribute: href }]
`);
  const list = (page: number) =>
    ids(25)
      .map((id) => `<a id="${page}-${id}" href="/o/${page}-${id}">.</a>`)
      .join('');
  const failed = new Set<string | undefined>();
  let allFailed: () => void = () => undefined;
  /** Resolves when all photos of the first page have failed: more than it takes to call the host down. */
  const failing = new Promise<void>((resolve) => {
    allFailed = resolve;
  });
  const answers: Answers = {
    '/': `${list(1)}<a class="next" href="/2">.</a>`,
    '/2': async (request, response) => {
      await failing;
      html(list(2))(request, response);
    },
  };
  for (const page of [1, 2]) {
    for (const id of ids(25)) {
      answers[`/o/${page}-${id}`] = (request, response) => {
        if (failed.add(request.url).size === 25) allFailed();
        status(500)(request, response);
      };
    }
  }
  await withTestSite(
    paged,
    () => answers,
    async ({ run }) => {
      const { ending, lines } = await run(patient);
      expect(ending).toBe('later');
      expect(lines.at(-1)).toMatch(/^saved 0 · already had 0 · failed \d+ · listed 50$/);
    },
  );
});

test('photos that are no longer listed, on a host that is gone, are no outage', async () => {
  const gone = await closedOrigin();
  const list = (of: readonly string[], origin: string) =>
    of.map((id) => `<a id="${id}" href="${origin}/o/${id}.png">.</a>`).join('');
  const answers: Answers = { '/': list(ids(25), gone), '/o/25.png': await picture(25) };
  await withTestSite(
    linked,
    () => answers,
    async ({ run, origin }) => {
      expect((await run()).ending).toBe('later');
      answers['/'] = list(['25'], origin);
      const { ending, lines } = await run();
      expect([ending, lines.at(-1)]).toEqual([
        'complete',
        'saved 1 · already had 0 · failed 0 · listed 1',
      ]);
    },
  );
});

describe('addresses that run out within a run', () => {
  test.each([401, 403, 410])(
    'with %i: the page that lists them is read again, once for all its photos',
    async (refusal) => {
      const site = new ExpiringSite();
      site.list((token) =>
        ids(12)
          .map((id) => `<a id="${id}" href="/o/${id}.png?token=${token}">.</a>`)
          .join(''),
      );
      let served = 0;
      for (const id of ids(12)) {
        const body = await picture(Number(id));
        site.serve(`/o/${id}.png`, refusal, (request, response) => {
          served += 1;
          if (served === 3) site.token = 2;
          bytes(body)(request, response);
        });
      }
      await withTestSite(
        linked,
        () => site.answers,
        async ({ run }) => {
          const { ending, lines } = await run(patient);
          expect([ending, lines.at(-1)]).toEqual([
            'complete',
            'saved 12 · already had 0 · failed 0 · listed 12',
          ]);
          expect(site.read).toEqual(['/', '/', '/']);
        },
      );
    },
  );

  test('while the page that lists them is still being stored', async () => {
    // A page that is kept takes longer than an original that is refused.
    const longText = randomBytes(200_000).toString('hex');
    let reads = 0;
    const answers: Answers = {
      '/': (request, response) => {
        reads += 1;
        const links = ids(8).map((id) => `<a id="${id}" href="/o/${id}.png?token=${reads}">.</a>`);
        html(links.join('') + longText)(request, response);
      },
    };
    for (const id of ids(8)) {
      answers[`/o/${id}.png?token=1`] = status(403);
      for (const token of [2, 3, 4, 5]) {
        answers[`/o/${id}.png?token=${token}`] = await picture(Number(id));
      }
    }
    await withTestSite(
      linked,
      () => answers,
      async ({ run }) => {
        expect((await run()).lines.at(-1)).toBe('saved 8 · already had 0 · failed 0 · listed 8');
      },
    );
  });

  test('on a photo’s own page: it is read again', async () => {
    const site = new ExpiringSite();
    site.list(() =>
      ids(3)
        .map((id) => `<a id="${id}" href="/p/${id}">.</a>`)
        .join(''),
    );
    let served = 0;
    for (const id of ids(3)) {
      site.answers[`/p/${id}`] = (request, response) => {
        site.read.push(`/p/${id}`);
        html(`<a class="download" href="/o/${id}.png?token=${site.token}">.</a>`)(
          request,
          response,
        );
      };
      const body = await picture(Number(id));
      site.serve(`/o/${id}.png`, 403, (request, response) => {
        served += 1;
        site.token = 2;
        bytes(body)(request, response);
      });
    }
    await withTestSite(
      withOwnPages,
      () => site.answers,
      async ({ run }) => {
        expect((await run(patient)).ending).toBe('complete');
        expect(served).toBe(3);
        expect(site.read.filter((path) => path === '/')).toHaveLength(2);
      },
    );
  });

  test('of a photo’s own page: the listing is read again', async () => {
    const site = new ExpiringSite();
    site.list((token) => `<a id="1" href="/p/1?token=${token}">.</a>`);
    site.answers['/o/1.png'] = await picture(1);
    site.answers['/p/1?token=1'] = async (request, response) => {
      await site.walked;
      site.token = 2;
      status(410)(request, response);
    };
    site.answers['/p/1?token=2'] = '<a class="download" href="/o/1.png">.</a>';
    await withTestSite(
      withOwnPages,
      () => site.answers,
      async ({ run }) => {
        expect((await run(patient)).ending).toBe('complete');
        expect(site.read).toEqual(['/', '/', '/']);
      },
    );
  });
});

describe('an address that has run out never makes a smaller candidate win', () => {
  /** A photo whose best address runs out before it is asked for, beside a smaller one. */
  async function expired(best: Answer): Promise<ExpiringSite> {
    const site = new ExpiringSite();
    site.list(
      (token) => `<a id="1" href="/o/1.png?token=${token}" data-small="/small/1.png">.</a>`,
    );
    site.answers['/small/1.png'] = await picture(9);
    site.answers['/o/1.png?token=1'] = async (request, response) => {
      await site.walked;
      site.token = 2;
      status(403)(request, response);
    };
    site.answers['/o/1.png?token=2'] = best;
    return site;
  }

  test('the listing is read again first', async () => {
    const site = await expired(bytes(await picture(1)));
    await withTestSite(
      withCandidates,
      () => site.answers,
      async ({ run, origin, storage }) => {
        expect((await run(patient)).ending).toBe('complete');
        expect(await savedAlbum(storage)).toMatchObject([
          { originalUrl: `${origin}/o/1.png?token=2` },
        ]);
      },
    );
  });

  test('where it cannot be read, the photo has failed', async () => {
    const site = await expired(bytes(await picture(1)));
    const list = site.answers['/'] as Answer;
    site.answers['/'] = (request, response) =>
      (site.token === 1 ? list : status(500))(request, response);
    await withTestSite(
      withCandidates,
      () => site.answers,
      async ({ run, origin, asked }) => {
        const { ending, lines } = await run(patient);
        expect(ending).toBe('incomplete');
        expect(lines).toContain(
          `Not saved: 1 (${origin}/o/1.png?token=1): the server answered 403, and it is not known whether it has moved: the site answered 500`,
        );
        expect(asked).not.toContain('/small/1.png');
      },
    );
  });

  test('it wins where the address of today is refused as well', async () => {
    const site = await expired(status(403));
    await withTestSite(
      withCandidates,
      () => site.answers,
      async ({ run, origin, storage }) => {
        expect((await run(patient)).ending).toBe('complete');
        expect(await savedAlbum(storage)).toMatchObject([{ originalUrl: `${origin}/small/1.png` }]);
        expect(site.read).toEqual(['/', '/', '/']);
      },
    );
  });
});
