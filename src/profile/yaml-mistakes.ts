import { type Document, type ErrorCode, Lexer, type LineCounter } from 'yaml';

/** What is wrong in a profile: its line, from 1, and a sentence. */
export interface ProfileProblem {
  line: number;
  sentence: string;
}

const quote = 'Put the whole text in single quotes';

/** In place of the parser's words: what is wrong most often, and what to do. */
const sentences: Partial<Record<ErrorCode, string>> = {
  BAD_INDENT: 'keys that belong together must begin in the same column',
  BAD_SCALAR_START: `a text without quotes cannot begin with this sign. ${quote}`,
  BLOCK_AS_IMPLICIT_KEY: `a colon with a space behind it makes a key, and there is one too many. If it belongs to a text, put the whole text in single quotes`,
  DUPLICATE_KEY: 'the key stands here a second time. Delete one of the two',
  MULTILINE_IMPLICIT_KEY: 'a key needs a colon, and a space behind the colon',
  TAB_AS_INDENT: 'a line must not begin with a tab. Use spaces',
  UNEXPECTED_TOKEN: `the value ends before its line does. ${quote}, and write a single quote inside it twice`,
};

/** Signs that end a lexical token of the parser's own making: they are not in the text. */
const markers = new Set(['\u0002', '\u0018', '\u001f']);

/** The tokens of a text, each with the place where it begins. */
function* tokensOf(text: string): Generator<{ token: string; at: number }> {
  let at = 0;
  for (const token of new Lexer().lex(text)) {
    if (markers.has(token)) continue;
    yield { token, at };
    at += token.length;
  }
}

/** What looks like a value that begins with `#`, such as `row: #photos`, and is a comment to YAML. */
function likelyValues(text: string): { token: string; at: number }[] {
  return [...tokensOf(text)].filter(
    ({ token, at }) =>
      /^#[^\s#]/.test(token) && /\S/.test(text.slice(text.lastIndexOf('\n', at) + 1, at)),
  );
}

/** The quotation mark of a text that is never closed. */
function unclosedQuote(text: string): number {
  return [...tokensOf(text)].findLast(({ token }) => /^['"]/.test(token))?.at ?? 0;
}

function fromError(
  { errors: [error] }: Document,
  text: string,
  lines: LineCounter,
): ProfileProblem | undefined {
  if (error === undefined) return undefined;
  const [from] = error.pos;
  if (error.code === 'MISSING_CHAR') {
    return {
      line: lines.linePos(unclosedQuote(text)).line,
      sentence: 'this quotation mark has no second one that closes the text',
    };
  }
  const { line } = lines.linePos(from);
  const [sign = ''] = text.slice(from);
  const before = text.slice(text.lastIndexOf('\n', from) + 1, from);
  const opened = /[[{]/.test(sign) ? sign : (/: +([[{])[^\]}]*[\]}] *$/.exec(before)?.[1] ?? '');
  if (error.code === 'UNEXPECTED_TOKEN' && opened !== '') {
    return { line, sentence: `an unquoted ${bracket(opened)}. ${quote}` };
  }
  if (error.message.startsWith('Flow')) {
    return { line, sentence: 'what opens with { or [, here or above, must be closed' };
  }
  const [message] = error.message.split(/ at line \d+/);
  return { line, sentence: sentences[error.code] ?? `this is not YAML: ${message}` };
}

/** What an opening bracket means in YAML, where text was meant. */
export function bracket(opening: string): string {
  return opening === '[' ? '[ begins a list' : '{ begins keys with values';
}

/**
 * What is wrong in a profile's YAML. One mistake makes a parser stumble over all that follows, so
 * only the first error is told.
 *
 * @param document the parsed text
 * @returns an empty list where the YAML is sound
 */
export function yamlMistakes(
  document: Document,
  text: string,
  lines: LineCounter,
): ProfileProblem[] {
  const values = likelyValues(text).map(({ token, at }) => ({
    line: lines.linePos(at).line,
    sentence: `to YAML “${token}” is a comment, because of the # behind a space. If it belongs to a value, put the whole value in single quotes; if it is a comment, put a space behind the #`,
  }));
  if (values.length > 0) return values;
  const error = fromError(document, text, lines);
  return error === undefined ? [] : [error];
}
