import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { redactSecrets } from '../../src/album/redact-secrets.js';
import { Secrets } from '../../src/album/secrets.js';
import { secretsOf } from './secrets-of.js';

describe('secrets of an album', () => {
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

  test('a text of several begins and ends where it does by itself', () => {
    const secrets = secretsOf('photo');
    const sent = 'kw=photo';
    for (const texts of [[sent], ['a title', sent], [sent, 'a title'], ['&amp', sent]]) {
      const hidden = secrets.hideIn(texts)[texts.indexOf(sent)];
      expect(hidden).toMatch(/^kw=\[secret-[0-9a-f]{12}\]$/);
    }
  });

  test('a site that changes its cookie with every answer is not remembered for ever', () => {
    const secrets = secretsOf('');
    for (let turn = 0; turn < 200; turn++) secrets.addUnlessWords('turn', `t${turn}x${turn}y`);
    expect(secrets.hide('t199x199y')).toMatch(mark);
    expect(secrets.hide('t1x1y')).toBe('t1x1y');
  });
});

describe('redaction', () => {
  const blank = (html: string) => redactSecrets(html, new Secrets());

  describe('what is named like a token is emptied', () => {
    test.each([
      [
        'a hidden field',
        '<input type="hidden" name="p" value="7">',
        '<input type="hidden" name="p" value="">',
      ],
      ['in any spelling', `<INPUT value='a"b' TYPE=hidden>`, `<INPUT value='' TYPE=hidden>`],
      ['without quotes', '<input type=hidden value=abc>', '<input type=hidden value=>'],
      [
        'over two lines',
        '<input\n type="hidden"\n value="a\nb"/>',
        '<input\n type="hidden"\n value=""/>',
      ],
      ['with > in it', '<input value="a>b" type="hidden">', '<input value="" type="hidden">'],
      [
        'in a comment',
        '<!-- <input type="hidden" value="a"> -->',
        '<!-- <input type="hidden" value=""> -->',
      ],
      ['a password', '<input type="password" value="x">', '<input type="password" value="">'],
      [
        'a field by its name',
        '<input name="authKey" value="x">',
        '<input name="authKey" value="">',
      ],
      ['a meta', '<meta name="csrf-token" content="x">', '<meta name="csrf-token" content="">'],
      [
        'a meta the other way round',
        '<meta content="x" name="_xsrf">',
        '<meta content="" name="_xsrf">',
      ],
      ['a script’s variable', 'var sessionId = "ab\\"c";x', 'var sessionId = "";x'],
      ['a script’s property', "{csrfToken:'abc',a:1}", "{csrfToken:'',a:1}"],
      ['JSON', '{"token" : "abc","a":"b"}', '{"token" : "","a":"b"}'],
      ['a number in JSON', '{"sessionId":1234567,"a":2}', '{"sessionId":0,"a":2}'],
      [
        'JSON in an attribute',
        '{&quot;nonce&quot;:&quot;ab&quot;}',
        '{&quot;nonce&quot;:&quot;&quot;}',
      ],
      ['an attribute', '<div data-auth="abc" id="a">', '<div data-auth="" id="a">'],
      ['a bare attribute', '<div data-token=abc123>', '<div data-token=0>'],
      [
        'one inside another',
        `onclick="post('token', {token: 'x'})"`,
        `onclick="post('token', {token: ''})"`,
      ],
      ['a parameter', '<a href="/p?a=1&amp;token=x-y&b=2">', '<a href="/p?a=1&amp;token=&b=2">'],
      ['a session in a path', '<a href="/p;jsessionid=AB.c">', '<a href="/p;jsessionid=">'],
    ])('%s', (_what, html, expected) => {
      expect(blank(html)).toBe(expected);
    });
  });

  test.each([
    '<input type="text" name="q" value="beach"><input type="submit" value="Search">',
    '<meta name="author" content="Anna"><meta name="description" content="Our album">',
    '<img src="/26~t~a.jpg?w=160" alt="Photo session: 2016-11-24" title="Anna’s “token”">',
    '{"author":"Anna","authored":"2016","caption":"A = \\"b\\""}',
    'var session = null, tokens = [], auth = { user: "anna" };',
    '<input type="hidden">',
    'session="never closed',
    '<input type="hidden" value="never closed',
  ])('what is none stays as it is: %s', (html) => {
    expect(blank(html)).toBe(html);
  });

  const password = 'Gänse+füßchen & 100% "geheim" 😀';

  describe('a secret is taken out wherever it stands, however it is written', () => {
    test.each([
      ['plain', password],
      ['in capitals', password.toUpperCase().replace('SS', 'ß')],
      ['as HTML', password.replaceAll('&', '&amp;').replaceAll('"', '&quot;')],
      ['as HTML of numbers', password.replaceAll('"', '&#34;').replaceAll('ä', '&#228;')],
      ['as HTML of hexadecimals', password.replaceAll('&', '&#x0026;').replaceAll('"', '&#x22;')],
      ['as JSON', JSON.stringify(password).slice(1, -1)],
      ['as JavaScript', password.replaceAll('ä', '\\u00E4').replaceAll('"', '\\x22')],
      ['in an address', encodeURIComponent(password)],
      ['in a form', new URLSearchParams({ p: password }).toString().slice(2)],
      ['in base64', Buffer.from(password).toString('base64')],
    ])('%s', (_how, written) => {
      const html = `<p>before ${written} after</p>`;
      expect(redactSecrets(html, secretsOf(password, 'c00kie-value'))).toMatch(
        /^<p>before =* after<\/p>$/,
      );
    });

    test.each([
      ['as HTML of names', password.replaceAll('&', '&amp;').replaceAll('ä', '&auml;')],
      ['in an address, in lower case', encodeURIComponent(password).toLowerCase()],
      [
        'in an address in JSON in HTML',
        `{&quot;${encodeURIComponent(password).replaceAll('%', '\\u0025')}`,
      ],
      ['behind an escape', `\\"${password}\\"`],
      ['with a user name in base64', Buffer.from(`anna:${password}`).toString('base64')],
      ['in the base64 of addresses', Buffer.from(`ä?${password}~`).toString('base64url')],
    ])('%s', (_how, written) => {
      const left = redactSecrets(`<p>before ${written} after</p>`, secretsOf(password));
      expect(left).toMatch(/^<p>before [\w\\"{;&=+/-]{0,12} after<\/p>$/);
    });

    test('any secret, each time', () => {
      const anything = fc.string({ unit: 'grapheme', minLength: 2 });
      const secret = anything.map((text) => `a1b2${text}c3d4`);
      fc.assert(
        fc.property(secret, (text) => {
          const html = `<${text}<${encodeURIComponent(text)}<`;
          expect(redactSecrets(html, secretsOf('', text))).toBe('<<<');
        }),
        { examples: [['a1b2\uFFFD  c3d4']] },
      );
    });

    const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.';
    const long = Array.from({ length: 4096 }, (_, i) => letters[(i * 7919 + (i >> 3)) % 65]).join(
      '',
    );

    test.each([
      ['plain', long],
      ['in JSON', JSON.stringify({ long })],
      ['as HTML of numbers', [...long].map((one) => `&#${one.charCodeAt(0)};`).join('')],
      ['in base64', Buffer.from(long).toString('base64')],
    ])('also one of 4,096 characters: %s', (_how, written) => {
      expect(redactSecrets(`<p>${written}</p>`, secretsOf('', long)).length).toBeLessThan(24);
    });

    test('and one that the site has replaced since', () => {
      const secrets = new Secrets();
      for (const value of ['f1rst', 's3cond']) secrets.addUnlessWords('session', value);
      expect(redactSecrets('f1rst s3cond', secrets)).toBe(' ');
    });

    test('but none of three characters, which would take half the page with it', () => {
      expect(redactSecrets('the c4t', secretsOf('c4t', 'c4t', ''))).toBe('the c4t');
    });
  });

  describe('the site’s own words stay as they are', () => {
    test.each([
      'photo',
      'album',
      'e',
      'summer2016',
      '2016',
      'summer-2016',
      'Our Album',
      'IMG_1234',
    ])('though the password, or a cookie, is %s', (word) => {
      const html = `<h1 title="${word}">${word}</h1><p>${word}s</p><a href="/${word}/${word}.jpg?${word}=${word}">`;
      const address = `https://${encodeURI(word)}.test/${word}`;
      const secrets = secretsOf(word, word);
      expect(redactSecrets(html, secrets)).toBe(html);
      expect(secrets.hideIn({ title: word, originalUrl: address })).toEqual({
        title: word,
        originalUrl: address,
      });
    });

    test('though a cookie says what was looked at last', () => {
      const html = '<a href="/albums/summer-holidays-2016-in-sweden">';
      expect(redactSecrets(html, secretsOf('', '/albums/summer-holidays-2016-in-sweden'))).toBe(
        html,
      );
      expect(redactSecrets(html, secretsOf('', '%2Falbums%2Fsummer-holidays-2016-in-sweden'))).toBe(
        html,
      );
    });

    test.each([
      [
        'in a field under the name that it was sent with',
        '<input name="kw" value="photo">',
        '<input name="kw" value="">',
      ],
      ['in a parameter', '<a href="/?q=photo&amp;kw=photo">', '<a href="/?q=photo&amp;kw=">'],
      [
        'under a name that says password',
        '{"q":"photo","user_pass":"photo"}',
        '{"q":"photo","user_pass":""}',
      ],
      [
        'in front of a host',
        '<a href="https://anna:photo@photo.test/">',
        '<a href="https://anna:@photo.test/">',
      ],
    ])('but the password goes %s', (_where, html, expected) => {
      expect(redactSecrets(html, secretsOf('photo'))).toBe(expected);
    });
  });

  test('a page without secrets stays as it is, to the letter', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: fc.constantFrom('<', '>', '"', "'", '=', ' ', '&', 'a') }),
        (html) => {
          expect(blank(html)).toBe(html);
        },
      ),
    );
  });
});
