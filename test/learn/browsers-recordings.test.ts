import { expect, test } from '@jest/globals';
import { learnRecording } from '../../src/learn/har/learn-recording.js';
import { readRecording } from '../../src/learn/har/read-recording.js';
import { type Entry, har, html, json, named, origin } from './made-recording.js';

const password = 'Sommer-2016!x';
const token = 'eyJhbGciOi.J9x8.f3K2mQ71';
const photoFile = { mimeType: 'image/jpeg', size: 2_000_000 };

/** What a recording tells, by its place in the profile; nothing in it is a secret. */
function rulesIn(text: string): Record<string, unknown> {
  const { rules, secrets } = readRecording(text);
  for (const secret of [password, token, ...secrets]) {
    expect(JSON.stringify(rules)).not.toContain(secret);
  }
  return Object.fromEntries(rules.map(({ place, rule }) => [place, rule]));
}

const signInPage = html(
  '<!doctype html><form action="/in" method="post"><input type="hidden" name="csrf" value="a81f-c2"><input name="mail" type="email"><input name="geheim" type="password"><input type="checkbox" name="stay" value="1"><button>In</button></form>',
);
const album = (ids: readonly number[]) =>
  html(
    `<!doctype html><ul>${ids.map((id) => `<li><img src="/pics/${id}_small.jpg"></li>`).join('')}</ul>`,
  );
const formRules = {
  signIn: {
    by: 'form',
    page: '/',
    form: 'form:has(input[name="geheim"])',
    fields: { mail: '{username}', geheim: '{password}' },
    proof: 'redirect',
  },
  'listing.start': '/album',
  'listing.next': { by: 'number', parameter: 'seite' },
  'item.original': [
    { from: 'thumbnail', filters: [{ replace: { match: '_small.', with: '_large.' } }] },
  ],
};
const visit: readonly Entry[] = [
  { path: '/album', content: album([1, 2, 3]), cookies: [{ name: 'sid', value: token }] },
  { path: '/pics/1_small.jpg', content: { mimeType: 'image/jpeg', size: 4000 } },
  { path: '/album?seite=2', content: album([4, 5, 6]) },
  { path: '/pics/5_medium.jpg', content: { ...photoFile, size: 90_000 } },
  { path: '/pics/5_large.jpg', content: photoFile },
  { path: '/pics/5_medium.jpg?again', content: { ...photoFile, size: 90_000 } },
];

test('Firefox: fields beside their text, cookies apart, blocked requests, bodies left out', () => {
  const [first, ...more] = visit;
  const text = har('Firefox', [
    { path: '/', content: signInPage },
    { path: '/tracker.gif', status: 0 },
    {
      method: 'POST',
      path: '/in',
      status: 302,
      postData: {
        mimeType: 'application/x-www-form-urlencoded',
        params: named({ csrf: 'a81f-c2', mail: 'anna@example.com', geheim: password }),
        text: `csrf=a81f-c2&mail=anna%40example.com&geheim=${encodeURIComponent(password)}`,
      },
      headers: { Location: '/album' },
      setCookies: [{ name: 'sid', value: token, path: '/' }],
    },
    { ...first, path: '/album' },
    ...more,
  ]);
  expect(rulesIn(text)).toMatchObject({
    ...formRules,
    'item.original': [
      { from: 'thumbnail', filters: [{ replace: { with: expect.stringContaining('large') } }] },
    ],
  });
});

test('Safari: of the form that was sent, only the page behind it is kept', () => {
  const text = har('WebKit Web Inspector', [{ path: '/', content: signInPage }, ...visit]);
  expect(rulesIn(text)).toMatchObject({
    signIn: formRules.signIn,
    'listing.next': formRules['listing.next'],
  });
});

test('Firefox: requests in the order of a table that was sorted by size; what is missing is null', () => {
  const recorded = JSON.parse(har('Firefox', [{ path: '/', content: signInPage }, ...visit]));
  const { entries } = recorded.log;
  for (const [index, entry] of entries.entries()) {
    entry.startedDateTime = `2016-07-03T14:05:0${index}.120+02:00`;
    entry.request.postData = null;
    entry.response.cookies = null;
  }
  const expected = rulesIn(JSON.stringify(recorded));
  entries.push(...entries.splice(0, 3));
  expect(rulesIn(JSON.stringify(recorded))).toEqual(expected);
  expect(expected['listing.next']).toEqual(formRules['listing.next']);
});

