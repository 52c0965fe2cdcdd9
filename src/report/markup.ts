/** HTML that was put together by {@link markup}, so that nothing in it stands unescaped. */
export class Markup {
  constructor(readonly html: string) {}
}

/** What may stand in a template: text is escaped, markup is not, lists are joined, nothing is left out. */
type Value = string | number | Markup | undefined | readonly Value[];

const entities: Record<string, string> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

function htmlOf(value: Value): string {
  if (value === undefined) return '';
  if (value instanceof Markup) return value.html;
  if (typeof value === 'object') return value.map(htmlOf).join('');
  return String(value).replace(/[&<>"']/g, (character) => entities[character] ?? character);
}

/**
 * A template for HTML: what stands in the template itself is markup, every value put into it is
 * escaped, in text and in quoted attributes alike (HTML Living Standard, 13.1.2).
 */
export function markup(parts: TemplateStringsArray, ...values: readonly Value[]): Markup {
  return new Markup(String.raw({ raw: parts }, ...values.map(htmlOf)));
}
