import type { RequestListener, ServerResponse } from 'node:http';
import { describe, expect, test } from '@jest/globals';
import { type RobotsRules, robotsRules } from '../../src/learn/robots.js';
import { runProgram } from '../helpers/run-program.js';
import { withTemporaryFolder } from '../helpers/temporary-folder.js';
import { withServer } from '../helpers/with-server.js';
import { gallery } from './gallery.js';
import { withLook } from './look-at.js';

describe('robots.txt', () => {
  /** Reads a robots.txt that a server sends. */
  function read<Result>(
    robots: string,
    work: (rules: RobotsRules, origin: string) => Result,
    status = 200,
  ): Promise<Result> {
    return withServer(
      (request, response) => {
        if (request.url !== '/robots.txt') response.writeHead(500).end();
        else response.writeHead(status, { 'content-type': 'text/plain' }).end(robots);
      },
      (origin) =>
        withLook(`${origin}/albums/`, async ({ look }) =>
          work(await robotsRules(`${origin}/albums/`, look), origin),
        ),
    );
  }

  /** Which of the paths a robots.txt allows. */
  function allowed(robots: string, paths: readonly string[], status?: number): Promise<string[]> {
    return read(
      robots,
      ({ isAllowed }, origin) => paths.filter((path) => isAllowed(origin + path)),
      status,
    );
  }

  test('the longest rule counts, and of two as long the one that allows (RFC 9309, 5.1)', async () => {
    const robots = `User-Agent: *
Disallow: *.gif$
Disallow: /example/
Allow: /publications/

User-Agent: photo-escape
Disallow:/
Allow:/example/page.html
Allow:/example/allowed.gif
Disallow: /example/page.html`;
    const paths = ['/example/page.html', '/example/allowed.gif', '/publications/', '/other'];
    expect(await allowed(robots, paths)).toEqual(['/example/page.html', '/example/allowed.gif']);
  });

  test('groups of one name are one, and other records do not end a group (2.2.1, 2.2.4)', async () => {
    const robots = `user-agent: PHOTO-ESCAPE
disallow: /a
Sitemap: https://example.com/sitemap.xml
User-agent: *
Sitemap: /b
User-agent: Photo-Escape/0.1   # a version
Disallow: /b # and more`;
    expect(await allowed(robots, ['/a/1', '/b', '/c'])).toEqual(['/c']);
    const grouped = 'User-agent: photo-escape\nSitemap: /s\nUser-agent: other\nDisallow: /';
    expect(await allowed(grouped, ['/a'])).toEqual([]);
  });

  test('percent-encoding is compared as in section 2.2.2, also of brackets and letters', async () => {
    const robots = `User-agent: *
Disallow: /foo/bar/U+E38384
Disallow: /foo/ツ
Disallow: /b%61z
Disallow: /a[1]
Disallow: /100%25`;
    const paths = [
      '/foo/%E3%83%84',
      '/foo/%e3%83%84/',
      '/baz',
      '/a[1]',
      '/100%25',
      '/b%61z',
      '/ok',
    ];
    expect(await allowed(robots, paths)).toEqual(['/ok']);
  });

  test('wildcards, queries and line ends of all kinds', async () => {
    const robots = '\uFEFFUser-agent: *\rDisallow: /*?*print=\r\nDisallow: /x$\nAllow: /x$';
    expect(await allowed(robots, ['/a?b&print=1', '/x', '/xy'])).toEqual(['/x', '/xy']);
  });

  test('a missing robots.txt allows all, one that cannot be had forbids all but itself', async () => {
    const robots = 'User-agent: *\nDisallow: /';
    for (const status of [401, 403, 404, 410]) {
      expect(await allowed(robots, ['/a'], status)).toEqual(['/a']);
    }
    expect(await allowed('', ['/a', '/robots.txt'], 503)).toEqual(['/robots.txt']);
    await read(robots, ({ isAllowed }, origin) => {
      expect(isAllowed(`${origin}/robots.txt`)).toBe(true);
      expect(isAllowed('https://images.example/1.jpg')).toBe(true);
    });
  });

  test.each([
    ['User-agent: *\nCrawl-delay: 2.5', 2.5],
    ['User-agent: *\nCrawl-delay: 2\nUser-agent: photo-escape\nCrawl-delay: 10', 10],
    ['User-agent: *\nCrawl-delay: 86400', 3600],
  ])('asks for a delay: %j', async (robots, rule) => {
    const { rules } = await read(robots, (all) => all);
    expect(rules).toMatchObject([{ place: 'limits.delay', rule }]);
  });

  test.each([
    'User-agent: other\nCrawl-delay: 9',
    'User-agent: *\nCrawl-delay: 0',
    'User-agent: *\nCrawl-delay: soon',
    '<!doctype html><title>Not found</title>',
  ])('asks for none: %j', async (robots) => {
    expect((await read(robots, (all) => all)).rules).toEqual([]);
  });
});

