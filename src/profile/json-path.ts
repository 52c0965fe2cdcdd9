/** A value in JSON with the name (or the index) under which it stands in its parent. */
export interface JsonNode {
  value: unknown;
  name?: string | undefined;
}

type Step = { name: string } | 'each';

/** A path that was read and can be followed. */
interface JsonPath {
  steps: readonly Step[];
  /** Whether the name of what was found is asked for, in place of its value. */
  wantsName: boolean;
}

const step = /\.(\*|[\p{L}_][\p{L}\p{N}_-]*)|\[(?:(\*)|(\d{1,9})|'((?:[^'\\]|\\.)*)')\]/uy;

/** Whether a selector is a JSON path, in place of a CSS selector: those never begin with `$`. */
export function isJsonPath(select: string): boolean {
  return select.startsWith('$');
}

/**
 * Reads a path: the part of RFC 9535 that names one place or all of a list (`$.photos[*]`, `$.a.*`,
 * `$['odd name'][0]`), and `~` at its end for the name under which the value stands.
 *
 * @throws Error saying from where on it is no path
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
        `“${text.slice(at)}” is no step of a path; there are .name, ['any name'], [0], [*] and .*`,
      );
    }
    const [all, named, each, index, quoted] = found;
    const name = named ?? index ?? quoted?.replace(/\\(.)/gu, '$1') ?? '*';
    steps.push(named === '*' || each === '*' ? 'each' : { name });
    at += all.length;
  }
  return { steps, wantsName };
}

function children(node: JsonNode): JsonNode[] {
  if (typeof node.value !== 'object' || node.value === null) return [];
  return Object.entries(node.value).map(([name, value]) => ({ name, value }));
}

function child(node: JsonNode, name: string): JsonNode[] {
  const { value } = node;
  if (typeof value !== 'object' || value === null || !Object.hasOwn(value, name)) return [];
  if (Array.isArray(value) && !/^\d+$/.test(name)) return [];
  return [{ name, value: (value as Record<string, unknown>)[name] }];
}

/**
 * Follows a path.
 *
 * @param path as {@link parseJsonPath} takes it
 * @returns what stands there, in order; nothing where the path leads nowhere
 */
export function followJsonPath(path: string, from: JsonNode): JsonNode[] {
  const { steps, wantsName } = parseJsonPath(path);
  let nodes = [from];
  for (const step of steps) {
    nodes = nodes.flatMap((node) => (step === 'each' ? children(node) : child(node, step.name)));
  }
  return wantsName ? nodes.map(({ name }) => ({ value: name })) : nodes;
}
