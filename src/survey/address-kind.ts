/** A part of a path that differs from photo to photo, rather than naming a kind of thing. */
const variable = /\d|%|\.|^[0-9a-f]{1,2}$|^.{24,}$/i;

/**
 * The kind of an address: its host and path, with `*` for what differs from one thing of its kind to
 * the next, and the names of its query's parameters.
 */
export function addressKind({ host, pathname, search }: URL): string {
  const parts = pathname.split('/');
  const file = parts.pop() ?? '';
  const folders = parts.map((part) => (variable.test(part) ? '*' : part));
  const names = [...search.matchAll(/[?&;]([^=&;]*)/g)].map(([, name]) => name).sort();
  const last = search === '' || variable.test(file.replace(/\.\w+$/, '')) ? '*' : file;
  return `${host.replace(/\d+/g, '#')}${folders.join('/')}/${last}${names.length > 0 ? `?${names.join('&')}` : ''}`;
}