describe('a polite visit', () => {
  /** Answers some requests in its own way; returns whether it did. */
  type Answer = (path: string, response: ServerResponse) => boolean;

  /** Learns the gallery, with a robots.txt or other answers of its own. */
  async function learn(own: Answer, words: readonly string[] = []) {
    const requests: { path: string; at: number }[] = [];
    const answer = gallery();
    const listener: RequestListener = (request, response) => {
      const { url: path = '/' } = request;
      requests.push({ path, at: performance.now() });
      if (!own(path, response)) answer(request, response);
    };
    let end = { code: 0 as number | null, out: '', err: '' };
    await withTemporaryFolder((cwd) =>
      withServer(listener, async (origin) => {
        end = await runProgram(['learn', `${origin}/album`, ...words], { cwd });
      }),
    );
    return { ...end, requests, paths: requests.map(({ path }) => path) };
  }

  const robots =
    (text: string): Answer =>
    (path, response) => {
      if (path !== '/robots.txt') return false;
      response.setHeader('content-type', 'text/plain').end(text);
      return true;
    };

  /** The first answers to a path are these; then come the site's own. */
  function first(path: string, answers: readonly [number, string][]): Answer {
    const left = [...answers];
    return (requested, response) => {
      const [status, wait] = (requested === path ? left.shift() : undefined) ?? [];
      if (status === undefined || wait === undefined) return false;
      response.writeHead(status, { 'retry-after': wait }).end('later');
      return true;
    };
  }

  test('the delay of robots.txt is kept while learning, and in the trial', async () => {
    const { code, err, out, requests } = await learn(robots('User-agent: *\nCrawl-delay: 0.1'));
    expect(err).toContain('asks for 0.1 seconds between two requests: this may take 1 minutes');
    expect(out).toMatch(/^ {2}delay: 0\.1$/m);
    expect(code).toBe(0);
    const [start = Number.NaN, ...others] = requests.map(({ at }) => at);
    for (const [index, at] of others.entries())
      expect(at - start).toBeGreaterThan((index - 2) * 100);
  });

  test('a pause that the site asks for is waited out, and the same page requested again', async () => {
    const { code, err, requests } = await learn(first('/album?page=2', [[429, '1']]));
    expect([code, err]).toEqual([0, expect.stringContaining('the profile works')]);
    const asked = requests.findIndex(({ path }) => path === '/album?page=2');
    const [before, after] = [requests[asked], requests[asked + 1]];
    expect(after?.path).toBe('/album?page=2');
    expect(Number(after?.at) - Number(before?.at)).toBeGreaterThan(990);
  });

  test('a pause that is too long to wait for ends it at once, with code 5', async () => {
    const { code, err, paths } = await learn(first('/album', [[503, '7200']]));
    expect([code, err]).toEqual([5, expect.stringMatching(/asks to come back in 120 minutes/)]);
    expect(paths.filter((path) => path === '/album')).toHaveLength(1);
  });

  test('a site that keeps refusing for too many requests is left, rather than half learned', async () => {
    const never = Array.from({ length: 9 }, (): [number, string] => [429, '0']);
    const { code, err, out } = await learn(first('/album?page=2', never));
    expect([code, err, out]).toEqual([5, expect.stringContaining('answered 429'), '']);
  });

  test('a page that stays out of order is named, since what it would say is not known', async () => {
    const never = Array.from({ length: 9 }, (): [number, string] => [503, '0']);
    const { code, err } = await learn(first('/album?page=2', never));
    expect(code).toBe(2);
    expect(err).toMatch(/! request +.*\/album\?page=2 could not be read: the site answered 503/);
  });

  test('where robots.txt forbids the album itself, the person’s own wish counts', async () => {
    const { code, err } = await learn(robots('User-agent: *\nDisallow: /'));
    expect(err).toMatch(/robots\.txt +does not let programs visit the album, or could not be had/);
    expect([code, err]).toEqual([0, expect.stringContaining('the profile works')]);
  });

  test('what else it forbids is left alone, and said, unless it is told not to', async () => {
    const forbidding = robots('User-agent: *\nDisallow: /large/');
    const refused = await learn(forbidding);
    expect(refused.paths.filter((path) => path.startsWith('/large/'))).toEqual([]);
    expect(refused.code).toBe(2);
    expect(refused.err).toMatch(/robots\.txt forbids them, such as .*\/large\/.*--ignore-robots/);
    const told = await learn(forbidding, ['--ignore-robots']);
    expect([told.code, told.err]).toEqual([0, expect.stringContaining('the profile works')]);
  });

  test('a site that cannot be reached ends with code 5, not with a word of robots.txt', async () => {
    const { code, err } = await learn((_path, response) => {
      response.destroy();
      return true;
    });
    expect([code, err]).toEqual([5, expect.stringMatching(/\/album cannot be reached/)]);
    expect(err).not.toContain('robots');
  });
});
