/** A JSON value with its name (or index) in its parent. */
export interface JsonNode {
  value: unknown;
  name?: string | undefined;
  /** The object or array that it stands in; missing for the whole. */
  parent?: JsonNode | undefined;
}

type Step = { name: string } | 'each';

interface JsonPath {
  steps: readonly Step[];
  /** Whether the path selects the names of what it finds instead of the values. */
  wantsName: boolean;
}

const step = /\.(\*|[\p{L}_][\p{L}\p{N}_-]*)|\[(?:(\*)|(\d{1,9})|'((?:[^'\\]|\\.)*)')\]/uy;

/** Whether a selector is a JSON path; CSS selectors never begin with `$`. */
export function isJsonPath(select: string): boolean {
  return select.startsWith('$');
}

/**
 * Parses a path: the part of RFC 9535 that selects one member or all (`$.photos[*]`, `$.a.*`,
 * `$['odd name'][0]`). A final `~` selects the value's name instead.
 *
 * @throws Error quoting the part that is not a path
 */
export function parseJsonPath(text: string): JsonPath {
  const wantsName = text.endsWith('~');
  const end = wantsName ? text.length - 1 : text.length;
  const steps: Step[] = [];
  let at = 1;
  while (at < end) {
    step.lastIndex = at;
    const found = step.exec(text);
    if (found === null) {
      throw new Error(
        `“${text.slice(at)}” is not a step of a path; a step is .name, ['any name'], [0], [*] or .*`,
      );
    }
    const [all, named, each, index, quoted] = found;
    const name = named ?? index ?? quoted?.replace(/\\(.)/gu, '$1') ?? '*';
    steps.push(named === '*' || each === '*' ? 'each' : { name });
    at += all.length;
  }
  return { steps, wantsName };
}

function children(parent: JsonNode): JsonNode[] {
  if (!isParent(parent.value)) return [];
  return Object.entries(parent.value).map(([name, value]) => ({ name, value, parent }));
}

/** Whether a JSON value is an object or an array. */
export function isParent(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}

function child(parent: JsonNode, name: string): JsonNode[] {
  const { value } = parent;
  if (!isParent(value) || !Object.hasOwn(value, name)) return [];
  if (Array.isArray(value) && !/^\d+$/.test(name)) return [];
  return [{ name, value: value[name], parent }];
}

/**
 * Follows a path, as {@link parseJsonPath} accepts it.
 *
 * @returns what it finds, in order; an empty list if it finds nothing
 */
export function followJsonPath(path: string, from: JsonNode): JsonNode[] {
  const { steps, wantsName } = parseJsonPath(path);
  let nodes = [from];
  for (const step of steps) {
    nodes = nodes.flatMap((node) => (step === 'each' ? children(node) : child(node, step.name)));
  }
  return wantsName ? nodes.map(({ name, parent }) => ({ value: name, parent })) : nodes;
}

/**
 * The value that a path leads to on the way to a node: `$.events[*]` for one that was found by
 * `$.events[*].photos[*]`.
 *
 * @returns undefined if the node does not stand inside such a value
 */
export function enclosing(path: string, node: JsonNode): JsonNode | undefined {
  const around: JsonNode[] = [];
  for (let next = node.parent; next !== undefined; next = next.parent) around.unshift(next);
  return around[parseJsonPath(path).steps.length];
}

/** Whether a path leads to a value that holds what the other path finds. */
export function isBeginningOf(path: string, longer: string): boolean {
  const steps = parseJsonPath(path).steps.map((one) => JSON.stringify(one));
  const others = parseJsonPath(longer).steps.map((one) => JSON.stringify(one));
  return steps.length < others.length && steps.every((one, index) => one === others[index]);
}
