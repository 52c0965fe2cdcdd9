import { readFileSync } from 'node:fs';
import { parse } from 'dotenv';
import { z } from 'zod';
import { plainText } from '../text/plain-text.js';
import { webAddress } from '../text/web-address.js';
import { type SettingName, settingsTable } from './settings-table.js';

const wholeNumber = (least: number, most: number) =>
  z
    .string()
    .trim()
    .regex(/^\d+$/)
    .transform(Number)
    .refine((value) => value >= least && value <= most);

/** Settings whose values are shown nowhere. */
const secrets: readonly SettingName[] = ['password', 'cookie', 'token'];

/** What each setting takes, as a check. */
const schemas = {
  profile: z.string(),
  url: webAddress,
  username: z.string(),
  password: z.string(),
  cookie: z.string().regex(/^[^\r\n=;]+=[^\r\n]*$/),
  token: z.string().regex(/^[\x21-\x7e]+$/),
  concurrency: wholeNumber(1, 64),
  maxPerMinute: wholeNumber(1, 1_000_000),
  userAgent: z.string().regex(/^[\x20-\x7e]+$/),
  thumbnails: z.enum(['sample', 'all', 'none']),
  storage: z.string(),
} as const satisfies Record<SettingName, z.ZodType>;

type Table = typeof settingsTable;
type Value<Name extends SettingName> = z.output<(typeof schemas)[Name]>;
/** Settings that were checked; those without a default may be missing. */
type Settings = {
  [Name in SettingName]: Table[Name]['default'] extends string
    ? Value<Name>
    : Value<Name> | undefined;
};

/** Where settings are read from, the strongest first: flags, environment, `.env`, defaults. */
export interface SettingSources {
  /** Flags as given on the command line, by setting. */
  flags: Partial<Record<SettingName, string>>;
  /** The process's environment. */
  environment: Readonly<Record<string, string | undefined>>;
  /** Path of the `.env` file; it need not exist. */
  dotenvFile: string;
}

/** What came of reading the settings: all of them, or all that is wrong with them. */
export interface ResolvedSettings<Name extends SettingName> {
  settings: Pick<Settings, Name>;
  /** One sentence a problem: the setting's name, what it was, what would do. */
  problems: string[];
}

function readDotenv(file: string, problems: string[]): Record<string, string> {
  try {
    return parse(readFileSync(file));
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    if (code !== 'ENOENT') {
      problems.push(
        `The settings file ${file} cannot be read (${message}). Make it readable, or remove it`,
      );
    }
    return {};
  }
}

function misspelt(names: Iterable<string>, where: string): string[] {
  const known = new Set<string>(Object.values(settingsTable).map((row) => row.environment));
  return [...names]
    .filter((name) => name.startsWith('ALBUM_') && !known.has(name))
    .map(
      (name) =>
        `${name} (${where}) is not a setting of this program. There are: ${[...known].join(', ')}`,
    );
}

/** A value as it may be shown: on one line, cut, and without the password that an address holds. */
function shown(text: string): string {
  return JSON.stringify(plainText(text.replace(/\/\/[^/@]*@/, '//…@'), 200));
}

/**
 * Reads and checks the settings that a command needs. An empty value counts as not set, so that
 * `.env.example` can be copied and filled in by and by.
 *
 * @param sources where to read
 * @param names the settings that the command uses; the others are not looked at
 * @returns the settings, and every problem found; with problems the settings are not to be used
 */
export function resolveSettings<Name extends SettingName>(
  sources: SettingSources,
  names: readonly Name[],
): ResolvedSettings<Name> {
  const problems: string[] = [];
  const dotenv = readDotenv(sources.dotenvFile, problems);
  problems.push(
    ...misspelt(Object.keys(sources.environment), 'in the environment'),
    ...misspelt(Object.keys(dotenv), `in ${sources.dotenvFile}`),
  );
  const settings: Partial<Record<SettingName, unknown>> = {};
  for (const name of names) {
    const row = settingsTable[name];
    const given = [
      { text: sources.flags[name], where: row.flag ?? row.environment },
      { text: sources.environment[row.environment] || undefined, where: row.environment },
      {
        text: dotenv[row.environment] || undefined,
        where: `${row.environment} (in ${sources.dotenvFile})`,
      },
      { text: row.default, where: 'default' },
    ].find(({ text }) => text !== undefined);
    if (given?.text === undefined) continue;
    const checked = schemas[name].safeParse(given.text);
    if (checked.success && given.text !== '') {
      settings[name] = checked.data;
    } else {
      const what = secrets.includes(name) ? 'not as it must be' : shown(given.text);
      problems.push(`${given.where} is ${what}; it takes ${row.takes}`);
    }
  }
  return { settings: settings as Pick<Settings, Name>, problems };
}

/** The sentence for a setting that is needed and missing. */
export function missing(name: SettingName): string {
  const row = settingsTable[name];
  const flag = row.flag === undefined ? '' : ` (or ${row.flag})`;
  return `${row.environment}${flag} is not set; it takes ${row.takes}`;
}
