import { expect, test } from '@jest/globals';
import { load } from 'cheerio';
import fc from 'fast-check';
import { markup } from '../../src/report/markup.js';

test('text from anywhere stays text, in elements and in attributes', () => {
  const text = fc.string({ unit: 'binary' }).filter((value) => !/[\r\0\ud800-\udfff]/.test(value));
  fc.assert(
    fc.property(text, (value) => {
      const { html } = markup`<p title="${value}">${value}</p>`;
      const $ = load(html, null, false);
      expect($('*')).toHaveLength(1);
      expect($('p').attr('title')).toBe(value);
      expect($('p').text()).toBe(value);
    }),
  );
});

test('markup is put in as it is, lists one after the other, undefined as nothing', () => {
  const items = ['a', '<b>'].map((item) => markup`<li>${item}</li>`);
  expect(markup`<ul>${items}</ul>${undefined}${3}`.html).toBe(
    '<ul><li>a</li><li>&lt;b&gt;</li></ul>3',
  );
});
