import { type Document, isMap, isScalar, isSeq, type LineCounter } from 'yaml';
import type * as z from 'zod';
import { bracket, type ProfileProblem } from './yaml-mistakes.js';

const noSuchKey = 'there is no such key';

/** A problem at one place of a profile. */
interface Problem {
  path: PropertyKey[];
  message: string;
}

/** Whether a union's branch fails because the value is of another kind than the branch. */
function isOtherKind(issues: readonly z.core.$ZodIssue[]): boolean {
  return issues.some(
    ({ code, path }) => path.length === 0 && (code === 'invalid_type' || code === 'invalid_value'),
  );
}

/** The issues of the branch that was probably meant: the one of the value's kind. */
function ofUnion(issue: z.core.$ZodIssueInvalidUnion): readonly z.core.$ZodIssue[] {
  const branches = issue.errors.filter((issues) => !isOtherKind(issues));
  return branches.length === 1 ? (branches[0] ?? []) : nearest(branches);
}

/** Of several branches of one kind, the one with the fewest unknown keys. */
function nearest(branches: readonly (readonly z.core.$ZodIssue[])[]): readonly z.core.$ZodIssue[] {
  const strangers = (issues: readonly z.core.$ZodIssue[]) =>
    issues.reduce(
      (sum, issue) => sum + (issue.code === 'unrecognized_keys' ? issue.keys.length : 0),
      0,
    );
  return [...branches].sort((one, other) => strangers(one) - strangers(other))[0] ?? [];
}

function choices(issue: z.core.$ZodIssueInvalidUnion): string {
  const words = issue.errors.flatMap((issues) =>
    issues.flatMap((inner) => {
      if (inner.path.length > 0) return [];
      if (inner.code === 'invalid_value') return inner.values.map(String);
      return inner.code === 'invalid_type' ? [article(inner.expected)] : [];
    }),
  );
  return `takes ${[...new Set(words)].join(', ')}`;
}

const articles: Record<string, string> = {
  object: 'keys with values',
  record: 'keys with values',
  array: 'a list',
  string: 'text',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
};
const article = (expected: string) => articles[expected] ?? expected;

function messageOf(issue: z.core.$ZodIssue): string {
  if (issue.code === 'invalid_type') {
    return issue.input === undefined && / received undefined$/.test(issue.message)
      ? `is missing; it takes ${article(issue.expected)}`
      : `takes ${article(issue.expected)}`;
  }
  if (issue.code === 'too_small') {
    return issue.origin === 'number' ? `takes ${issue.minimum} or more` : 'must not be empty';
  }
  if (issue.code === 'too_big') return `takes ${issue.maximum} or less`;
  if (issue.code === 'invalid_value') return `takes ${issue.values.join(', ')}`;
  if (issue.code === 'invalid_key') return issue.issues[0]?.message ?? issue.message;
  return issue.message;
}

function flatten(issue: z.core.$ZodIssue): Problem[] {
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((key) => ({
      path: [...issue.path, key],
      message: noSuchKey,
    }));
  }
  if (issue.code === 'invalid_union' && issue.errors.length > 0) {
    const inner = ofUnion(issue);
    if (inner.length === 0) return [{ path: issue.path, message: choices(issue) }];
    return inner.flatMap((one) => flatten({ ...one, path: [...issue.path, ...one.path] }));
  }
  return [{ path: issue.path, message: messageOf(issue) }];
}

function inWords(path: readonly PropertyKey[]): string {
  return path.reduce<string>((words, key) => {
    if (typeof key === 'number') return `${words}[${key + 1}]`;
    return words === '' ? String(key) : `${words}.${String(key)}`;
  }, '');
}

/** How YAML reads a text without quotes, where that explains the problem. */
function hintFor(message: string, node: unknown): string {
  const isNothing = node === undefined || (isScalar(node) && node.value === null);
  if (message === noSuchKey && isNothing) {
    return '; inside { } an unquoted comma ends a value, so put a text with it in single quotes';
  }
  if (!message.startsWith('takes text')) return '';
  if (isNothing) return ', but nothing stands there';
  if (!(isSeq(node) || isMap(node)) || node.flow !== true) return '';
  const opening = isSeq(node) ? '[' : '{';
  return `; an unquoted ${bracket(opening)}, so put a text with it in single quotes`;
}

/**
 * Every problem of a profile as a sentence with its place, and its line, in the file's order. List
 * items are counted from 1.
 *
 * @param document the parsed file, which knows the lines
 */
export function problemsOf(
  error: z.ZodError,
  document: Document,
  lines: LineCounter,
): ProfileProblem[] {
  const lineOf = (path: readonly PropertyKey[]): number => {
    for (let length = path.length; length > 0; length--) {
      const key = path.slice(0, length);
      const node = document.getIn(key, true) as { range?: [number] } | undefined;
      if (node?.range) return lines.linePos(node.range[0]).line;
    }
    return 1;
  };
  const seen = new Set<string>();
  return error.issues
    .flatMap(flatten)
    .map(({ path, message }) => ({
      line: lineOf(path),
      sentence: `${inWords(path) || 'profile'}: ${message}${hintFor(message, document.getIn(path, true))}`,
    }))
    .filter(({ sentence }) => !seen.has(sentence) && seen.add(sentence))
    .sort((one, other) => one.line - other.line);
}
