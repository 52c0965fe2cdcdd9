import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { fileName, fileNameText, sameName } from '../../src/files/file-name.js';

describe('a file name', () => {
  test.each([
    ['Oma & Opa, 50 % älter', 'Oma & Opa, 50 % älter'],
    ['家族写真 👨‍👩‍👧', '家族写真 👨‍👩‍👧'],
    ['می‌خواهم', 'می‌خواهم'],
    ['A\u0308pfel', 'Äpfel'],
    ['a/b\\c:d*e?f"g<h>i|j', 'a_b_c_d_e_f_g_h_i_j'],
    ['../../etc/passwd', '_.._etc_passwd'],
    ['two\r\nlines\tand  gaps ', 'two lines and gaps'],
    ['bell\u0007 evil\u202egpj.exe \ud800', 'bell evilgpj.exe'],
    ['.hidden', 'hidden'],
    ['ends in dots. . .', 'ends in dots'],
    ['con', '_con'],
    ['Aux.2016', '_Aux.2016'],
    ['LPT¹', '_LPT¹'],
    ['NUL .txt', '_NUL .txt'],
    ['console', 'console'],
    ['...', ''],
  ])('of %j is %j', (text, name) => {
    expect(fileName(text, 100)).toBe(name);
  });

  test('is cut between whole letters', () => {
    expect(fileName('👨‍👩‍👧👨‍👩‍👧', 12)).toBe('👨‍👩‍👧');
    expect(fileName(`${'a'.repeat(9)}e\u0323\u0301`, 10)).toBe('a'.repeat(9));
    expect(Buffer.byteLength(fileName('語'.repeat(100), 100))).toBe(198);
    expect(fileName('a. b', 3)).toBe('a');
  });

  test('is safe on every system, whatever the text', () => {
    const text = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 300 }),
      fc.string({ unit: fc.constantFrom('.', ' ', '/', 'con', 'COM1', '\u0000', 'é', '\ud83d') }),
    );
    fc.assert(
      fc.property(text, fc.integer({ min: 2, max: 150 }), (given, most) => {
        const name = fileName(given, most);
        expect(name.length).toBeLessThanOrEqual(most);
        expect(Buffer.byteLength(name)).toBeLessThanOrEqual(200);
        expect(name).not.toMatch(/\p{Cc}|[<>:"/\\|?*]|^[. ]|[. ]$/u);
        expect(name).not.toMatch(/^(con|prn|aux|nul|com\d|lpt\d)(\.|$)/i);
        expect(name.normalize('NFC')).toBe(name);
        expect(Buffer.from(name).toString()).toBe(name);
        expect(fileName(name, most)).toBe(name);
      }),
    );
  });

  test('in parts is text that needs no more cleaning', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect(fileNameText(fileNameText(text))).toBe(fileNameText(text));
      }),
    );
  });
});

test.each([
  ['IMG.jpg', 'img.JPG'],
  ['\u00c4pfel', 'a\u0308pfel'],
  ['Straße', 'STRASSE'],
  ['ſ', 'S'],
  ['ẞ', 'ss'],
  ['a\u200db', 'ab'],
  ['\u212bngström', 'Ångström'],
])('%j and %j are one name to some file systems', (one, other) => {
  expect(sameName(one)).toBe(sameName(other));
  expect(sameName(one)).not.toBe(sameName(`${other}x`));
});
