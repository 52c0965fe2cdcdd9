import { expect, test } from '@jest/globals';
import { secretsOf } from './secrets-of.js';

const session = 'abc123def456ghi789';
const mark = /^\[secret-[0-9a-f]{12}\]$/;

test('an address is hidden, and revealed when it is requested', () => {
  const secrets = secretsOf('', session);
  const address = `https://album.test/1.jpg?sid=${session}&kw=1`;
  const hidden = secrets.hide(address);
  expect(hidden).toMatch(/^https:\/\/album\.test\/1\.jpg\?sid=\[secret-[0-9a-f]{12}\]&kw=1$/);
  expect(secrets.hide(address)).toBe(hidden);
  expect(secrets.reveal(new URL(hidden).href)).toBe(address);
});

test('no site gets a secret by naming a mark', () => {
  const secrets = secretsOf('', session);
  secrets.hide(session);
  const guess = 'https://evil.test/[secret-000000000000]';
  expect(secrets.reveal(guess)).toBe(guess);
  expect(secretsOf('', session).hide(session)).not.toBe(secrets.hide(session));
});

test.each([
  `it is no JSON: ${session.slice(0, 9)}…`,
  `it is no JSON: ${session.slice(0, 4)}`,
  `Unexpected token, "${session.slice(0, 12)}..." is not valid. What was saved is safe.`,
  `it leads to /?sid=${session.slice(0, 7)}…. Run it again`,
  `it has <a title=${encodeURIComponent(`${session.slice(0, 6)}`)}%3…`,
  `it has &${session.slice(0, 5)}…`,
])('a secret that was cut is hidden in a message: %s', (message) => {
  const hidden = secretsOf('', session).hideInMessage(message);
  expect(hidden).not.toContain(session.slice(0, 4));
  expect(hidden.replace(/\[secret-.*?\]/, '').length).toBeGreaterThan(7);
});

test('what is in JSON is hidden, numbers and the rest stay', () => {
  const hidden = secretsOf('', session).hideIn({ a: [session, null, 1], b: { c: true } });
  expect(hidden).toEqual({ a: [expect.stringMatching(mark), null, 1], b: { c: true } });
});

test('a site that changes its cookie with every answer is not remembered for ever', () => {
  const secrets = secretsOf('');
  for (let turn = 0; turn < 200; turn++) secrets.addUnlessWords('turn', `t${turn}x${turn}y`);
  expect(secrets.hide('t199x199y')).toMatch(mark);
  expect(secrets.hide('t1x1y')).toBe('t1x1y');
});
