import { expect, test } from '@jest/globals';
import { runProgram } from '../helpers/run-program.js';
import { withTemporaryFolder } from '../helpers/temporary-folder.js';
import { withServer } from '../helpers/with-server.js';

const password = 'Sommer-2016!x';
const fields = '<input name="user"><input name="word" type="password"><button>Sign in</button>';
const script = '<script src="/app.js"></script>';

/** Learns a site of one page, for everyone the same. */
async function learn(html: string, env: Record<string, string> = {}) {
  const requests: string[] = [];
  let end = { code: 0 as number | null, out: '', err: '' };
  await withTemporaryFolder((cwd) =>
    withServer(
      (request, response) => {
        requests.push(`${request.method} ${request.url}`);
        const isPage = request.url === '/album';
        response.writeHead(isPage ? 200 : 404, { 'content-type': 'text/html' });
        response.end(isPage ? `<title>Ours</title>${html}` : 'none');
      },
      async (origin) => {
        const words = ['learn', `${origin}/album`, '--verbose'];
        end = await runProgram(words, { cwd, env });
      },
    ),
  );
  return { ...end, requests };
}

const account = { ALBUM_USERNAME: 'anna@example.com', ALBUM_PASSWORD: password };

test.each<[string, string, Record<string, string>]>([
  ['a form without an address', `<form id="in">${fields}</form>${script}`, account],
  ['a form that would be sent by GET', `<form action="/in" method="get">${fields}</form>`, account],
  ['fields without a form', `<div id="in">${fields}</div>${script}`, account],
  ['such a form, without an account', `<form id="in">${fields}</form>${script}`, {}],
])('a sign-in by a script is not tried, and what to do is said: %s', async (_what, html, env) => {
  const { code, out, err, requests } = await learn(html, env);
  expect(code).toBe(2);
  expect(err).toMatch(/missing +signIn: .*works without the page's scripts\n/);
  expect(err).toMatch(
    /learn -- http:\S+\/album --har visit\.har.*“Preserve log”.*“Save All As HAR”/,
  );
  expect(out).toContain('# MISSING: signIn: ');
  expect(requests.every((one) => /^GET \/[^?]*$/.test(one))).toBe(true);
  for (const secret of Object.values(env))
    expect(requests.join() + err + out).not.toContain(secret);
});

test('a page that its scripts write is told from one without photos', async () => {
  const app = await learn(`<div id="root"></div>${script}`);
  expect([app.code, app.err]).toEqual([2, expect.stringMatching(/its scripts.*--har visit\.har/s)]);
  const text = await learn(`<p>${'It rained. '.repeat(60)}</p>${script}`);
  expect([text.code, text.err]).toEqual([2, expect.not.stringContaining('--har')]);
});
