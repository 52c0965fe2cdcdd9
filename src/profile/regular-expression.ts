/** Characters of a text at the most that a profile's expressions are tried on. */
const mostCharacters = 20_000;

/** A profile's expression as a program can use it. @throws SyntaxError if it is none */
export function compile(pattern: string, flags = ''): RegExp {
  return new RegExp(pattern, `u${flags}`);
}

/** The match of a profile's expression in a text of the site's, or null; null, too, in a text that is too long. */
export function matchIn(text: string, pattern: string): RegExpExecArray | null {
  return text.length > mostCharacters ? null : compile(pattern).exec(text);
}