test('Safari: pages in base64, in an encoding of their own', () => {
  const bytes = Buffer.from(
    `<!doctype html><p>M\u00fcller</p><img src="/p/a1.jpg"><img src="/p/b2.jpg">`,
    'latin1',
  );
  const content = { mimeType: 'text/html', text: bytes.toString('base64'), encoding: 'base64' };
  const headers = { 'Content-Type': 'text/html; charset=iso-8859-1' };
  const { listingPages } = readRecording(
    har('WebKit Web Inspector', [{ path: '/', headers, content }]),
  );
  expect(listingPages[0]?.text).toContain('Müller');
});

const photos = (ids: readonly number[]) =>
  json({ photos: ids.map((id) => ({ id, file: `${id}.jpg` })) });
const posted = (value: unknown) => ({ mimeType: 'application/json', text: JSON.stringify(value) });
const signIn: Entry = {
  method: 'POST',
  path: '/api/login',
  postData: posted({ login: 'anna', password }),
  content: json({ user: { accessToken: token } }),
};

test('Chromium without sensitive data: the token of the answer, as most sites take it', () => {
  const text = har('WebInspector', [signIn, { path: '/api/photos', content: photos([1, 2]) }]);
  const { rules, notes } = readRecording(text);
  expect(rules[0]).toMatchObject({
    rule: { by: 'json', page: '/api/login', token: '$.user.accessToken' },
    isUncertain: true,
  });
  expect(notes[0]).toMatch(/saved without sensitive data/);
});

test.each<[string, Entry[], object]>([
  [
    'a header of its own',
    [signIn, { path: '/api/photos', sent: { 'X-Auth': token }, content: photos([1, 2]) }],
    { token: '$.user.accessToken', header: { name: 'X-Auth', value: '{token}' } },
  ],
  [
    'a parameter of every address',
    [signIn, { path: `/api/photos?size=2&key=${token}`, content: photos([1, 2]) }],
    {
      by: 'steps',
      steps: [{ post: '/api/login', take: { accessToken: { select: '$.user.accessToken' } } }],
      query: { key: '{accessToken}' },
    },
  ],
  [
    'a cookie that a header repeats',
    [
      {
        ...signIn,
        content: json({}),
        setCookies: [{ name: 'XSRF-TOKEN', value: encodeURIComponent('ab+12/x==') }],
      },
      { path: '/api/photos', sent: { 'X-XSRF-TOKEN': 'ab+12/x==' }, content: photos([1, 2]) },
    ],
    {
      by: 'steps',
      steps: [{ take: { xsrftoken: { cookie: '^XSRF-TOKEN$', filters: ['decode'] } } }],
    },
  ],
  [
    'a value of a script',
    [
      {
        path: '/',
        content: html(`<script>window.app = { apiKey: "k-77ab1c" }</script><p>Hello</p>`),
      },
      { ...signIn, sent: { 'X-Api-Key': 'k-77ab1c' } },
      {
        path: '/api/photos',
        sent: { Authorization: `Token ${token}`, 'X-Api-Key': 'k-77ab1c' },
        content: photos([1, 2]),
      },
    ],
    {
      by: 'steps',
      steps: [
        { get: '/', take: { apiKey: { filters: [{ match: expect.any(String) }] } } },
        { post: '/api/login', headers: { 'x-api-key': '{apiKey}' } },
      ],
      headers: { Authorization: 'Token {accessToken}', 'X-Api-Key': '{apiKey}' },
    },
  ],
  [
    'what the browser itself had sent before',
    [
      { path: '/api/hello?device=dev-77ab12', content: json({ device: 'dev-77ab12' }) },
      { ...signIn, postData: posted({ device: 'dev-77ab12', login: 'anna', password }) },
      { path: '/api/photos', sent: { Authorization: `Bearer ${token}` }, content: photos([1, 2]) },
    ],
    { by: 'json', body: { device: 'dev-77ab12', login: '{username}', password: '{password}' } },
  ],
  [
    'the name before the password',
    [
      {
        method: 'POST',
        path: '/api/who',
        postData: posted({ email: 'anna@example.com' }),
        content: json({ flow: 'fl-0w-91' }),
      },
      { ...signIn, postData: posted({ flow: 'fl-0w-91', password }) },
      { path: '/api/photos', sent: { Authorization: `Bearer ${token}` }, content: photos([1, 2]) },
    ],
    {
      by: 'steps',
      steps: [
        { post: '/api/who', json: { email: '{username}' }, take: { flow: { select: '$.flow' } } },
        { post: '/api/login', json: { flow: '{flow}', password: '{password}' } },
      ],
    },
  ],
])('what opens the album: %s', (_name, entries, expected) => {
  expect(rulesIn(har('WebInspector', entries)).signIn).toMatchObject(expected);
});

