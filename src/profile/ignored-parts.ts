import { followJsonPath, isJsonPath, isParent } from './json-path.js';
import type { OpenPage } from './open-page.js';
import type { Profile } from './schema.js';

/** What a profile says is neither a photo of the album nor a way to its pages. */
export interface IgnoredParts {
  elements: Set<object>;
  /** Names of members of JSON, by the object or list that has them. */
  members: Map<object, Set<string>>;
}

/** No parts at all. */
export function noneIgnored(): IgnoredParts {
  return { elements: new Set(), members: new Map() };
}

/**
 * Finds what a profile ignores on a page (`listing.ignore`).
 *
 * @throws PageError for JSON paths on a page that is not JSON
 */
export function ignoredParts(page: OpenPage, { listing: { ignore = [] } }: Profile): IgnoredParts {
  const ignored = noneIgnored();
  for (const select of [ignore].flat()) {
    if (isJsonPath(select)) addMembers(ignored.members, page, select);
    else for (const { node } of page.parts(select)) if (node) ignored.elements.add(node);
  }
  return ignored;
}

function addMembers(members: IgnoredParts['members'], page: OpenPage, path: string): void {
  const whole = page.for(path).node;
  for (const { name, parent } of followJsonPath(path, { value: whole })) {
    if (name === undefined || !isParent(parent?.value)) continue;
    members.set(parent.value, (members.get(parent.value) ?? new Set()).add(name));
  }
}
