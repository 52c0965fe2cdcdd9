import * as z from 'zod';
import { UsageError } from '../errors.js';
import { plainText } from '../text/plain-text.js';
import { personalAddress } from '../text/web-address.js';
import { readDotenvFile } from './dotenv-file.js';
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
  code: z.string().trim().min(1),
  cookies: z.string(),
  cookiesFromBrowser: z
    .string()
    .regex(/^firefox(?::.+)?$/i)
    .transform((text) => ({ profile: text.slice('firefox:'.length) || undefined })),
  timeout: wholeNumber(1, 3600),
  concurrency: wholeNumber(1, 64),
  maxPerMinute: wholeNumber(1, 1_000_000),
  userAgent: z.string().regex(/^[\x20-\x7e]+$/),
  thumbnails: z.enum(['sample', 'all', 'none']),
  storage: z.string(),
  redis: z.url({ protocol: /^rediss?$/ }),
  store: z.string().regex(/^(?!s3:)|^s3:\/\/[^/]+(?:\/.*)?$/i),
  secrets: z.string(),
  albums: wholeNumber(1, 64),
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

/** Names that begin as the settings of the command do, and are none. */
function misspelt(names: Iterable<string>, where: string, prefixes: readonly string[]): string[] {
  const known = new Set<string>(
    Object.values(settingsTable).flatMap(({ environment }) => environment ?? []),
  );
  return [...names]
    .filter((name) => prefixes.some((prefix) => name.startsWith(prefix)) && !known.has(name))
    .map(
      (name) =>
        `${name} (${where}) is not a setting of this program. The settings are: ${[...known].join(', ')}`,
    );
}

function cutOff(variable: string, where: string): string {
  return `${variable} (${where}) has a # in a value without quotes, and all from there on would be lost as a comment. Put the value in quotes: ${variable}='…'. Where a comment is meant, put a space before the #`;
}

/** A value fit to be shown: on one line, cut, and without the user name and password of an address. */
function shown(text: string): string {
  return JSON.stringify(plainText(text.replace(/\/\/[^/@]*@/, '//…@'), 200));
}

function notValid(name: SettingName, text: string, where: string): string {
  const { value, takes } = settingsTable[name];
  const secret = text === '' ? 'empty' : 'not valid';
  return `${where} is ${value === undefined ? secret : shown(text)}; it takes ${takes}`;
}

/** The value of a setting as given, and its source by name. */
function givenValue(
  { flags, environment, dotenvFile }: SettingSources,
  dotenv: Readonly<Record<string, string>>,
  name: SettingName,
) {
  const row = settingsTable[name];
  const variable = row.environment;
  return [
    { text: flags[name], where: row.flag ?? '' },
    ...(variable === undefined
      ? []
      : [
          { text: environment[variable] || undefined, where: variable },
          { text: dotenv[variable] || undefined, where: `${variable} (in ${dotenvFile})` },
        ]),
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
  const { values: dotenv, problem, cutAt } = readDotenvFile(sources.dotenvFile);
  const isOfFleet = names.some((name) => settingsTable[name].environment?.startsWith('FLEET_'));
  const prefixes = isOfFleet ? ['ALBUM_', 'FLEET_'] : ['ALBUM_'];
  const problems = [
    ...(problem === undefined ? [] : [problem]),
    ...misspelt(Object.keys(sources.environment), 'in the environment', prefixes),
    ...misspelt(Object.keys(dotenv), `in ${sources.dotenvFile}`, prefixes),
  ];
  const settings: Partial<Record<SettingName, unknown>> = {};
  for (const name of names) {
    const { environment: variable = '' } = settingsTable[name];
    const line = cutAt.get(variable);
    if (line !== undefined) {
      problems.push(cutOff(variable, `in ${sources.dotenvFile}, line ${line}`));
      continue;
    }
    const given = givenValue(sources, dotenv, name);
    if (given?.text === undefined) continue;
    const { text, where } = given;
    const checked = schemas[name].safeParse(text);
    if (checked.success && text !== '') settings[name] = checked.data;
    else problems.push(notValid(name, text, where));
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
  const { environment = '', flag, takes } = settingsTable[name];
  const or = flag === undefined ? '' : ` (or ${flag})`;
  return `${environment}${or} is not set; it takes ${takes}`;
}
