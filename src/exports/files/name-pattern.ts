import { UsageError } from '../../errors.js';

/** The slots of a name, what each means, and the name of a folder where a photo has no such value. */
export const nameSlots = {
  date: { meaning: 'the day, as 2016-11-24', missing: 'undated' },
  time: { meaning: 'the time of the day, as 00-43-59', missing: 'undated' },
  year: { meaning: 'the year', missing: 'undated' },
  month: { meaning: 'the month, 01 to 12', missing: 'undated' },
  day: { meaning: 'the day of the month, 01 to 31', missing: 'undated' },
  album: { meaning: 'the titles of its albums, the outermost first', missing: 'no album' },
  title: { meaning: 'its title', missing: 'untitled' },
  sender: { meaning: 'who sent it', missing: 'no sender' },
  name: { meaning: "the site's own name of the file, without extension", missing: 'unnamed' },
  id: { meaning: "the beginning of the site's id, as much of it as is needed", missing: 'unnamed' },
} as const satisfies Record<string, { meaning: string; missing: string }>;

/** A slot's name. */
export type NameSlot = keyof typeof nameSlots;

/** Fixed text, or a slot. */
export type NamePart = string | { slot: NameSlot };

/** How exported files are named: the parts of each folder's name, then those of the file's. */
export interface NamePattern {
  /** As it was given. */
  text: string;
  segments: readonly (readonly NamePart[])[];
}

const slotOrText = /\{([^{}]*)\}|[^{}]+|[{}]/g;

function isSlot(name: string): name is NameSlot {
  return Object.hasOwn(nameSlots, name);
}

function* slotProblems(text: string): Generator<string> {
  for (const [part, slot] of text.matchAll(slotOrText)) {
    if (slot !== undefined && !isSlot(slot)) {
      const known = Object.keys(nameSlots).map((name) => `{${name}}`);
      yield `{${slot}} is not a slot. The slots are ${known.join(', ')}`;
    }
    if (part === '{' || part === '}') yield `A brace of the name "${text}" has no partner`;
  }
}

function* folderProblems(text: string): Generator<string> {
  if (text.includes('\\'))
    yield `The name "${text}" contains \\. Folders are separated by /, on Windows too`;
  if (/[<>:"|?*]|\p{Cc}/u.test(text)) {
    yield `The name "${text}" has characters that not every system accepts: < > : " | ? *`;
  }
  for (const segment of text.split('/')) {
    if (/^[. ]*$/.test(segment)) {
      yield `The name "${text}" has a folder or file without a name. Write it as folder/file`;
      return;
    }
    if (/^[. ]|[. ]$/.test(segment)) {
      yield `"${segment}" in the name "${text}" begins or ends with a dot or a space, which not every system accepts`;
    }
  }
}

/**
 * Reads a pattern such as `{year}/{date}_{id}`: folders separated by `/`, then the file's name
 * without its extension.
 *
 * @throws UsageError that names every unknown slot, and everything else that cannot be in a name
 */
export function parseNamePattern(text: string): NamePattern {
  const problems = [...slotProblems(text), ...folderProblems(text)];
  if (problems.length > 0) throw new UsageError(problems);
  const segments = text.split('/').map((segment) =>
    [...segment.matchAll(slotOrText)].map(([part, slot]): NamePart => {
      return slot !== undefined && isSlot(slot) ? { slot } : part;
    }),
  );
  return { text, segments };
}

/** How files are named by default. */
export const defaultName = '{year}/{date}_{time}_{id}';
