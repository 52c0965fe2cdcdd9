import { memberStep } from './json-groups.js';
import { type FlatMember, flatMembers } from './photo-likeness.js';

const kindName = /type|kind|mime|format|category|class/i;

/**
 * The rule that tells photos from other things in a list, such as texts and documents: a member that
 * only photos have, or a kind that only they are of.
 *
 * @returns undefined where there is none
 */
export function whereFor(photos: readonly unknown[], others: readonly unknown[]): unknown {
  if (photos.length === 0 || others.length === 0) return undefined;
  const [first = [], ...more] = photos.map(flatMembers);
  const strange = others.map(flatMembers);
  const inAll = first.filter((member) => more.every((one) => valueAt(one, member) !== undefined));
  const own = inAll.filter((member) => strange.every((one) => valueAt(one, member) === undefined));
  const address = own.find(({ value }) => /[/.]/.test(String(value))) ?? own[0];
  if (address !== undefined) return { select: pathOf(address) };
  for (const member of inAll.filter(({ names }) => kindName.test(names.at(-1) ?? ''))) {
    const kinds = new Set([member.value, ...more.map((one) => valueAt(one, member))].map(String));
    const isOther = strange.every((one) => !kinds.has(String(valueAt(one, member))));
    if (!isOther || kinds.size > 8) continue;
    return { select: pathOf(member), filters: [{ match: matchOf([...kinds].sort()) }] };
  }
  return undefined;
}

/** An expression for kinds; of media types, for all pictures and films. */
function matchOf(kinds: readonly string[]): string {
  if (kinds.every((kind) => /^(?:image|video)\//.test(kind))) return '^(image|video)/';
  const written = kinds.map((kind) => kind.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&'));
  return `^(${written.join('|')})$`;
}

function valueAt(members: readonly FlatMember[], { names }: FlatMember) {
  const key = names.join('\n');
  const found = members.find((one) => one.names.join('\n') === key)?.value;
  return found === '' ? undefined : found;
}

function pathOf({ names }: FlatMember): string {
  return `$${names.map((name) => (/^\d+$/.test(name) ? `[${name}]` : memberStep(name))).join('')}`;
}