test('a cookie with a part of an address is no secret', () => {
  const text = har('WebInspector', [
    { ...signIn, setCookies: [{ name: 'sid', value: token }] },
    {
      path: '/api/photos',
      cookies: [
        { name: 'back', value: '/api/photos' },
        { name: 'sid', value: token },
      ],
      content: photos([1, 2]),
    },
  ]);
  expect(rulesIn(text)).toMatchObject({
    signIn: { by: 'json', proof: { cookie: '^sid$' } },
    'listing.start': '/api/photos',
  });
});

test('an address of another host than the recording has is refused', async () => {
  const text = har('WebInspector', [signIn, { path: '/api/photos', content: photos([1, 2]) }]);
  const account = { siteUrl: 'https://www.album.example/', username: 'anna' };
  const never = async () => {
    throw new Error('nothing is requested');
  };
  const visit = { signIn: never, fetchSignedOut: never };
  const look = { page: never, picture: never, left: 60 };
  await expect(learnRecording(readRecording(text), account, visit, look)).rejects.toThrow(
    'The recording has photos of https://album.example, and the address that was given is of https://www.album.example',
  );
});

test('a rule that would hold a secret is left out, and named', () => {
  const text = har('WebInspector', [
    {
      path: `/api/photos?sid=${token}`,
      cookies: [{ name: 'sid', value: token }],
      content: photos([1, 2]),
    },
  ]);
  expect(rulesIn(text)).toEqual({ signIn: { by: 'pasted' } });
  expect(readRecording(text).notes.join(' ')).toMatch(/listing\.start is left out/);
});

test('a password that was refused first is not the one that signs in', () => {
  const wrong = {
    ...signIn,
    status: 401,
    path: '/api/old-login',
    postData: posted({ login: 'anna', password: 'Winter-2015?y' }),
    content: json({ error: 'no' }),
  };
  const text = har('WebInspector', [
    signIn,
    wrong,
    { path: '/api/photos', sent: { Authorization: `Bearer ${token}` }, content: photos([1, 2]) },
  ]);
  expect(rulesIn(text).signIn).toMatchObject({ page: '/api/login', token: '$.user.accessToken' });
});

test('a sign-in at another site is named, and none of it kept', () => {
  const text = har('WebInspector', [signIn, { path: '/api/photos', content: photos([1, 2]) }]);
  const elsewhere = text.replace(`${origin}/api/login`, 'https://accounts.other.example/in');
  const { rules, notes } = readRecording(elsewhere.replaceAll('album.example', 'album.test'));
  expect(rules[0]).toMatchObject({ rule: { by: 'pasted' }, isUncertain: true });
  expect(notes[0]).toMatch(/signs in at accounts\.other\.example/);
});

