import { describe, expect, test } from '@jest/globals';
import { bothClients, withClients } from '../helpers/http-clients.js';
import { withRawServer } from '../helpers/raw-server.js';

const body = 'all the bytes of the photo';
const length = body.length;
const size = length.toString(16);
const head = 'HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n';
const plain = `${head}Content-Length: ${length}\r\n\r\n${body}`;
const chunked = `${head}Transfer-Encoding: chunked\r\n\r\n`;

/** What browsers read, by section of RFC 9112 (HTTP/1.1) or RFC 9110 (HTTP). */
const answers: [string, string][] = [
  [
    '9110, 8.6: the same length twice',
    plain.replace('\r\n\r\n', `\r\nContent-Length: ${length}\r\n\r\n`),
  ],
  [
    '9110, 8.6: the same length twice in one line',
    plain.replace(`${length}`, `${length}, ${length}`),
  ],
  ['9110, 8.6: a length that is no number', plain.replace(`${length}`, 'unknown')],
  [
    '9112, 6.3: chunks with a length beside them',
    `${head}Content-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n${size}\r\n${body}\r\n0\r\n\r\n`,
  ],
  [
    '9112, 6.3: the same, and LF alone',
    `${head}Content-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n${size}\r\n${body}\r\n0\r\n\r\n`.replaceAll(
      '\r\n',
      '\n',
    ),
  ],
  ['9112, 2.2: LF alone', plain.replaceAll('\r\n', '\n')],
  ['9112, 2.2: LF alone after some lines', plain.replace('OK\r\n', 'OK\n')],
  [
    '9112, 2.2: LF alone, chunks',
    `${chunked}${size}\r\n${body}\r\n0\r\n\r\n`.replaceAll('\r\n', '\n'),
  ],
  ['9112, 2.2: empty lines before the first', `\r\n\r\n${plain}`],
  ['9112, 4: no reason phrase', plain.replace(' OK', '')],
  ['9112, 4: no reason phrase, but its space', plain.replace('OK', '')],
  ['9112, 4: a reason phrase in UTF-8', plain.replace('OK', 'Alles gut, Gänse')],
  ['9112, 2.3: HTTP/1.0', plain.replace('1.1', '1.0')],
  [
    '9110, 5.1: a name with a space',
    plain.replace('Content-Type', 'X Powered By: PHP\r\nContent-Type'),
  ],
  [
    '9110, 5.1: a name with odd characters',
    plain.replace('Content-Type', 'X(Server)@: a\r\nContent-Type'),
  ],
  ['9110, 5.1: no name at all', plain.replace('Content-Type', ': a\r\nContent-Type')],
  [
    '9110, 5.1: a line without a colon',
    plain.replace('Content-Type', 'nothing here\r\nContent-Type'),
  ],
  ['9112, 5.1: a space before the colon', plain.replaceAll(': ', ' : ')],
  ['9112, 5.1: a tab before the colon', plain.replaceAll(': ', '\t: ')],
  [
    '9110, 5.5: control characters in a value',
    plain.replace('Content-Type', 'X-Title: a\x01b\x7fc\x00d\r\nContent-Type'),
  ],
  [
    '9110, 5.5: bytes above ASCII in a value',
    plain.replace('Content-Type', 'X-Title: Gänse\r\nContent-Type'),
  ],
  [
    '9112, 5.2: folded lines',
    plain.replace('Content-Type', 'X-Long: a\r\n  b\r\n\tc\r\nContent-Type'),
  ],
  ['9112, 5.2: a folded first line', plain.replace('Content-Type', ' folded\r\nContent-Type')],
  ['9112, 7.1: a size with spaces', `${chunked}${size}  \r\n${body}\r\n0  \r\n\r\n`],
  [
    '9112, 7.1: a size with zeros and spaces',
    `${chunked}0000${size.toUpperCase()} \r\n${body}\r\n00 \r\n\r\n`,
  ],
  ['9112, 7.1.1: an extension', `${chunked}${size} ; a=b\r\n${body}\r\n0\r\n\r\n`],
  ['9112, 7.1.2: trailers', `${chunked}${size} \r\n${body}\r\n0\r\nX Sum: 1\r\n\r\n`],
  [
    '9112, 7.1: several chunks',
    `${chunked}3 \r\n${body.slice(0, 3)}\r\n${(length - 3).toString(16)} \r\n${body.slice(3)}\r\n0 \r\n\r\n`,
  ],
  [
    'headers of 200 KB',
    plain.replace('Content-Type', `X-Policy: ${'x'.repeat(200_000)}\r\nContent-Type`),
  ],
  [
    'headers of 200 KB, LF alone',
    plain
      .replace('Content-Type', `X-Policy: ${'x'.repeat(200_000)}\r\nContent-Type`)
      .replaceAll('\r\n', '\n'),
  ],
  [
    '9110, 15.2: an interim answer before it',
    `HTTP/1.1 103 Early Hints\r\nX By: a\r\n\r\n${plain}`,
  ],
  ['9112, 6.3: more bytes than announced', `${plain}and more`],
  ['9112, 6.3: neither a length nor chunks', `${head}X By: a\r\n\r\n${body}`],
];

