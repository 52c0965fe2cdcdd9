import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { html } from '../../src/text/html.js';
import {
  albumInWords,
  bytesInWords,
  dateInWords,
  numberInWords,
  photosInWords,
} from '../../src/text/in-words.js';
import { plainText } from '../../src/text/plain-text.js';

describe('html', () => {
  test('what is put into a template is text, whatever it looks like', () => {
    const text = `<img src=x onerror="alert('&')">`;
    expect(html`<p title="${text}">${text}</p>`.markup).toBe(
      '<p title="&lt;img src=x onerror=&quot;alert(&#39;&amp;&#39;)&quot;&gt;">' +
        '&lt;img src=x onerror=&quot;alert(&#39;&amp;&#39;)&quot;&gt;</p>',
    );
  });

  test('markup stays markup, also in lists; what is not there leaves nothing', () => {
    const items = ['<', 2].map((item) => html`<li>${item}</li>`);
    expect(html`<ul>${items}</ul>${undefined}`.markup).toBe('<ul><li>&lt;</li><li>2</li></ul>');
  });

  test('no text can end an element or an attribute', () =>
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom(...`<>"'&;a=/ `) }), (text) => {
        expect(html`${text}`.markup).not.toMatch(/[<>"']|&(?!(?:amp|lt|gt|quot|#39);)/);
      }),
    ));
});

describe('numbers and dates in words', () => {
  test.each([
    [0, '0 bytes'],
    [999, '999 bytes'],
    [1000, '1 kB'],
    [125_400, '125.4 kB'],
    [2_000_000, '2 MB'],
    [12_345_678_900, '12.3 GB'],
  ])('%d bytes are %s', (bytes, words) => {
    expect(bytesInWords(bytes)).toBe(words);
  });

  test('numbers have separators, and one photo is not photos', () => {
    expect([0, 999, 1374, 1_234_567, 1234.56, 0.04].map(numberInWords)).toEqual([
      ...['0', '999', '1,374', '1,234,567', '1,234.6', '0'],
    ]);
    expect(photosInWords(1)).toBe('1 photo');
    expect(photosInWords(1374)).toBe('1,374 photos');
  });

  test.each([
    ['2016-11-24T00:43:59.217Z', '2016-11-24 00:43 UTC'],
    ['2012-07-04T12:34:56+02:00', '2012-07-04 12:34+02:00'],
    ['2012-07-04', '2012-07-04'],
  ])('the date %s is %s', (date, words) => {
    expect(dateInWords(date)).toBe(words);
  });

  test('an album is named with its user, where it has one', () => {
    const album = { profile: 'club', url: 'https://club.test/', username: '' };
    expect(albumInWords(album)).toBe('club, https://club.test/');
    expect(albumInWords({ ...album, username: 'anna' })).toBe(
      'club, https://club.test/, user anna',
    );
  });
});

describe('plain text', () => {
  test('text from outside becomes one line without control or formatting characters', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect(plainText(text)).not.toMatch(/[\p{Cc}\p{Cf}\n\u2028\u2029]/u);
      }),
    );
  });

  test('terminal escapes, line breaks and text that runs backwards lose their power', () => {
    expect(plainText('\x1b[2J\x1b]0;title\x07wrong\r\npassword \u202Edrow')).toBe(
      '[2J ]0;title wrong password drow',
    );
  });

  test('text of the allowed length stays whole, longer text ends in an ellipsis', () => {
    expect(plainText('abcde', 5)).toBe('abcde');
    expect(plainText('abcdef', 5)).toBe('abcd…');
  });

  // The cut counts UTF-16 units and may leave half of a character.
  test('a cut does not halve a character', () => {
    expect(plainText('abc😀😀', 5)).not.toMatch(/\p{Cs}/u);
  });
});
