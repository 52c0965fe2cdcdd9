import { isParent } from '../profile/json-path.js';

/** Values in JSON of one kind: all that one path finds, such as `$.posts[*].photos[*]`. */
export interface JsonGroup {
  path: string;
  values: unknown[];
  /** The names of the lists and objects on the way to them, the outermost first. */
  names: readonly string[];
}

/** The most values that are looked at. */
const mostValues = 200_000;
/** The deepest place that is looked at. */
const deepest = 14;
/** From how many members on an object can be a list by its members' names. */
const leastMembers = 2;
const plainName = /^[\p{L}_][\p{L}\p{N}_-]*$/u;

/** A path's step to a member of an object. */
export function memberStep(name: string): string {
  return plainName.test(name) ? `.${name}` : `['${name.replace(/[\\']/g, '\\$&')}']`;
}

interface Place {
  value: unknown;
  path: string;
  names: readonly string[];
}

/**
 * Finds the groups of values that lists hold, and objects whose members are named by ids or file names,
 * in the order of their first values.
 */
export function jsonGroups(value: unknown): JsonGroup[] {
  const groups = new Map<string, JsonGroup & { members: Set<string> }>();
  const waiting: Place[] = [{ value, path: '$', names: [] }];
  let looked = 0;
  for (let place = waiting.pop(); place !== undefined; place = waiting.pop()) {
    if (++looked > mostValues) break;
    const { value: at, path, names } = place;
    if (!isParent(at) || names.length > deepest) continue;
    const step = eachStep(at);
    const inside = Object.entries(at).map(([name, member]): Place => {
      if (step === undefined) {
        return { value: member, path: `${path}${memberStep(name)}`, names: [...names, name] };
      }
      return { value: member, path: `${path}${step}`, names };
    });
    if (step !== undefined) {
      const all = `${path}${step}`;
      const group = groups.get(all) ?? { path: all, values: [], names, members: new Set() };
      for (const [name, member] of Object.entries(at)) {
        group.values.push(member);
        group.members.add(name);
      }
      groups.set(all, group);
    }
    waiting.push(...inside.reverse());
  }
  // The same names in one object after the other are kinds of a thing, such as its sizes.
  return [...groups.values()].filter(
    ({ path, values, members }) =>
      values.length > 0 && (!path.endsWith('.*') || members.size > values.length / 2),
  );
}

/** The step to all that a list, or an object that is one, holds; undefined for other objects. */
function eachStep(value: object): '[*]' | '.*' | undefined {
  if (Array.isArray(value)) return '[*]';
  const members = Object.entries(value);
  if (members.length < leastMembers || !members.every(([, one]) => isParent(one))) return undefined;
  const isNamed = members.every(([name]) => /\d|\.\w{3,4}$|^[\w-]{20,}$/.test(name));
  return isNamed ? '.*' : undefined;
}
