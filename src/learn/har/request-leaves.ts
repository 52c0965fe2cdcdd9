import { isParent } from '../../profile/json-path.js';
import type { Exchange } from './exchange.js';
import { formType } from './exchange.js';

/** A text or number in what a request sends. */
export interface RequestLeaf {
  where: 'query' | 'form' | 'json';
  /** The names of the members that lead to it; of a query or a form, its name alone. */
  path: readonly string[];
  value: string;
  isNumber: boolean;
}

/** The texts and numbers that a request sends in its query and its body, in order. */
export function leavesOf(exchange: Exchange): RequestLeaf[] {
  return [...queryLeaves(exchange.url), ...bodyLeaves(exchange)];
}

/** The parameters of an address. */
export function queryLeaves(url: string): RequestLeaf[] {
  return [...new URL(url).searchParams].map(([name, value]) => leaf('query', [name], value));
}

/** What stands in the body of a request: the fields of a form, or JSON's texts and numbers. */
export function bodyLeaves(exchange: Exchange): RequestLeaf[] {
  const form = formOf(exchange);
  if (form !== undefined) return form.map(([name, value]) => leaf('form', [name], value));
  const json = jsonOf(exchange);
  return json === undefined ? [] : jsonLeaves(json, []);
}

/** The fields of the form that a request sends; undefined where it sends none. */
export function formOf({ body }: Exchange): [string, string][] | undefined {
  return body?.type === formType ? [...new URLSearchParams(body.text)] : undefined;
}

/** The JSON that a request sends; undefined where it sends none. */
export function jsonOf({ body }: Exchange): object | undefined {
  if (body === undefined || body.type === formType) return undefined;
  try {
    const json: unknown = JSON.parse(body.text);
    return isParent(json) ? json : undefined;
  } catch {
    // Telemetry, multipart and the like are no requests that are learned from.
    return undefined;
  }
}

function jsonLeaves(value: unknown, path: readonly string[]): RequestLeaf[] {
  if (typeof value === 'string') return [leaf('json', path, value)];
  if (typeof value === 'number') return [{ ...leaf('json', path, String(value)), isNumber: true }];
  if (!isParent(value)) return [];
  return Object.entries(value).flatMap(([name, one]) => jsonLeaves(one, [...path, name]));
}

function leaf(where: RequestLeaf['where'], path: readonly string[], value: string): RequestLeaf {
  return { where, path, value, isNumber: false };
}

/** What a leaf is called in its request. */
export function leafKey({ where, path }: RequestLeaf): string {
  return JSON.stringify([where, ...path]);
}

/** A value of JSON with some of its leaves replaced, by their paths. */
export function withLeaves(
  value: unknown,
  replaced: (path: readonly string[]) => unknown,
  path: readonly string[] = [],
): unknown {
  const change = isParent(value) ? undefined : replaced(path);
  if (change !== undefined) return change;
  if (typeof value === 'string') return withoutSlots(value);
  if (Array.isArray(value)) {
    return value.map((one, at) => withLeaves(one, replaced, [...path, String(at)]));
  }
  if (!isParent(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, one]) => [name, withLeaves(one, replaced, [...path, name])]),
  );
}

/** A text whose braces a profile does not take for slots: GraphQL is the same with spaces in them. */
function withoutSlots(text: string): string {
  return /\{\s*[a-zA-Z]+\s*\}/.test(text) ? text.replace(/\{([a-zA-Z]+)\}/g, '{ $1 }') : text;
}
