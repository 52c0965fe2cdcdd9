import { readFileSync } from 'node:fs';
import { parse } from 'dotenv';
import { z } from 'zod';
import { UsageError } from '../errors.js';
import { plainText } from '../text/plain-text.js';
import { personalAddress } from '../text/web-address.js';
import { type SettingName, settingsTable } from './settings-table.js';

const wholeNumber = (least: number, most: number) =>
  z
    .string()
    .trim()
    .regex(/^\d+$/)
    .transform(Number)
    .refine((value) => value >= least && value <= most);

/** The check of each setting's value. */
const schemas = {
  profile: z.string(),
  url: personalAddress,
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
/** Settings after their check. Those without a default may be missing. */
export type Settings = {
  [Name in SettingName]: Table[Name]['default'] extends string
    ? Value<Name>
    : Value<Name> | undefined;
};

/** Where settings are read from. Flags win over the environment, that over `.env`, that over defaults. */
export interface SettingSources {
  /** Values given by flags, by setting. */
  flags: Partial<Record<SettingName, string>>;
  /** The process's environment. */
  environment: Readonly<Record<string, string | undefined>>;
  /** Path of the `.env` file; it need not exist. */
  dotenvFile: string;
}

/** The settings, and everything that is wrong with them. */
export interface ResolvedSettings<Name extends SettingName> {
  /** A setting with a problem is missing here. */
  settings: Pick<Settings, Name>;
  /** One sentence a problem: the setting's name, its value, and which values it takes. */
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
        `${name} (${where}) is not a setting of this program. The settings are: ${[...known].join(', ')}`,
    );
}

/** A value fit to be shown: on one line, cut, and without the user name and password of an address. */
function shown(text: string): string {
  return JSON.stringify(plainText(text.replace(/\/\/[^/@]*@/, '//…@'), 200));
}

/** The value of a setting as given, and its source by name. */
function givenValue(
  { flags, environment, dotenvFile }: SettingSources,
  dotenv: Record<string, string>,
  name: SettingName,
) {
  const row = settingsTable[name];
  return [
    { text: flags[name], where: row.flag },
    { text: environment[row.environment] || undefined, where: row.environment },
    {
      text: dotenv[row.environment] || undefined,
      where: `${row.environment} (in ${dotenvFile})`,
    },
    { text: row.default, where: 'default' },
  ].find(({ text }) => text !== undefined);
}

/**
 * Reads and checks the settings that a command uses. An empty value in the environment or in `.env`
 * counts as not set, so that a copy of `.env.example` can be filled in step by step.
 *
 * @param sources where to read
 * @param names the settings that the command uses; others are not checked
 * @returns the settings, and every problem; where there is a problem, do not use the settings
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
    const given = givenValue(sources, dotenv, name);
    if (given?.text === undefined) continue;
    const { text, where } = given;
    const checked = schemas[name].safeParse(text);
    if (checked.success && text !== '') {
      settings[name] = checked.data;
    } else {
      const { value, takes } = settingsTable[name];
      const secret = text === '' ? 'empty' : 'not valid';
      problems.push(`${where} is ${value === undefined ? secret : shown(text)}; it takes ${takes}`);
    }
  }
  takeAccountOutOfAddress(settings, names);
  return { settings: settings as Pick<Settings, Name>, problems };
}

/** The user name and password of an address are used as if they were set, and are kept nowhere. */
function takeAccountOutOfAddress(
  settings: Partial<Record<SettingName, unknown>>,
  names: readonly SettingName[],
): void {
  if (typeof settings.url !== 'string') return;
  const address = new URL(settings.url);
  const account = { username: address.username, password: address.password };
  address.username = '';
  address.password = '';
  settings.url = address.href;
  for (const name of ['username', 'password'] as const) {
    if (account[name] !== '' && names.includes(name)) settings[name] ??= decoded(account[name]);
  }
}

/** Decodes percent-encoding; text that is not encoded stays as it is. */
function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch (error) {
    if (error instanceof URIError) return text;
    throw error;
  }
}

/**
 * The same for a command that checks nothing beside its settings.
 *
 * @throws UsageError with every problem
 */
export function requireSettings<Name extends SettingName>(
  sources: SettingSources,
  names: readonly Name[],
): Pick<Settings, Name> {
  const { settings, problems } = resolveSettings(sources, names);
  if (problems.length > 0) throw new UsageError(problems);
  return settings;
}

/** The sentence for a setting that is needed and missing. */
export function missing(name: SettingName): string {
  const { environment, flag, takes } = settingsTable[name];
  return `${environment} (or ${flag}) is not set; it takes ${takes}`;
}
