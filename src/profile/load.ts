import { readFileSync } from 'node:fs';
import { type Document, isMap, LineCounter, parseDocument } from 'yaml';
import { UsageError } from '../errors.js';
import { packageFile } from '../files/package-folder.js';
import { problemsOf } from './problems.js';
import { type Profile, profileSchema } from './schema.js';
import { type ProfileProblem, yamlMistakes } from './yaml-mistakes.js';

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

/** Starting points for profiles of one's own: `profiles/templates/NAME.yaml`, one for each shape of site. */
export const templates = [
  'day-care-feed',
  'graphql-feed',
  'photo-frame',
  'time-windows',
  'token-exchange',
] as const;
type Template = (typeof templates)[number];

/** The path of a template's file. */
export function templateFile(name: Template): string {
  return packageFile(`profiles/templates/${name}.yaml`);
}

const isTemplate = (name: string): name is Template =>
  (templates as readonly string[]).includes(name);

function profileFile(nameOrPath: string): string {
  if (/[./\\]/.test(nameOrPath)) return nameOrPath;
  if ((builtInProfiles as readonly string[]).includes(nameOrPath)) {
    return packageFile(`profiles/${nameOrPath}.yaml`);
  }
  if (isTemplate(nameOrPath)) {
    throw new UsageError([
      `"${nameOrPath}" is a starting point for a profile of your own. Copy its file and edit the copy: cp ${templateFile(nameOrPath)} ./mine.yaml, then give ./mine.yaml`,
    ]);
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
  const text = readProfileFile(nameOrPath);
  const document = parseDocument(text, { lineCounter: lines });
  const atLine = ({ line, sentence }: ProfileProblem) => `${nameOrPath}:${line}: ${sentence}`;
  const mistakes = yamlMistakes(document, text, lines);
  if (mistakes.length > 0) throw new UsageError(mistakes.map(atLine));
  if (!isMap(document.contents)) {
    throw new UsageError([`${nameOrPath}: a profile is a list of keys with values, in YAML`]);
  }
  const checked = profileSchema.safeParse(plainValue(document, nameOrPath));
  if (checked.success) return checked.data;

  throw new UsageError(problemsOf(checked.error, document, lines).map(atLine));
}
