import { expect, test } from '@jest/globals';
import { blankPage } from '../../src/profile/blank-page.js';

test.each([
  ['<input type="hidden" name="t" value="ab+\\">', '<input type="hidden" name="t" value="">'],
  ["<INPUT value='ab' type=HIDDEN>", '<INPUT value="" type=HIDDEN>'],
  ['<input name="q" value="lake">', '<input name="q" value="lake">'],
  ['<meta name="csrf-token" content="ab">', '<meta name="csrf-token" content="">'],
  ['<meta name="author" content="Anna">', '<meta name="author" content="Anna">'],
  ['{"userTokens":1,"csrfToken":"a\\"b","id":"7"}', '{"userTokens":1,"csrfToken":"","id":"7"}'],
  ['<a href="/1.jpg?size=l&amp;token=ab#x">', '<a href="/1.jpg?size=l&amp;token=#x">'],
  ['session k3ks%2B1 and k3ks+1', 'session … and …'],
])('%s', (text, blanked) => {
  expect(blankPage(text, ['k3ks+1', ''])).toBe(blanked);
});
