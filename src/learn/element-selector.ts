import type { PageElement } from '../page/html-document.js';

/** Names that a program made up: with hexadecimal digits, or numbers that come with the page. */
const generated = /\d{3,}|(?=[a-z]*\d)[a-z\d]{5,}$|^(?:css|sc|jsx|svelte|emotion)-|__\w{5}$|:/i;

/** Whether a name was given by a person, and lasts. */
export function isLastingName(name: string | undefined): name is string {
  return name !== undefined && /^[a-z_][\w-]*$/i.test(name) && !generated.test(name);
}

/** A selector for a value of an attribute; with `part`, for a part of its value. */
export function attributeSelector(name: string, value: string, part?: 'part'): string {
  const quoted = value.replace(/["\\]/g, '\\$&').replace(/[\n\r\f]/g, ' ');
  return `[${name}${part === undefined ? '' : '*'}="${quoted}"]`;
}

/** Selectors for an element by its own id, name and classes, the most lasting first. */
export function ownSelectors({ name: tag, attribs }: PageElement): string[] {
  const { id, name, value } = attribs;
  const classes = (attribs.class ?? '').split(/\s+/).filter(isLastingName);
  return [
    ...(isLastingName(id) ? [`${tag}#${id}`] : []),
    ...(name ? [tag + attributeSelector('name', name)] : []),
    ...(name && value
      ? [tag + attributeSelector('name', name) + attributeSelector('value', value)]
      : []),
    ...classes.map((one) => `${tag}.${one}`),
    ...(value ? [tag + attributeSelector('value', value)] : []),
    ...['title', 'aria-label']
      .filter((label) => attribs[label])
      .map((label) => tag + attributeSelector(label, attribs[label] ?? '')),
  ];
}

/**
 * Selectors for a link, form or button by the parts of its address that say something.
 *
 * @param says whether a part does: one of the path, or one of the query with `?` before it
 */
export function addressSelectors(
  { name: tag, attribs }: PageElement,
  says: (part: string) => boolean,
): string[] {
  const name = ['href', 'action', 'formaction', 'onclick'].find(
    (one) => attribs[one] !== undefined,
  );
  const [, path = '', query = ''] = /^([^?#]*)\??([^#]*)/.exec(attribs[name ?? ''] ?? '') ?? [];
  const parts = [
    ...path.split(/[/'"]/).filter((part) => part !== '' && says(part)),
    ...query.split(/[&;]/).filter((part) => part !== '' && says(`?${part}`)),
  ];
  return name === undefined ? [] : parts.map((part) => tag + attributeSelector(name, part, 'part'));
}
