import { writeFileSync } from 'node:fs';
import type { ServerResponse } from 'node:http';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { expect, test } from '@jest/globals';
import { picture } from './helpers/escape-site.js';
import { runProgram } from './helpers/run-program.js';
import { withTemporaryFolder } from './helpers/temporary-folder.js';
import { withServer } from './helpers/with-server.js';

const profile = `name: site
title: A site
signIn: { by: none }
item:
  row: li
  id: { select: img, attribute: src }
  original: [{ select: img, attribute: src }]
`;

/** Saves a site of one photo, whose answers are written as the test says, with one second's patience. */
function saveWithPatience(write: (response: ServerResponse, bytes: Buffer) => Promise<void>) {
  return withTemporaryFolder(async (cwd) => {
    writeFileSync(join(cwd, 'site.yaml'), profile);
    const bytes = await picture(1);
    const page = Buffer.from('<ul><li><img src="/a.png"></ul>');
    return withServer(
      (request, response) => {
        const isPage = request.url === '/';
        response.setHeader('content-type', isPage ? 'text/html' : 'image/png');
        void write(response, isPage ? page : bytes);
      },
      (origin) =>
        runProgram(['--profile', './site.yaml', '--url', origin, '--timeout', '1'], { cwd }),
    );
  });
}

test('what takes longer than the timeout, and never falls silent for so long, is read to its end', async () => {
  const { code, err } = await saveWithPatience(async (response, bytes) => {
    const parts = 4;
    const length = Math.ceil(bytes.length / parts);
    for (let part = 0; part < parts; part++) {
      await delay(400);
      response.write(bytes.subarray(part * length, (part + 1) * length));
    }
    response.end();
  });
  expect(err).toContain('saved 1 · already had 0 · failed 0 · listed 1');
  expect(code).toBe(0);
});

// Without the setting it would be a minute, and so this test's own limit.
test('what falls silent for longer is broken off, and asked for again', async () => {
  let photosAsked = 0;
  const { code, err } = await saveWithPatience(async (response, bytes) => {
    const isPhoto = response.getHeader('content-type') === 'image/png';
    if (isPhoto) photosAsked += 1;
    if (isPhoto && photosAsked === 1) response.write(bytes.subarray(0, 9));
    else response.end(bytes);
  });
  expect(photosAsked).toBe(2);
  expect(err).toContain('saved 1 · already had 0 · failed 0 · listed 1');
  expect(code).toBe(0);
});
