import { expect, test } from '@jest/globals';
import { betweenMarks } from '../../bench/documents.js';

test('a text takes the place of the one between the marks', () => {
  const document = 'before\n\n<!-- bench -->\n\nold\n\n<!-- /bench -->\nafter\n';
  const changed = betweenMarks('README.md', document, 'new\n');
  expect(changed).toBe('before\n\n<!-- bench -->\n\nnew\n\n<!-- /bench -->\nafter\n');
  expect(betweenMarks('README.md', changed, 'new')).toBe(changed);
});

test('a document without marks is refused by name', () => {
  expect(() => betweenMarks('README.md', 'text', 'new')).toThrow(
    'README.md needs the lines <!-- bench --> and <!-- /bench -->',
  );
});
