import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { text } from 'node:stream/consumers';
import { expect, test } from '@jest/globals';
import { runProgram } from '../../src/cli/program.js';
import { RunControl } from '../../src/crawl/run-control.js';
import { picture } from '../helpers/escape-site.js';
import { withTemporaryFolder } from '../helpers/temporary-folder.js';
import { withServer } from '../helpers/with-server.js';

const profile = `name: coded
title: Coded
signIn:
  by: steps
  steps:
    - { get: /ticket, take: { ticket: { header: X-Ticket } } }
    - { post: /in, json: { ticket: '{ticket}', code: '{code}' }, take: { token: { select: $.token } } }
  headers: { Authorization: 'Bearer {token}' }
item: { row: img, id: { attribute: src }, original: [{ attribute: src }] }
`;

interface Call {
  environment?: Record<string, string>;
  /** What a person types when asked; without it there is no terminal. */
  typed?: string;
}

/** Checks the profile on a site that signs in with the code 123456. */
function check({ environment = {}, typed }: Call) {
  const image = picture(1);
  return withServer(
    async (request, response) => {
      const { url, headers } = request;
      if (url === '/ticket') response.setHeader('x-ticket', 't-1').end();
      else if (url === '/in') {
        const isRight = (await text(request)) === '{"ticket":"t-1","code":"123456"}';
        response.writeHead(isRight ? 200 : 401).end(isRight ? '{"token":"t0ken-0f-c0de"}' : '{}');
      } else if (headers.authorization === undefined) response.writeHead(401).end();
      else if (url === '/1') response.end(await image);
      else response.setHeader('content-type', 'text/html').end('<img src="/1">');
    },
    (origin) =>
      withTemporaryFolder(async (folder) => {
        const file = join(folder, 'coded.yaml');
        writeFileSync(file, profile);
        const isTTY = typed !== undefined;
        const [input, out, err] = [new PassThrough(), new PassThrough(), new PassThrough()];
        let shown = '';
        err.on('data', (chunk) => {
          const isAsked = !shown.includes('One-time code') && `${chunk}`.includes('One-time code');
          shown += chunk;
          // The prompt listens once it has drawn itself.
          if (isAsked) setImmediate(() => input.write(typed));
        });
        const terminal = {
          in: Object.assign(input, { isTTY }),
          out,
          // A prompt ends the stream that it draws on; those of a process stay open.
          err: Object.assign(err, { isTTY, end: () => err }),
        };
        const ending = await runProgram(['check', file, '--url', origin], {
          ...{ terminal, environment, control: new RunControl() },
        });
        return { ending, shown, out: String(out.read() ?? '') };
      }),
  );
}

test('the code of the setting is used, and each step of the sign-in is told', async () => {
  const { ending, out } = await check({ environment: { ALBUM_CODE: ' 123456 ' } });
  expect(out).toMatch(/^ {2}sign-in, step 1 +GET \/ticket answered 200, with ticket$/m);
  expect(out).toMatch(/^ {2}sign-in, step 2 +POST \/in answered 200, with token$/m);
  expect(out).not.toContain('t0ken');
  expect(ending).toBe('complete');
});

test('a terminal asks for a missing one, and does not show it', async () => {
  const { ending, shown } = await check({ typed: '123456\r' });
  expect(shown).toContain('One-time code for Coded:');
  expect(shown).not.toContain('123456');
  expect(ending).toBe('complete');
});

test('Ctrl-C in its place stops the program', async () => {
  expect((await check({ typed: '\x03' })).ending).toBe('interrupted');
});

test('without a terminal it is asked for before anything is requested', async () => {
  const { ending, shown } = await check({});
  expect(ending).toBe('usage');
  expect(shown).toBe('ALBUM_CODE is not set; it takes the one-time code that the site asks for\n');
});

test('one that is wrong ends with code 4 and what to do', async () => {
  const { ending, out } = await check({ environment: { ALBUM_CODE: '000000' } });
  expect(ending).toBe('signIn');
  expect(out).toMatch(/✗ sign-in +Coded refused step 2 .* run the same command again with a new/);
});
