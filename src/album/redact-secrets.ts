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
/** Characters below which a secret is no secret, and would take half the page with it. */
const shortestSecret = 4;

interface Span {
  from: number;
  to: number;
}

/** The text without the spans, which begin one after the other. */
function without(text: string, spans: readonly Span[]): string {
  let kept = '';
  let at = 0;
  for (const { from, to } of spans) {
    if (from < at) continue;
    kept += text.slice(at, from);
    at = to;
  }
  return kept + text.slice(at);
}

/** Where the quoted or bare value of an attribute is to be emptied. */
function inner(value: string, end: number): Span {
  const quotes = /^["']/.test(value) ? 1 : 0;
  return { from: end - value.length + quotes, to: end - quotes };
}

/** The value that an input or a meta element holds, where it is a hidden or a telling one. */
function secretValue(html: string, element: string, from: number): Span | undefined {
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
  return isHidden || secretName.test(named) ? held?.span : undefined;
}

function blankElements(html: string): string {
  const spans: Span[] = [];
  for (const match of html.matchAll(tag)) {
    const span = secretValue(html, match[1] ?? '', match.index + match[0].length);
    if (span !== undefined) spans.push(span);
  }
  return without(html, spans);
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
function blankAssignments(html: string): string {
  let kept = '';
  let at = 0;
  assignment.lastIndex = 0;
  for (let match = assignment.exec(html); match !== null; match = assignment.exec(html)) {
    const [all, name = '', opened, number] = match;
    const end = match.index + all.length;
    // What follows a name of no interest may itself begin with a name.
    assignment.lastIndex = match.index + name.length;
    if (!secretName.test(name)) continue;
    const from = end - (number?.length ?? 0);
    const to = opened === undefined ? end : endOfText(html, end, opened);
    kept += html.slice(at, from) + (number === undefined ? '' : '0');
    at = to;
    assignment.lastIndex = to;
  }
  return kept + html.slice(at);
}

/** Every way in which a character may be written in a page: plain, entity, escape or percent. */
function spellingsOf(character: string): string {
  const plain = character.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&');
  const code = character.codePointAt(0) ?? 0;
  const bytes = [...Buffer.from(character)].map((byte) => `%${byte.toString(16).padStart(2, '0')}`);
  const named: Record<string, string> = {
    '&': '&amp;',
    '<': '&lt;',
    '>': '&gt;',
    '"': '&quot;',
    "'": '&apos;',
    ' ': '\\+',
  };
  const units = [...Array(character.length).keys()].map(
    (index) => `\\\\u${character.charCodeAt(index).toString(16).padStart(4, '0')}`,
  );
  // What is longer comes first: a plain & would leave the rest of &amp; behind.
  const ways = [
    named[character],
    `&#0*${code};`,
    `&#x0*${code.toString(16)};`,
    units.join(''),
    code < 256 ? `\\\\x${code.toString(16).padStart(2, '0')}` : undefined,
    bytes.join(''),
    `\\\\${plain}`,
    plain,
  ];
  return `(?:${ways.filter((way) => way !== undefined).join('|')})`;
}

/** Made once for each secret: V8 makes an expression fast only when it is used again. */
const expressions = new Map<string, RegExp>();

function expressionFor(secret: string): RegExp {
  const made = expressions.get(secret);
  if (made !== undefined) return made;
  const base64 = Buffer.from(secret).toString('base64').replace(/=+$/, '');
  const ways = [[...secret].map(spellingsOf).join(''), base64.replace(/[+/]/g, '\\$&')];
  const expression = new RegExp(ways.join('|'), 'giu');
  expressions.set(secret, expression);
  return expression;
}

function blankText(html: string, secret: string): string {
  if ([...secret].length < shortestSecret) return html;
  return html.replace(expressionFor(secret), '');
}

/**
 * A page without what could let somebody in: values of hidden and password fields, of inputs, metas,
 * assignments and query parameters that are named like a token, and the secrets wherever they stand,
 * however they are written. All else stays as it is, to the letter.
 *
 * @param html the page as served
 * @param secrets the password and the session's cookies; those of fewer than four characters are
 *   left, since they would take half the page with them
 */
export function redactSecrets(html: string, secrets: readonly string[]): string {
  const blanked = blankAssignments(blankElements(html)).replace(parameter, (match, name: string) =>
    secretName.test(name) ? `${name}=` : match,
  );
  return secrets.reduce(blankText, blanked);
}