test.each<[string, Entry[], object]>([
  [
    'an offset',
    [{ path: '/api/photos?offset=0' }, { path: '/api/photos?offset=3' }],
    { by: 'number', parameter: 'offset', first: 0, step: 3 },
  ],
  [
    'an offset that the first page has not',
    [{ path: '/api/photos' }, { path: '/api/photos?start=3' }],
    { by: 'number', parameter: 'start', first: 0, step: 3 },
  ],
  [
    'pages from 0',
    [{ path: '/api/photos' }, { path: '/api/photos?page=1' }],
    { by: 'number', parameter: 'page', first: 0 },
  ],
  [
    'a number in the path',
    [{ path: '/api/photos' }, { path: '/api/photos/page/2' }],
    { by: 'number', address: '/api/photos/page/{number}', first: 1, step: 1 },
  ],
  [
    'a number beside a clock',
    [{ path: '/api/photos?p=1&_=1467554700123' }, { path: '/api/photos?p=2&_=1467554709999' }],
    { by: 'number', parameter: 'p' },
  ],
  [
    'a header',
    [
      { path: '/api/photos', headers: { Link: '</api/photos?after=x9-2>; rel="next"' } },
      { path: '/api/photos?after=x9-2' },
    ],
    { by: 'header' },
  ],
  [
    'days',
    [
      { path: '/api/photos?day=2016-07-10&to=2016-07-17' },
      { path: '/api/photos?day=2016-07-03&to=2016-07-10' },
    ],
    { by: 'window', every: { days: 7 }, format: 'yyyy-MM-dd' },
  ],
])('from page to page: %s', (_name, entries, expected) => {
  const pages = entries.map((entry, at) => ({
    ...entry,
    content: photos([1, 2, 3].map((id) => id + at * 3)),
  }));
  expect(rulesIn(har('WebInspector', pages))['listing.next']).toMatchObject(expected);
});

test.each([
  ['a page', ['/api/photos?page=2'], '/api/photos?page=1', { by: 'number', parameter: 'page' }],
  [
    'pages',
    ['/api/photos?page=3', '/api/photos?page=4'],
    '/api/photos?page=1',
    { by: 'number', parameter: 'page' },
  ],
  [
    'an offset',
    ['/api/photos?from=6', '/api/photos?from=9'],
    '/api/photos?from=0',
    { by: 'number', parameter: 'from', first: 0, step: 3 },
  ],
])('no photo is lost where only further pages were seen: %s', (_name, paths, start, next) => {
  const entries = paths.map((path, at) => ({
    path,
    content: photos([1, 2, 3].map((id) => id + at * 3)),
  }));
  expect(rulesIn(har('WebInspector', entries))).toMatchObject({
    'listing.start': start,
    'listing.next': next,
  });
});

test('further pages are asked for by a script of the first one: all of them are', () => {
  const first = html(
    '<!doctype html><div><img src="/p/1.jpg"><img src="/p/2.jpg"><img src="/p/3.jpg"></div>',
  );
  const text = har('WebInspector', [
    { path: '/album', content: first },
    { path: '/api/photos?page=2', content: photos([4, 5, 6]) },
  ]);
  expect(rulesIn(text)).toMatchObject({
    'listing.start': '/api/photos?page=1',
    'listing.next': { by: 'number', parameter: 'page' },
  });
});

test('pages whose requests say nothing of each other are told', () => {
  const entries = ['q7-last', 'r9-last'].map((last, at) => ({
    path: `/api/photos?older=${last}`,
    content: photos([1, 2].map((id) => id + at * 2)),
  }));
  expect(readRecording(har('WebInspector', entries)).notes.join()).toMatch(/was not recognised/);
});

test('what is posted: a form with an offset', () => {
  const request = (offset: string): Entry => ({
    method: 'POST',
    path: '/ajax',
    postData: {
      mimeType: 'application/x-www-form-urlencoded',
      text: `action=list&offset=${offset}`,
    },
    content: photos([1, 2, 3].map((id) => id + Number(offset))),
  });
  expect(rulesIn(har('WebInspector', [request('0'), request('3')]))).toMatchObject({
    'listing.post': { reads: true, form: { action: 'list', offset: '{number}' } },
    'listing.next': { by: 'number', first: 0, step: 3 },
  });
});

test.each([
  ['no JSON', `{"log": {"password": "${password}"`, /not JSON, or was cut off/],
  ['other JSON', '{"log": {}}', /no HAR file of version 1\.2 \(log\.entries/],
  [
    'no contents',
    har('WebInspector', [{ path: '/', content: { mimeType: 'text/html' } }]),
    /without content: 1 of 1 pages/,
  ],
  [
    'no photos',
    har('WebInspector', [{ path: '/', content: html('<p>Hi') }]),
    /None of the 1 pages/,
  ],
  ['no requests', har('WebInspector', []), /It has no requests/],
])('a recording with %s is refused, and what to do is said', (_what, text, message) => {
  expect(() => readRecording(text)).toThrow(message);
  expect(() => readRecording(text)).toThrow(/Export HAR \(with sensitive data\)/);
  expect(() => readRecording(text)).not.toThrow(password);
});
