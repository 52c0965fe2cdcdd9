import type { IncomingMessage, ServerResponse } from 'node:http';
import { describe, expect, test } from '@jest/globals';
import { type Answer, type Answers, picture, withTestSite } from '../helpers/escape-site.js';
import { withOtherHost } from '../helpers/other-host.js';
import { profileOf } from '../profile/profile-of.js';

const rest = `
listing: {}
item:
  row: img
  id: { attribute: src }
  original: [{ attribute: src }]`;
const open = profileOf(`signIn: { by: none }${rest}`);
const basic = profileOf(`signIn: { by: basic }${rest}`);

const authorization = `Basic ${Buffer.from('anna:s3cret').toString('base64')}`;
const isAuthorized = ({ headers }: IncomingMessage) => headers.authorization === authorization;

function refuse(response: ServerResponse, challenge = 'Basic realm="Family"'): void {
  response.writeHead(401, { 'www-authenticate': challenge }).end('<h1>401</h1>');
}

/** Answers only those who send the user name and the password. */
function closed(answer: string | Buffer, challenge?: string): Answer {
  return (request, response) => {
    const type = typeof answer === 'string' ? 'text/html' : 'image/png';
    if (isAuthorized(request)) response.setHeader('content-type', type).end(answer);
    else refuse(response, challenge);
  };
}

const photos = '<img src="/0.png"><img src="/1.png">';

test.each([
  ['asks for it', open],
  ['is known to ask for it', basic],
])('an album that %s is saved with the user name and the password', async (_name, profile) => {
  const [first, second] = await Promise.all([picture(0), picture(1)]);
  const answers = (): Answers => ({
    '/': closed(photos),
    '/0.png': closed(first),
    '/1.png': closed(second),
  });
  await withTestSite(profile, answers, async ({ run }) => {
    const { ending, lines } = await run();
    expect(ending).toBe('complete');
    expect(lines.at(-1)).toBe('saved 2 · already had 0 · failed 0 · listed 2');
    expect(lines.join('\n')).not.toContain('s3cret');
  });
});

test('originals alone may be behind it', async () => {
  const original = await picture(0);
  const answers = () => ({ '/': '<img src="/0.png">', '/0.png': closed(original) });
  await withTestSite(open, answers, async ({ run }) => {
    expect((await run()).ending).toBe('complete');
  });
});

test('it may stand in front of a form', async () => {
  const original = await picture(0);
  const profile = profileOf(`
signIn:
  by: form
  page: /in
  form: form
  fields: { user: '{username}', word: '{password}' }
  proof: redirect${rest}`);
  const form = '<form method="post"><input name="user"><input name="word"></form>';
  const answers = (): Answers => ({
    '/in': (request, response) => {
      if (!isAuthorized(request)) refuse(response);
      else if (request.method === 'GET') response.end(form);
      else response.writeHead(302, { location: '/', 'set-cookie': 'sid=1; Path=/' }).end();
    },
    '/': (request, response) => {
      if (!isAuthorized(request)) refuse(response);
      else response.end(request.headers.cookie === 'sid=1' ? '<img src="/0.png">' : form);
    },
    '/0.png': closed(original),
  });
  await withTestSite(profile, answers, async ({ run }) => {
    expect((await run()).ending).toBe('complete');
  });
});

describe.each([
  ['an open album', open],
  ['an album known to ask for it', basic],
])('%s', (_name, profile) => {
  test('is a sign-in that needs a person where nothing is known, by the realm', async () => {
    await withTestSite(
      profile,
      () => ({ '/': closed(photos) }),
      async ({ run }) => {
        const { ending, lines } = await run({ credentials: { username: '', password: '' } });
        expect(ending).toBe('signIn');
        expect(lines.join('\n')).toMatch(/“Family”.*Set ALBUM_USERNAME and ALBUM_PASSWORD/);
      },
    );
  });

  test('is refused with a wrong password, asked once', async () => {
    await withTestSite(
      profile,
      () => ({ '/': closed(photos) }),
      async ({ run, asked }) => {
        const { ending, lines } = await run({
          credentials: { username: 'anna', password: 'wr0ng-word' },
        });
        expect(ending).toBe('signIn');
        expect(lines.join('\n')).toMatch(/“Family”.*Check ALBUM_USERNAME and ALBUM_PASSWORD/);
        expect(lines.join('\n')).not.toContain('wr0ng-word');
        expect(asked.length).toBeLessThanOrEqual(2);
      },
    );
  });
});

test('Digest alone is said to be unknown', async () => {
  const answers = () => ({ '/': closed(photos, 'Digest realm="Old", nonce="x"') });
  await withTestSite(open, answers, async ({ run }) => {
    const { ending, lines } = await run();
    expect(ending).toBe('signIn');
    expect(lines.join('\n')).toMatch(/HTTP digest, for “Old”.*ALBUM_COOKIE/);
  });
});

test('another host that asks for it gets neither name nor password', () =>
  withOtherHost(
    (response) => refuse(response),
    (other, seen) => {
      const away: Answer = (request, response) => {
        if (isAuthorized(request)) response.writeHead(302, { location: `${other}/to.png` }).end();
        else refuse(response);
      };
      const page = closed(`<img src="${other}/0.png"><img src="/away.png">`);
      return withTestSite(
        open,
        () => ({ '/': page, '/away.png': away }),
        async ({ run }) => {
          expect((await run()).ending).toBe('incomplete');
          expect(seen.map(({ url }) => url)).toEqual(expect.arrayContaining(['/0.png', '/to.png']));
          for (const { headers } of seen) expect(headers).not.toHaveProperty('authorization');
        },
      );
    },
  ));
