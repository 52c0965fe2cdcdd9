import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { homedir } from 'node:os';
import { basename, isAbsolute, join, resolve, sep } from 'node:path';
import { UsageError } from '../errors.js';

/** A profile of Firefox that has a database of cookies. */
interface Profile {
  /** The name that Firefox's about:profiles shows, or the folder's. */
  name: string;
  folder: string;
  /** How surely Firefox opens it: 2 for an installation's default, 1 for an older default, else 0. */
  rank: number;
}

type Section = Readonly<Record<string, string>>;

const databaseName = 'cookies.sqlite';

/**
 * Finds the database of cookies of a profile of Firefox.
 *
 * @param wanted a profile's name or folder. Without it: the default of an installation, else the
 *   profile that is marked as the default, else any; among several, the one that was used last
 * @returns the database's path
 * @throws UsageError if there is no such profile
 */
export function firefoxDatabase(wanted: string | undefined): string {
  if (wanted !== undefined && looksLikePath(wanted)) return databaseAt(wanted);
  const roots = profileRoots();
  const profiles = roots.flatMap(profilesIn);
  const named = profiles.filter(
    ({ name, folder }) => wanted === undefined || name === wanted || basename(folder) === wanted,
  );
  const highest = Math.max(...named.map(({ rank }) => rank));
  const [latest] = named
    .filter(({ rank }) => wanted !== undefined || rank === highest)
    .map(({ folder }) => join(folder, databaseName))
    .sort((one, other) => lastUsed(other) - lastUsed(one));
  if (latest !== undefined) return latest;
  const looked = `looked in ${roots.join(', ')}`;
  const names = profiles.map(({ name }) => name).join(', ');
  throw new UsageError([
    profiles.length === 0
      ? `--cookies-from-browser: there is no profile of Firefox with cookies (${looked}). Give its folder, which about:support shows: firefox:FOLDER`
      : `--cookies-from-browser: Firefox has no profile "${wanted}" with cookies (${looked}). It has: ${names}`,
  ]);
}

function looksLikePath(wanted: string): boolean {
  return isAbsolute(wanted) || /[/\\]|^[.~]/.test(wanted);
}

/** @param wanted the path of a profile's folder, or of the database in it */
function databaseAt(wanted: string): string {
  const path = resolve(wanted.replace(/^~(?=[/\\]|$)/, () => homedir()));
  const database = basename(path) === databaseName ? path : join(path, databaseName);
  if (existsSync(database)) return database;
  throw new UsageError([`--cookies-from-browser: there is no ${database}`]);
}

/** The folders that may hold Firefox's profiles.ini: of packages, Flatpak, Snap and the Store too. */
function profileRoots(): string[] {
  const home = homedir();
  const { APPDATA, LOCALAPPDATA, XDG_CONFIG_HOME } = process.env;
  if (process.platform === 'win32') {
    const packages = join(LOCALAPPDATA ?? join(home, 'AppData', 'Local'), 'Packages');
    return [
      join(APPDATA ?? join(home, 'AppData', 'Roaming'), 'Mozilla', 'Firefox'),
      ...foldersIn(packages)
        .filter((folder) => basename(folder).startsWith('Mozilla.Firefox'))
        .map((folder) => join(folder, 'LocalCache', 'Roaming', 'Mozilla', 'Firefox')),
    ];
  }
  if (process.platform === 'darwin') {
    return [join(home, 'Library', 'Application Support', 'Firefox')];
  }
  const flatpak = join(home, '.var', 'app', 'org.mozilla.firefox');
  return [
    join(home, '.mozilla', 'firefox'),
    join(XDG_CONFIG_HOME || join(home, '.config'), 'mozilla', 'firefox'),
    join(home, 'snap', 'firefox', 'common', '.mozilla', 'firefox'),
    join(flatpak, '.mozilla', 'firefox'),
    join(flatpak, 'config', 'mozilla', 'firefox'),
  ];
}

/**
 * The profiles of a folder: those of its profiles.ini, whose Install sections name the default of
 * each installation, then those that it does not list.
 */
function profilesIn(root: string): Profile[] {
  const sections = readIni(join(root, 'profiles.ini'));
  const ofInstallations = sections.flatMap(({ section = '', Default }) =>
    section.startsWith('Install') && Default !== undefined ? [resolve(root, Default)] : [],
  );
  const listed = sections.flatMap(({ section = '', Name, Path, IsRelative, Default }) => {
    if (!section.startsWith('Profile') || Path === undefined) return [];
    const folder = IsRelative === '0' ? Path : resolve(root, Path);
    const rank = ofInstallations.includes(folder) ? 2 : Default === '1' ? 1 : 0;
    return [{ name: Name ?? basename(folder), folder, rank }];
  });
  const others = [...foldersIn(root), ...foldersIn(join(root, 'Profiles'))]
    .filter((folder) => !listed.some((profile) => profile.folder === folder))
    .map((folder) => ({ name: basename(folder), folder, rank: 0 }));
  return [...listed, ...others].filter(({ folder }) => existsSync(join(folder, databaseName)));
}

/** The sections of an INI file, each with its name as `section`; none where there is no file. */
function readIni(path: string): Section[] {
  if (!existsSync(path)) return [];
  const sections: Record<string, string>[] = [];
  for (const line of readFileSync(path, 'utf8').split(/\r?\n/)) {
    const [, section] = /^\s*\[(.+)\]\s*$/.exec(line) ?? [];
    if (section !== undefined) sections.push({ section });
    const [, key, value = ''] = /^\s*([^=;#[]+?)\s*=(.*)$/.exec(line) ?? [];
    const last = sections.at(-1);
    if (key !== undefined && last !== undefined) last[key] = value.trim();
  }
  return sections;
}

function foldersIn(path: string): string[] {
  if (!existsSync(path)) return [];
  return readdirSync(path, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => [path, name].join(sep));
}

/** Milliseconds since 1970 of the last change to a database; the log beside it is newer. */
function lastUsed(database: string): number {
  const files = [database, `${database}-wal`];
  return Math.max(...files.map((file) => statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? 0));
}
