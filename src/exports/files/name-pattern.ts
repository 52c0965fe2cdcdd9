import { UsageError } from '../../errors.js';

/** What can stand in a name, its meaning, and what names a folder where a photo does not have it. */
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
  id: { meaning: "the beginning of the site's id, as long as is needed", missing: 'unnamed' },
} as const satisfies Record<string, { meaning: string; missing: string }>;

/** A slot's name. */
export type NameSlot = keyof typeof nameSlots;

/** Text as it stands, or a slot. */
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
      yield `{${slot}} is no slot of a name. There are ${known.join(', ')}`;
    }
    if (part === '{' || part === '}') yield `A brace of the name "${text}" has no partner`;
  }
}

function* folderProblems(text: string): Generator<string> {
  if (text.includes('\\')) yield `Folders of the name "${text}" are parted by /, on Windows too`;
  if (/[<>:"|?*]|\p{Cc}/u.test(text)) {
    yield `The name "${text}" has characters that not every system takes: < > : " | ? *`;
  }
  for (const segment of text.split('/')) {
    if (/^[. ]*$/.test(segment)) {
      yield `The name "${text}" has a folder or file without a name: it takes folder/file, within --out`;
      return;
    }
    if (/^[. ]|[. ]$/.test(segment)) {
      yield `"${segment}" in the name "${text}" begins or ends in a dot or a space, which not every system takes`;
    }
  }
}

/**
 * Reads a pattern such as `{year}/{date}_{id}`: folders parted by `/`, then the file's name without
 * its extension.
 *
 * @throws UsageError naming every slot that there is not, and whatever else cannot be a name
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

/** How files are named where nobody says otherwise. */
export const defaultName = '{year}/{date}_{time}_{id}';
