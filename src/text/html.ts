const entities: Record<string, string> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** Markup that is safe to put into a page as it stands. Only {@link html} makes it. */
export class Html {
  constructor(readonly markup: string) {}
}

/** What may stand in a template: text, which is escaped; markup; lists of both; or nothing. */
export type HtmlValue = string | number | undefined | Html | readonly HtmlValue[];

function markupOf(value: HtmlValue): string {
  if (value === undefined) return '';
  if (value instanceof Html) return value.markup;
  if (typeof value === 'object') return value.map(markupOf).join('');
  return String(value).replace(/[&<>"']/g, (character) => entities[character] ?? character);
}

/**
 * A template of a page: the text of the template is markup, every value put into it is escaped
 * unless it is markup itself. Values may stand between tags and inside quoted attributes.
 */
export function html(template: TemplateStringsArray, ...values: readonly HtmlValue[]): Html {
  const parts = template.map((text, index) => text + markupOf(values[index]));
  return new Html(parts.join(''));
}
