import type { WrittenRule } from './written-rule.js';

/** One place in the rows, or around them, with what stands there in each row. */
export interface Column {
  /** Where it is, as a rule of a profile says it. */
  source: WrittenRule;
  /** What it is called there, in lower case: an attribute, a class, a member of JSON. */
  name: string;
  /** The name of the element that has it; empty in JSON. */
  tag: string;
  /** What stands there in each row; undefined where there is nothing. */
  values: readonly (string | undefined)[];
}

/** How many rows have a value there. */
export function filledIn(values: readonly (string | undefined)[]): number {
  return values.filter((value) => value !== undefined).length;
}

/** How many different values there are. */
export function differentIn(values: readonly (string | undefined)[]): number {
  return new Set(values.filter((value) => value !== undefined)).size;
}
