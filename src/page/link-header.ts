/** The targets of the links with a relation type in a Link header (RFC 8288, section 3). */
export function linksWithRelation(header: string, relation: string): string[] {
  const links = header.matchAll(
    /<([^<>]*)>((?:\s*;\s*[\w*!#$&+.^`|~-]+(?:\s*=\s*(?:"[^"]*"|[^\s",;]+))?)*)/g,
  );
  const found: string[] = [];
  for (const [, target = '', parameters = ''] of links) {
    const [, quoted, plain] = /;\s*rel\s*=\s*(?:"([^"]*)"|([^\s",;]+))/i.exec(parameters) ?? [];
    const relations = (quoted ?? plain ?? '').toLowerCase().split(/\s+/);
    if (relations.includes(relation)) found.push(target);
  }
  return found;
}
