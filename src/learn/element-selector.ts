import type { PageElement } from '../page/html-document.js';
import { classesOf, isLastingId } from './lasting-names.js';

/** A selector for a value of an attribute; with `part`, for a part of its value. */
export function attributeSelector(name: string, value: string, part?: 'part'): string {
  const quoted = value.replace(/["\\]/g, '\\$&').replace(/[\n\r\f]/g, ' ');
  return `[${name}${part === undefined ? '' : '*'}="${quoted}"]`;
}

/** Selectors for an element by its own id, name and classes, the most lasting first. */
export function ownSelectors(element: PageElement): string[] {
  const { name: tag, attribs } = element;
  const { id, name, value } = attribs;
  // ASP.NET puts counters before the name that the author gave: ctl00_Main_LoginButton.
  const idEnding = /_([A-Za-z]{4,})$/.exec(id ?? '')?.[1];
  return [
    ...(id && isLastingId(id) ? [`${tag}#${id}`] : []),
    ...(idEnding && !isLastingId(id ?? '') ? [`${tag}[id$="_${idEnding}"]`] : []),
    ...(name ? [tag + attributeSelector('name', name)] : []),
    ...(name && value
      ? [tag + attributeSelector('name', name) + attributeSelector('value', value)]
      : []),
    ...classesOf(element, 'own').map((one) => `${tag}.${one}`),
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
