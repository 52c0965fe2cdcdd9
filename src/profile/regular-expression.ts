import * as z from 'zod';

/** Characters of the longest text that a profile's expressions are tried on. */
const mostCharacters = 20_000;

/** Compiles a profile's expression. @throws SyntaxError if it is not a regular expression */
export function compile(pattern: string, flags = ''): RegExp {
  return new RegExp(pattern, `u${flags}`);
}

/**
 * The match of a profile's expression in a text of the site's; null also if the text is too long.
 *
 * @param most UTF-16 units of the longest text
 */
export function matchIn(
  text: string,
  pattern: string,
  most = mostCharacters,
): RegExpExecArray | null {
  return text.length > most ? null : compile(pattern).exec(text);
}

/** A regular expression in a profile (JavaScript, with the flag `u`). */
export const expressionSchema = z.string().superRefine((text, context) => {
  try {
    compile(text);
  } catch (error) {
    context.addIssue({ code: 'custom', message: (error as Error).message });
  }
});
