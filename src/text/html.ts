const entities: Record<string, string> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** Markup that goes into a page unescaped. {@link html} makes it; a style sheet may be wrapped in it. */
export class Html {
  constructor(readonly markup: string) {}
}

/** What a template takes: text, which is escaped; markup; lists of both; or undefined, for nothing. */
type HtmlValue = string | number | undefined | Html | readonly HtmlValue[];

function markupOf(value: HtmlValue): string {
  if (value === undefined) return '';
  if (value instanceof Html) return value.markup;
  if (typeof value === 'object') return value.map(markupOf).join('');
  return String(value).replace(/[&<>"']/g, (character) => entities[character] ?? character);
}

/**
 * A template for HTML. The template's own text is markup; every value in it that is not markup is
 * escaped, in text and in quoted attributes alike (HTML Living Standard, 13.1.2).
 */
export function html(template: TemplateStringsArray, ...values: readonly HtmlValue[]): Html {
  const parts = template.map((text, index) => text + markupOf(values[index]));
  return new Html(parts.join(''));
}
