import { readFileSync } from 'node:fs';
import { type Document, isMap, LineCounter, parseDocument } from 'yaml';
import { UsageError } from '../errors.js';
import { problemsOf } from './problems.js';
import { type Profile, profileSchema } from './schema.js';

/** The built-in profiles: `profiles/NAME.yaml` each. */
export const builtInProfiles = [
  'apache-gallery',
  'directory-listing',
  'igal2',
  'jigl',
  'kodak-pulse',
  'lazygal',
  'mediawiki',
  'pigallery2',
  'thumbsup',
] as const;

function profileFile(nameOrPath: string): string | URL {
  if (/[./\\]/.test(nameOrPath)) return nameOrPath;
  if ((builtInProfiles as readonly string[]).includes(nameOrPath)) {
    return new URL(`../../profiles/${nameOrPath}.yaml`, import.meta.url);
  }
  throw new UsageError([
    `There is no built-in profile "${nameOrPath}". Built in: ${builtInProfiles.join(', ')}. For a profile of your own give the path of its file, such as ./${nameOrPath}.yaml`,
  ]);
}

function readProfileFile(nameOrPath: string): string {
  const file = profileFile(nameOrPath);
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    const why = code === 'ENOENT' ? 'there is no such file' : (error as Error).message;
    throw new UsageError([`The profile file ${nameOrPath} cannot be read: ${why}`]);
  }
}

function plainValue(document: Document, nameOrPath: string): unknown {
  try {
    return document.toJS();
  } catch (error) {
    // A YAML value that begins with * is an alias.
    const hint = error instanceof ReferenceError ? '. Put text that begins with * in quotes' : '';
    throw new UsageError([`${nameOrPath}: ${(error as Error).message}${hint}`]);
  }
}

/**
 * Loads a profile.
 *
 * @param nameOrPath a built-in profile's name, or a path (recognised by a dot or a slash)
 * @throws UsageError if the file cannot be read, is not YAML or is not a profile; it names every
 *   problem with its line
 */
export function loadProfile(nameOrPath: string): Profile {
  const lines = new LineCounter();
  const document = parseDocument(readProfileFile(nameOrPath), { lineCounter: lines });
  if (document.errors.length > 0) {
    throw new UsageError(document.errors.map((error) => `${nameOrPath}: ${error.message}`));
  }
  if (!isMap(document.contents)) {
    throw new UsageError([`${nameOrPath}: a profile is a list of keys with values, in YAML`]);
  }
  const checked = profileSchema.safeParse(plainValue(document, nameOrPath));
  if (checked.success) return checked.data;

  throw new UsageError(
    problemsOf(checked.error, document, lines).map(
      ({ line, sentence }) => `${nameOrPath}:${line}: ${sentence}`,
    ),
  );
}
