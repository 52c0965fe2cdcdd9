import { readFileSync } from 'node:fs';
import { parse } from 'dotenv';
import { EncodingError, utf8Text } from '../text/utf8-text.js';

/** What a `.env` file sets, and what is wrong with it. */
interface DotenvFile {
  values: Readonly<Record<string, string>>;
  /** Why it could not be read, in a sentence. */
  problem?: string;
  /** Lines, counted from 1, at which dotenv cut a value off, by the value's name. */
  cutAt: ReadonlyMap<string, number>;
}

/**
 * A name, then a value with a # that has no space before it; the parts are named as in dotenv's own
 * expression. dotenv takes everything from the first # on for a comment, unless the value is quoted.
 */
const hashInValue = /^\s*(?:export\s+)?([\w.-]+)(?:\s*=|:\s+)([^#]*)(?<!\s)#/;

/** Reads a `.env` file as dotenv does. A file that does not exist sets nothing. */
export function readDotenvFile(file: string): DotenvFile {
  const nothing = { values: {}, cutAt: new Map<string, number>() };
  try {
    const text = utf8Text(readFileSync(file));
    const values = parse(text);
    return { values, cutAt: cutValues(text, values) };
  } catch (error) {
    if (error instanceof EncodingError) {
      return { ...nothing, problem: `The settings file ${file} ${error.message}` };
    }
    const { code, message } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT') return nothing;
    const problem = `The settings file ${file} cannot be read (${message}). Make it readable, or remove it`;
    return { ...nothing, problem };
  }
}

/** A value with a # was cut off where what dotenv made of it is what stands before the #. */
function cutValues(text: string, values: Readonly<Record<string, string>>): Map<string, number> {
  const cut = new Map<string, number>();
  for (const [index, line] of text.split(/\r\n?|\n/).entries()) {
    const [, name = '', before = ''] = hashInValue.exec(line) ?? [];
    if (name !== '' && values[name] === before.trim()) cut.set(name, index + 1);
  }
  return cut;
}
