import { readFileSync } from 'node:fs';
import { UsageError } from '../errors.js';
import { loadProfile } from '../profile/load.js';
import type { Profile } from '../profile/schema.js';
import { signInNeeds } from '../profile/sign-in-needs.js';
import { webAddress } from '../text/web-address.js';
import { type CsvRow, readCsv } from './csv-file.js';
import type { AlbumJob } from './work-album.js';

const columns = ['id', 'profile', 'url', 'username'] as const;
type Row = CsvRow<(typeof columns)[number]>;

/** An album of a list, and the line that names it. */
export interface ListedAlbum {
  line: number;
  album: AlbumJob;
  /** Most albums of its host at once, where its profile limits them. */
  mostAtOnce: number | undefined;
}

/** It names folders and objects of the store, on every system. */
const idPattern = /^[A-Za-z0-9][A-Za-z0-9._-]{0,99}$/;

/**
 * Reads a list of albums: CSV with `id,profile,url,username`. An empty `url` is the profile's own.
 *
 * @throws UsageError naming every bad row with its line
 */
export function readAlbumsFile(file: string): ListedAlbum[] {
  const { rows, problems } = readCsv(file, contentOf(file), columns, (column) =>
    /pass|secret/i.test(column)
      ? ' Passwords belong in the secrets file (FLEET_SECRETS) on the machines that work'
      : '',
  );
  const profiles = new Profiles();
  const albums: ListedAlbum[] = [];
  const lineOf = new Map<string, number>();
  for (const row of rows) {
    const { album, mostAtOnce, wrong } = readRow(row, profiles);
    for (const [key, what] of [
      [`id ${album.id}`, `the id ${album.id}`],
      [accountAndAddress(album), 'this album'],
    ] as const) {
      const before = lineOf.get(key);
      if (before !== undefined) wrong.push(`${what} is on line ${before} already`);
      else lineOf.set(key, row.line);
    }
    problems.push(...wrong.map((sentence) => `${file}:${row.line}: ${sentence}`));
    albums.push({ line: row.line, album, mostAtOnce });
  }
  if (problems.length > 0) throw new UsageError(inOrder(problems));
  return albums;
}

/** What makes two rows the same album. */
export function accountAndAddress({ profile, url, username }: AlbumJob): string {
  return JSON.stringify([profile, url, username]);
}

function contentOf(file: string): Uint8Array {
  try {
    return readFileSync(file);
  } catch (error) {
    throw new UsageError([
      `The list of albums ${file} cannot be read: ${(error as Error).message}`,
    ]);
  }
}

/** Problems begin with FILE:LINE. */
function inOrder(problems: string[]): string[] {
  const line = (problem: string) => Number(/:(\d+): /.exec(problem)?.[1] ?? 0);
  return problems.toSorted((one, other) => line(one) - line(other));
}

/** Profiles by name, each loaded once. */
class Profiles {
  readonly #loaded = new Map<string, Profile | { problems: readonly string[] }>();

  get(name: string): Profile | { problems: readonly string[] } {
    let found = this.#loaded.get(name);
    if (found === undefined) {
      found = loadOrProblems(name);
      this.#loaded.set(name, found);
    }
    return found;
  }
}

function loadOrProblems(name: string): Profile | { problems: readonly string[] } {
  try {
    return loadProfile(name);
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    return { problems: error.problems };
  }
}

function readRow(
  { values }: Row,
  profiles: Profiles,
): { album: AlbumJob; mostAtOnce: number | undefined; wrong: string[] } {
  const wrong: string[] = [];
  const id = values.id.trim();
  const profileName = values.profile.trim();
  const given = values.url.trim();
  const username = values.username.trim();
  if (!idPattern.test(id)) {
    wrong.push(
      `the id ${JSON.stringify(id.slice(0, 100))} takes 1 to 100 of the letters A to Z, digits, dots, hyphens and underscores, and begins with a letter or digit`,
    );
  }
  const profile = profiles.get(profileName);
  const isLoaded = !('problems' in profile);
  if ('problems' in profile) wrong.push(...profile.problems);
  const address = given === '' && isLoaded ? profile.url : given;
  const checked = webAddress.safeParse(address ?? '');
  if (!checked.success) {
    const [{ message } = { message: '' }] = checked.error.issues;
    if (address) wrong.push(`the url ${message}`);
    else if (isLoaded) wrong.push('the profile has no address: the url is needed');
  }
  if (isLoaded) wrong.push(...wrongAccount(profile, username));
  const album = { id, profile: profileName, url: checked.data ?? '', username };
  return { album, mostAtOnce: isLoaded ? profile.limits.albums : undefined, wrong };
}

function wrongAccount(profile: Profile, username: string): string[] {
  if (profile.signIn.by === 'pasted') {
    return [
      `the profile ${profile.name} takes the cookies of a signed-in browser, which a fleet cannot get. Save this album with npm start`,
    ];
  }
  const isNeeded = signInNeeds(profile).includes('username');
  return isNeeded && username === '' ? ['the username is missing'] : [];
}
