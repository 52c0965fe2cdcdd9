/** A JSON value with its name (or index) in its parent. */
export interface JsonNode {
  value: unknown;
  name?: string | undefined;
  /** The object or array that it stands in; missing for the whole. */
  parent?: Record<string, unknown>;
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

function children({ value: parent }: JsonNode): JsonNode[] {
  if (!isParent(parent)) return [];
  return Object.entries(parent).map(([name, value]) => ({ name, value, parent }));
}

function isParent(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}

function child({ value: parent }: JsonNode, name: string): JsonNode[] {
  if (!isParent(parent) || !Object.hasOwn(parent, name)) return [];
  if (Array.isArray(parent) && !/^\d+$/.test(name)) return [];
  return [{ name, value: parent[name], parent }];
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
  return wantsName ? nodes.map(({ name }) => ({ value: name })) : nodes;
}