describe.each(bothClients)('the %s client reads', (kind) => {
  test.each(answers)('%s', (_name, answer) =>
    withRawServer(
      (socket) => socket.end(answer),
      (origin) =>
        withClients(origin, async ({ fetch }) => {
          expect((await fetch[kind](origin)).bytes.toString()).toBe(body);
        }),
    ),
  );

  test.each(answers.filter((_, index) => index % 4 === 0))('byte for byte: %s', (_name, answer) =>
    withRawServer(
      (socket) => {
        socket.setNoDelay(true);
        const bytes = [...answer.slice(0, 400)];
        const send = () => {
          const next = bytes.shift();
          if (next === undefined) socket.end(answer.slice(400));
          else socket.write(next, 'utf8', () => setImmediate(send));
        };
        send();
      },
      (origin) =>
        withClients(origin, async ({ fetch }) => {
          expect((await fetch[kind](origin)).bytes.toString()).toBe(body);
        }),
    ),
  );

  test.each([
    [
      'two lengths',
      plain.replace('Content-Type', 'Content-Length: 5\r\nContent-Type'),
      /two lengths/,
    ],
    ['two lengths in one line', plain.replace(`${length}`, `5, ${length}`), /two lengths/],
    ['headers without an end', `${head}X: ${'x'.repeat(300 * 1024)}`, /Header|headers/],
    ['a size that is no number', `${chunked}many\r\n${body}\r\n0\r\n\r\n`, /chunk/],
    ['a chunk that is longer than its size', `${chunked}3 \r\n${body}\r\n0\r\n\r\n`, /chunk/],
    [
      'a chunk that breaks off',
      `${chunked}${size} \r\n${body.slice(3)}`,
      /broke off|aborted|closed/,
    ],
    [
      'fewer bytes than announced',
      plain.replace(`${length}`, `${length + 5}`),
      /broke off|aborted/,
    ],
    ['what is no HTTP', 'SSH-2.0-OpenSSH_9.2\r\n\r\n', /not HTTP/],
    [
      'another protocol',
      'HTTP/1.1 101 Yes\r\nUpgrade: a\r\nConnection: upgrade\r\n\r\n',
      /without an answer/,
    ],
    ['nothing', '', /broke off/],
  ])('no answer in %s', (_name, answer, message) =>
    withRawServer(
      (socket) => socket.end(answer),
      (origin) =>
        withClients(origin, async ({ fetch }) => {
          await expect(fetch[kind](origin)).rejects.toThrow(message);
        }),
    ),
  );

  test('such a server at once the second time, without a request in vain', () => {
    let requests = 0;
    return withRawServer(
      (socket) => {
        requests += 1;
        socket.end(plain.replaceAll('\r\n', '\n'));
      },
      (origin) =>
        withClients(origin, async ({ fetch }) => {
          await fetch[kind](origin);
          await fetch[kind](origin);
          expect(requests).toBe(3);
        }),
    );
  });

  test('a server that falls silent in such an answer no longer than it may be silent', () =>
    withRawServer(
      (socket) => socket.write(`${plain.replaceAll('\r\n', '\n').slice(0, -5)}`),
      (origin) =>
        withClients(
          origin,
          async ({ fetch }) => {
            await expect(fetch[kind](origin)).rejects.toThrow('no byte came for 0.05 s');
          },
          { idleTimeout: 50 },
        ),
    ));
});
