import { writeFileSync } from 'node:fs';
import type { RequestListener } from 'node:http';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { readRecording } from '../../src/learn/har/read-recording.js';
import { loadProfile } from '../../src/profile/load.js';
import { runProgram } from '../helpers/run-program.js';
import { withTemporaryFolder } from '../helpers/temporary-folder.js';
import { withServer } from '../helpers/with-server.js';
import { draw } from './gallery.js';
import { type Entry, har, html, json } from './made-recording.js';

const key = 'pk-7f3a91c0de55aa12';
const photos = {
  photos: [1, 2, 3].map((id) => ({
    id: `p${id}`,
    small: `/60/${id}.jpg`,
    large: `/200/${id}.jpg`,
  })),
};
const sent = { 'X-Api-Key': key, 'X-Client': 'frame-web', 'X-Requested-With': 'XMLHttpRequest' };
const tracking = 'eyJhbGciOi.J9x8.f3K2mQ71';

const session = { name: 'sid', value: '0a1b2c3d4e5f60718293' };

/** A visit to the site, whose list is asked for with some headers. */
const visit = (headers: Record<string, string>, answered: Record<string, string> = {}): Entry[] => [
  { path: '/album', content: html('<title>Album</title><div id="app"></div>') },
  { path: '/app.js', content: { mimeType: 'text/javascript', text: `send("${key}")` } },
  {
    path: '/account.js',
    cookies: [session],
    content: { mimeType: 'text/javascript', text: `me("${tracking}")` },
  },
  { path: '/album/list', sent: headers, headers: answered, content: json(photos) },
  { path: '/60/2.jpg', content: { mimeType: 'image/jpeg', size: 2000 } },
  { path: '/200/2.jpg', content: { mimeType: 'image/jpeg', size: 2_000_000 } },
];

function headersIn(headers: Record<string, string>, answered?: Record<string, string>): unknown {
  const { rules } = readRecording(har('WebInspector', visit(headers, answered)));
  return rules.find(({ place }) => place === 'headers')?.rule;
}

/** An album that has a page for people at the address of its list. */
const site: RequestListener = async ({ url, headers }, response) => {
  const [, side, number] = /^\/(60|200)\/(\d)\.jpg$/.exec(url ?? '') ?? [];
  if (number !== undefined) return void response.end(await draw(Number(side), Number(number)));
  if (url !== '/album/list') return void response.writeHead(404).end();
  if (headers['x-client'] !== 'frame-web' || headers['x-api-key'] !== key)
    return void response.writeHead(403).end('no client');
  const isData = headers.accept?.startsWith('application/json') === true;
  response.setHeader('content-type', isData ? 'application/json' : 'text/html');
  response.end(isData ? JSON.stringify(photos) : '<h1>The list</h1><p>For programs.</p>');
};

test('headers without which the site does not answer are sent while learning, too', () =>
  withTemporaryFolder((cwd) =>
    withServer(site, async (origin) => {
      const headers = { ...sent, Accept: 'application/json', 'X-Trace-Token': tracking };
      writeFileSync(join(cwd, 'visit.har'), har('Firefox', visit(headers), origin));
      const words = ['learn', '--har', 'visit.har', '--out', 'album.yaml', '--verbose'];
      const { code, err } = await runProgram(words, { cwd });
      expect([code, err]).toEqual([0, expect.stringContaining('the profile works')]);
      expect(loadProfile(join(cwd, 'album.yaml')).headers).toEqual({
        'x-api-key': key,
        'x-client': 'frame-web',
        'x-requested-with': 'XMLHttpRequest',
        accept: 'application/json, */*;q=0.1',
      });
      expect(err).not.toContain(tracking);
    }),
  ));

test('what a request takes counts where the answer depends on it', () => {
  expect(headersIn({ Accept: '*/*' })).toBeUndefined();
  expect(headersIn({ Accept: '*/*' }, { Vary: 'Accept-Encoding' })).toBeUndefined();
  expect(headersIn({ Accept: '*/*' }, { Vary: 'Accept, Cookie' })).toEqual({ accept: '*/*' });
  const usual = 'application/json, text/plain, */*';
  expect(headersIn({ Accept: usual })).toEqual({ accept: usual });
});
