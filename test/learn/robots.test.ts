import { expect, test } from '@jest/globals';
import { type RobotsRules, robotsRules } from '../../src/learn/robots.js';
import { withServer } from '../helpers/with-server.js';
import { withLook } from './look-at.js';

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
  const paths = ['/foo/%E3%83%84', '/foo/%e3%83%84/', '/baz', '/a[1]', '/100%25', '/b%61z', '/ok'];
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
