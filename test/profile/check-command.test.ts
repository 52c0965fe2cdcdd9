import { readFileSync, writeFileSync } from 'node:fs';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { json } from 'node:stream/consumers';
import { describe, expect, test } from '@jest/globals';
import sharp from 'sharp';
import { runProgram } from '../../src/cli/program.js';
import { RunControl } from '../../src/crawl/run-control.js';
import type { ReplicaOptions } from '../../src/replica/options.js';
import { startReplica } from '../../src/replica/server.js';
import { picture } from '../helpers/escape-site.js';
import { withTemporaryFolder } from '../helpers/temporary-folder.js';
import { withServer } from '../helpers/with-server.js';

const kodakPulse = new URL('../../profiles/kodak-pulse.yaml', import.meta.url);

async function run(words: string[], environment: Record<string, string> = {}) {
  const [out, err] = [new PassThrough(), new PassThrough()];
  const terminal = { in: new PassThrough(), out, err };
  const ending = await runProgram(words, { terminal, environment, control: new RunControl() });
  return { ending, out: String(out.read() ?? ''), err: String(err.read() ?? '') };
}

/** Checks a profile, Kodak Pulse's with a change, against a replica. */
async function check(
  options: ReplicaOptions,
  change: (yaml: string) => string,
  environment: Record<string, string> = {},
  words: string[] = [],
) {
  const replica = await startReplica({ photos: 7, pageSize: 5, ...options });
  try {
    return await withTemporaryFolder((folder) => {
      const file = join(folder, 'mine.yaml');
      writeFileSync(file, change(readFileSync(kodakPulse, 'utf8')));
      const account = { ALBUM_USERNAME: replica.username, ALBUM_PASSWORD: replica.password };
      return run(['check', file, '--url', replica.url, ...words], { ...account, ...environment });
    });
  } finally {
    await replica.close();
  }
}
const asItIs = (yaml: string) => yaml;

/** The replica shows no count of photos; the number of its pages stands in for one. */
const total = (filter: string) => (yaml: string) =>
  yaml.replace(
    'listing:\n',
    `listing:\n  total: { select: .count, filters: [match: '${filter}'] }\n`,
  );

test('a profile that works: how it signed in, rows, fields, the next page, the count, the original', async () => {
  const { ending, out, err } = await check({}, total('of (.+)'));
  expect(ending).toBe('complete');
  expect(err).toBe('Kodak Pulse: the profile works.\n');
  expect(out).not.toContain('✗');
  for (const line of [
    /sign-in +a redirect to http:.*AllPictures/,
    /rows +5 \(img\[src\*="cloudfront"\]\)/,
    /signed out +recognised: it shows the sign-in form/,
    /row 3, uploadedAt +\d{4}-\d\d-\d\dT/,
    /next page +http:.*\?p=2/,
    / {2}seen: pictures +5 that may be photos/,
    / {2}seen: next page +the link “Next »”: http:.*\?p=2/,
    / {2}seen: pages +2, by the link “2”/,
    /total +2, by the site’s own count/,
    /original +image\/jpeg, 800 × 600, \d+ bytes: http/,
    /thumbnail +image\/jpeg, 160 × 120, \d+ bytes: http/,
  ]) {
    expect(out).toMatch(line);
  }
});

test('a row without an own page is no problem where it has another candidate', async () => {
  const own =
    'detail: { attribute: data-own }\n  caption: { on: detail, select: h1 }\n  thumbnail:';
  const { ending, out } = await check({}, (yaml) => yaml.replace('thumbnail:', own));
  expect(out).toMatch(/row 1, detail +not found: it has no data-own/);
  expect(out).not.toContain('✗');
  expect(ending).toBe('complete');
});

