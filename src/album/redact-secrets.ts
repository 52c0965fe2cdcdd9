import { replaceSpans, type Secrets, type Span } from './secrets.js';

/** Names of what lets its bearer in; "author" is none of them, "authorization" is. */
const secretName = /token|csrf|xsrf|session|nonce|secret|passw|verification|auth(?!or(?!i[sz]))/i;

const tag = /<(input|meta)(?=[\s/>])/gi;
const attribute = /[\s/]*([^\s"'<>/=]+)(?:\s*=\s*("[^"]*"|'[^']*'|[^\s"'<>]+))?/y;
const quote = /["'`]|&quot;|&#34;|&apos;|&#39;|&#x27;/;
const bare = '(?=[\\w+/-]{0,80}\\d)([\\w.+/=-]{6,})';
/**
 * A name, then : or =, then what follows: a quote, or a bare value of some length with a digit. That
 * one not behind a colon alone, since prose has such colons: "Session: 2016-11-24".
 */
const assignment = new RegExp(
  `(?<![\\w$-])([\\w$-]{1,80})(?:(?:${quote.source})?\\s{0,20}[:=]\\s{0,20}(${quote.source})|(?:\\s{0,20}=|["']\\s{0,20}:)\\s{0,20}${bare})`,
  'gi',
);
const parameter = /(?<=[?&;])([\w.~-]{1,80})=[^&"'\s<>#;]+/g;
/** Where the quoted or bare value of an attribute is to be emptied. */
function inner(value: string, end: number): Span {
  const quotes = /^["']/.test(value) ? 1 : 0;
  return { from: end - value.length + quotes, to: end - quotes };
}

/** The value that an input or a meta element holds, where it is a hidden or a telling one. */
function secretValue(
  html: string,
  element: string,
  from: number,
  secrets: Secrets,
): Span | undefined {
  const attributes = new Map<string, { text: string; span: Span }>();
  attribute.lastIndex = from;
  for (let match = attribute.exec(html); match !== null; match = attribute.exec(html)) {
    const [, name = '', value = ''] = match;
    const text = value.replace(/^["']|["']$/g, '');
    attributes.set(name.toLowerCase(), { text, span: inner(value, attribute.lastIndex) });
  }
  const text = (name: string): string => attributes.get(name)?.text ?? '';
  const named = ['name', 'id', 'property', 'itemprop', 'http-equiv'].map(text).join(' ');
  const isInput = element.toLowerCase() === 'input';
  const isHidden = isInput && /^(?:hidden|password)$/i.test(text('type'));
  const held = attributes.get(isInput ? 'value' : 'content');
  const isPassword = held !== undefined && secrets.isPassword(text('name'), held.text);
  return isHidden || isPassword || secretName.test(named) ? held?.span : undefined;
}

function blankElements(html: string, secrets: Secrets): string {
  const spans: Span[] = [];
  for (const match of html.matchAll(tag)) {
    const span = secretValue(html, match[1] ?? '', match.index + match[0].length, secrets);
    if (span !== undefined) spans.push(span);
  }
  return replaceSpans(html, spans, () => '');
}

/** Where the text in quotes ends: at the same quote again, unless a backslash is before it. */
function endOfText(html: string, from: number, opened: string): number {
  for (let at = html.indexOf(opened, from); at >= 0; at = html.indexOf(opened, at + 1)) {
    if (html[at - 1] !== '\\' || html[at - 2] === '\\') return at;
  }
  return from;
}

/**
 * Empties `name: "value"`, `name = 'value'`, `name="value"`, in scripts, JSON and attributes. A bare
 * value becomes 0, so that JSON stays JSON.
 */
function blankAssignments(html: string, secrets: Secrets): string {
  let kept = '';
  let at = 0;
  assignment.lastIndex = 0;
  for (let match = assignment.exec(html); match !== null; match = assignment.exec(html)) {
    const [all, name = '', opened, number] = match;
    const end = match.index + all.length;
    // What follows a name of no interest may itself begin with a name.
    assignment.lastIndex = match.index + name.length;
    const from = end - (number?.length ?? 0);
    const isSecret = secretName.test(name);
    if (!isSecret && !secrets.sendsPassword(name)) continue;
    const to = opened === undefined ? end : endOfText(html, end, opened);
    if (!isSecret && !secrets.isPassword(name, html.slice(from, to))) continue;
    kept += html.slice(at, from) + (number === undefined ? '' : '0');
    at = to;
    assignment.lastIndex = to;
  }
  return kept + html.slice(at);
}

/**
 * A page without what could let somebody in: values of hidden and password fields, of inputs, metas,
 * assignments and query parameters that are named like a token, and the secrets where {@link Secrets}
 * finds them. All else stays as it is, to the letter.
 *
 * @param html the page as served
 */
export function redactSecrets(html: string, secrets: Secrets): string {
  const blanked = blankAssignments(blankElements(html, secrets), secrets).replace(
    parameter,
    (match, name: string) => (secretName.test(name) ? `${name}=` : match),
  );
  return replaceSpans(blanked, secrets.find(blanked), () => '');
}
