import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { html } from '../../src/text/html.js';

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