describe('what is not found is named, with what stood there', () => {
  test.each<[string, (yaml: string) => string, RegExp]>([
    [
      'a wrong row',
      (yaml) => yaml.replace(/row: .*/, 'row: img.photo'),
      /✗ page +not one photo was recognised \(looked for: img\.photo\), though 5 items/,
    ],
    [
      'a wrong row, and nothing that looks like one',
      (yaml) => yaml.replace(/row: .*/, 'row: figure').replace(/ +looksLike: .*\n/, ''),
      /✗ rows +none found \(looked for: figure\)\. The page says: All Pictures/,
    ],
    [
      'a wrong place of the count',
      total('in all (.+)'),
      /✗ total +not found: the filter "match":"in all \(\.\+\)" leaves nothing of “page 1 of 2”/,
    ],
    [
      'a wrong attribute',
      (yaml) => yaml.replace('id: { attribute: src', 'id: { attribute: data-id'),
      /and 2 more\n✗ row 1, id +not found: it has no data-id: <img src="http/,
    ],
    [
      'a wrong expression',
      (yaml) => yaml.replace("~t~', with", "~thumb~', with"),
      /✗ row 1, original +not found: the filter "replace":.*~thumb~.* leaves nothing of “http/,
    ],
    [
      'a thumbnail for an original',
      (yaml) => yaml.replace(/(- { from: thumbnail), filters: .*/, '$1 }'),
      /thumbnail +it is the original itself/,
    ],
    [
      'an original that is not there',
      (yaml) => yaml.replace('~a~ }', '~x~ }'),
      /✗ original +http.*~x~.*: the server answered 404/,
    ],
    [
      'a form that is not there',
      (yaml) => yaml.replace(/form: form.*/, 'form: form#in'),
      /✗ sign-in +There is no sign-in form on http.*\(looked for: form#in\)/,
    ],
  ])('%s', async (what, change, line) => {
    const { ending, out } = await check({}, change);
    expect(out).toMatch(line);
    expect(ending === 'complete').toBe(what === 'a thumbnail for an original');
  });

  test('a wrong password: the site’s own words, and code 4', async () => {
    const { ending, out } = await check({}, asItIs, { ALBUM_PASSWORD: 'wrong-word' });
    expect(ending).toBe('signIn');
    expect(out).toMatch(/^✗ sign-in +Kodak Pulse refused the sign-in: “Sign in was unsuccessful/);
    expect(out).not.toContain('wrong-word');
  });

  test('a page for those who are signed out', async () => {
    const { ending, out } = await check({}, asItIs, { ALBUM_COOKIE: 'session=old' });
    expect(ending).toBe('usage');
    expect(out).toMatch(/✗ page +http.* is a page for signed-out visitors: it shows the sign-in/);
  });

  test('an album without photos', async () => {
    const { ending, out } = await check({ photos: 0 }, asItIs);
    expect(ending).toBe('usage');
    expect(out).toMatch(/✗ rows +none found .*The page says: All Pictures/);
    expect(out).toMatch(/✗ photos +none was found/);
  });

  test('a site that cannot be reached ends with code 5', async () => {
    const words = ['check', 'lazygal', '--url', 'http://127.0.0.1:1/'];
    const { ending, err } = await run(words);
    expect(ending).toBe('later');
    expect(err).toMatch(/^http:\/\/127\.0\.0\.1:1\/ cannot be reached: /);
  });
});

/** Checks a profile whose photos have pages of their own. */
function checkOwnPage(rules: string, ownPage: string) {
  const image = picture(1);
  const answers: Record<string, string> = { '/': '<a href="/own">1</a>', '/own': ownPage };
  return withServer(
    async ({ url = '' }, response) => {
      const page = answers[url];
      if (page === undefined) response.end(await image);
      else response.setHeader('content-type', 'text/html').end(page);
    },
    (origin) =>
      withTemporaryFolder((folder) => {
        const file = join(folder, 'mine.yaml');
        writeFileSync(
          file,
          `{ name: t, title: T, signIn: { by: none }, item: { row: a, id: {}, detail: { attribute: href }, ${rules} } }`,
        );
        return run(['check', file, '--url', origin]);
      }),
  );
}

test('a photo’s own page is told of as a row is: what stood there, which filter left nothing', async () => {
  const { ending, out } = await checkOwnPage(
    `title: { on: detail, select: h1, filters: [match: 'No (.+)'] },
     caption: { on: detail, select: .caption },
     original: [{ on: detail, select: .big, attribute: href }, { on: detail, select: img, attribute: src }]`,
    '<h1>Lake</h1><a class="big">full size</a><img src="/1">',
  );
  expect(out).toMatch(/own page, title +not found: the filter "match":"No \(\.\+\)" .*of “Lake”/);
  expect(out).toMatch(/own page, caption +not found: there is no \.caption in the page/);
  expect(out).toMatch(/^ {2}own page, original 1 +not found: it has no href: <a class="big">/m);
  expect(out).toMatch(/own page, original 2 +http.*\/1/);
  expect(out).toMatch(/own page +http.*\/own says: Lake ?full size/);
  expect(ending).toBe('complete');
});

test('that an own page leads to no original is a problem', async () => {
  const { ending, out } = await checkOwnPage(
    'original: [{ on: detail, select: .big, attribute: href }]',
    '<a class="big">full size</a>',
  );
  expect(out).toMatch(/^✗ own page, original +not found: it has no href: <a class="big">/m);
  expect(ending).toBe('usage');
});

/** An album for those who send a cookie; others get what the test says. */
function checkClosedAlbum(signedOut: (response: ServerResponse) => unknown, signedOutRule = '{}') {
  const image = picture(1);
  let asked = 0;
  return withServer(
    async ({ url, headers }, response) => {
      if (url !== '/') response.end(await image);
      else {
        asked += 1;
        if (headers.cookie === undefined) signedOut(response);
        else response.setHeader('content-type', 'text/html').end('<img src="/1"><img src="/2">');
      }
    },
    (origin) =>
      withTemporaryFolder(async (folder) => {
        const file = join(folder, 'mine.yaml');
        writeFileSync(
          file,
          `{ name: t, title: T, signIn: { by: pasted, signedOut: ${signedOutRule} }, item: { row: img, id: { attribute: src }, original: [{ attribute: src }] } }`,
        );
        const told = await run(['check', file, '--url', origin], { ALBUM_COOKIE: 'session=1' });
        expect(asked).toBe(2);
        return told;
      }),
  );
}

describe('a page for signed-out visitors that the profile would not recognise', () => {
  const page = (html: string) => (response: ServerResponse) =>
    response.setHeader('content-type', 'text/html').end(html);

  test.each<[string, (response: ServerResponse) => unknown, RegExp]>([
    [
      'by its text',
      page('<h1>Welcome, guest</h1>'),
      /without cookies the site shows 0 of 2 photos, .*Add signIn\.signedOut\.select, .*It says: Welcome, guest/,
    ],
    ['with a part of the album', page('<img src="/1">'), /shows 1 of 2 photos/],
    [
      'by its status',
      (response) => response.writeHead(403).end('No'),
      /Add signIn\.signedOut: \{ status: \[403\] \}/,
    ],
    [
      'by where it leads',
      (response) => response.writeHead(302, { location: '/welcome' }).end(),
      /Add signIn\.signedOut\.redirect, an expression for http.*\/welcome/,
    ],
  ])('%s is named, with what to do', async (_what, signedOut, warning) => {
    const { ending, out, err } = await checkClosedAlbum(signedOut);
    expect(out).toMatch(/^! signed out +not recognised: /m);
    expect(out).toMatch(warning);
    expect(err).toContain('the profile works. What is marked ! above may go wrong in a run.');
    expect(ending).toBe('complete');
  });

  test.each<[string, (response: ServerResponse) => unknown, RegExp]>([
    ['one that it recognises', page('<h1>Welcome</h1>'), /signed out +recognised: it has h1/],
    ['an album for everyone', page('<img src="/1"><img src="/2">'), /same photos to everyone/],
    ['an error of the server', (response) => response.writeHead(503).end(), /not known: .* 503/],
  ])('but not %s', async (_what, signedOut, told) => {
    const { out, err } = await checkClosedAlbum(signedOut, '{ select: h1 }');
    expect(out).toMatch(told);
    expect(err).toBe('T: the profile works.\n');
  });
});

test('each kind of item has its rows, an own page and an original shown', async () => {
  const page = JSON.stringify({
    name: 'Summer',
    events: [
      { type: 'photo', at: '2016', files: { folder: 'a b', name: '1.png' } },
      { type: 'nap', at: '2017' },
      { type: 'film', page: '/film' },
    ],
  });
  const rules = `
name: t
title: T
signIn: { by: none }
listing: { title: { select: $.name } }
item:
  - row: $.events[*]
    where: { select: $.files }
    id: { select: $.files.name }
    original: [{ select: $.none }]
  - row: $.events[*]
    where: { select: $.type, filters: [match: photo] }
    id: [{ select: $.none }, { select: $.files.name }]
    original:
      - { parts: { a: { select: $.files.folder }, b: { select: $.files.name } }, address: '/{a}/{b}' }
    date: { of: page, select: $.year }
  - row: $.events[*]
    where: [{ select: $.none }, { select: $.page }]
    id: { select: $.page }
    detail: { select: $.page }
    original: [{ on: detail, select: video, attribute: src }]
    caption: [{ on: detail, select: p }, { on: detail, select: h1 }]
`;
  const answers: Record<string, string | Buffer> = {
    '/': page,
    '/a%20b/1.png': await picture(1),
    '/film': '<h1>Lake</h1><video src="/film.png"></video>',
    '/film.png': await picture(2),
  };
  const { ending, out } = await withServer(
    ({ url = '' }, response) => response.end(answers[url]),
    (origin) =>
      withTemporaryFolder(async (folder) => {
        const file = join(folder, 'mine.yaml');
        writeFileSync(file, rules);
        return run(['check', file, '--url', origin]);
      }),
  );
  for (const line of [
    /^ *item 1 +no row \(\$\.events\[\*\]\)$/m,
    /^ *item 2 +rows: 1 /m,
    /^ *item 2, row 1, id +1\.png$/m,
    /^ *item 2, row 1, date +not found: there is no \$\.year in \{"name":"Summer"/m,
    /^ *item 2, row 1, original +http:.*\/a%20b\/1\.png$/m,
    /^ *item 3, row 1, original +on the photo’s own page$/m,
    /^ *other rows +1 in which item\.where finds nothing; the first: \{"type":"nap"/m,
    /^ *title +Summer$/m,
    /^ *original +image\/png.*1\.png$/m,
    /^ *own page, caption +Lake$/m,
    /^ *original +image\/png.*film\.png$/m,
  ]) {
    expect(out).toMatch(line);
  }
  expect(ending).toBe('complete');
});

test('a page is kept without what opens the site, and checked without asking it', async () => {
  await withTemporaryFolder(async (folder) => {
    const kept = join(folder, 'page.html');
    await check({}, asItIs, {}, ['--save', kept]);
    const page = readFileSync(kept, 'utf8');
    expect(page).toContain('cloudfront');
    expect(page).not.toMatch(/type="hidden"[^>]*value="[^"]/);

    const { ending, out } = await run(['check', 'kodak-pulse', '--page', kept]);
    expect(ending).toBe('complete');
    expect(out).toMatch(/row 1, original +http.*~a~/);
    expect(out).toMatch(/next page +https:\/\/www\.kodakpulse\.com\/Frame\/AllPictures\?p=2/);
  });
});

test('a saved page that is signed out is told as one', async () => {
  await withTemporaryFolder(async (folder) => {
    const kept = join(folder, 'page.html');
    writeFileSync(kept, '<form><input name="username"><input name="password"></form>');
    const { ending, out } = await run(['check', 'kodak-pulse', '--page', kept]);
    expect(ending).toBe('usage');
    expect(out).toContain('is a page for signed-out visitors: it shows the sign-in form');
  });
});

test('the built-in profiles are listed, and apart from them the starting points for others', async () => {
  const { ending, out } = await run(['profiles']);
  const [builtIn = '', startingPoints = ''] = out.split(/\n\nStarting points .*: copy .*\n/);
  expect(builtIn).not.toContain('day-care-feed');
  expect(startingPoints).toMatch(
    /^day-care-feed +A day-care.*\n +\/.*\/templates\/day-care-feed\.yaml$/m,
  );
  expect(ending).toBe('complete');
  expect(out).toMatch(/^kodak-pulse +Kodak Pulse, https:\/\/www\.kodakpulse\.com\/, signs in by/m);
  expect(out).toMatch(/^lazygal +lazygal, at ALBUM_URL, open to all$/m);
});

test.each([
  [['check', 'mediawiki'], 'ALBUM_URL (or --url) is not set'],
  [['check', 'mediawiki'], 'ALBUM_USERNAME (or --username) is not set'],
  [['check', './nowhere.yaml'], 'there is no such file'],
  [['check', 'lazygal', '--page', './nowhere.html'], 'The page ./nowhere.html cannot be read'],
  [
    ['check', 'lazygal', '--cookie-stdin', '--token-stdin', '--url', 'http://a.test/'],
    'takes only one of --cookie-stdin and --token-stdin',
  ],
])('%j says what is missing', async (words, message) => {
  const { ending, err } = await run(words);
  expect(ending).toBe('usage');
  expect(err).toContain(message);
});

test('levels, windows and what is posted are shown, up to the first window with photos', async () => {
  const yaml = `
name: mine
title: Mine
signIn: { by: none }
listing:
  start: /children
  albums:
    row: $[*]
    values: { child: { select: $.id } }
    address: /photos
    title: { select: $.name }
    listing:
      post: { reads: true, json: { of: '{child}', since: '{from}' } }
      next: { by: window, from: 2015-01-01, until: 2015-12-31 }
item: { row: '$[*]', id: { select: $.id }, original: [{ select: $.src }], sender: { from: '{child}' } }
`;
  const file = await picture(1);
  const answer = async (request: IncomingMessage, response: ServerResponse) => {
    const { url, method } = request;
    if (url === '/1.png') return response.setHeader('content-type', 'image/png').end(file);
    if (method === 'GET') return response.end('[{"id":"a 1","name":"Ada"},{"id":2,"name":"Ben"}]');
    const { of, since } = (await json(request)) as Record<string, string>;
    const isShown = of === 'a 1' && since === '2015-03-01';
    return response.end(isShown ? '[{"id":1,"src":"/1.png"}]' : '[]');
  };
  await withServer(answer, (origin) =>
    withTemporaryFolder(async (folder) => {
      const path = join(folder, 'mine.yaml');
      writeFileSync(path, yaml);
      const { ending, out } = await run(['check', path, '--url', origin]);
      for (const line of [
        /albums +2 \(\$\[\*\]\)/,
        /album +Ada: http:.*\/photos with child “a 1”/,
        /window +http:.*\/photos with child “a 1”, from “2015-03-01”/,
        /posted +\{"of":"a 1","since":"2015-03-01"\}/,
        /row 1, sender +a 1/,
        /next page +http:.*\/photos with child “a 1”, from “2015-04-01”/,
      ]) {
        expect(out).toMatch(line);
      }
      expect(ending).toBe('complete');
    }),
  );
});

/** Checks a profile on photos of such sides in pixels, beside thumbnails of 40. */
function checkSides(sides: readonly number[]) {
  const rows = sides.map((side) => `<a href="/${side}"><img src="/40"></a>`).join('');
  return withServer(
    async ({ url = '' }, response) => {
      if (url === '/') response.setHeader('content-type', 'text/html').end(rows);
      else {
        const side = Number(url.slice(1));
        const create = { width: side, height: side, channels: 3, background: 'teal' } as const;
        response.end(await sharp({ create }).png().toBuffer());
      }
    },
    (origin) =>
      withTemporaryFolder((folder) => {
        const file = join(folder, 'mine.yaml');
        writeFileSync(
          file,
          '{ name: t, title: T, signIn: { by: none }, item: { row: a, id: { attribute: href }, thumbnail: { select: img, attribute: src }, original: [{ attribute: href }] } }',
        );
        return run(['check', file, '--url', origin]);
      }),
  );
}

test('a tiny photo may be smaller than its thumbnail; where all that are tried are, the profile is wrong', async () => {
  const tiny = await checkSides([8, 9, 90, 91]);
  expect(tiny.out.match(/thumbnail .*larger than what the profile takes/g)).toHaveLength(2);
  expect(tiny.out).not.toContain('✗');
  expect(tiny.ending).toBe('complete');
  const wrong = await checkSides([8, 9, 10, 90]);
  expect(wrong.out).toMatch(/^✗ thumbnail .*larger than what the profile takes/m);
  expect(wrong.ending).toBe('usage');
});
