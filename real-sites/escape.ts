import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { startProgram } from '../test/helpers/program.js';
import { type AlbumPhoto, sha256 } from './album.js';
import type { RunningSite, Site } from './site.js';

/** How the two runs over an album ended. */
interface Escape {
  /** Photos on the site. */
  listed: number;
  /** Photos that the first run saved byte for byte. */
  whole: number;
  /** Requests for originals in each run; there is no second run after a bad first one. */
  asked: { first: number; second?: number };
  /** What went wrong, in words; empty if nothing did. */
  wrong: string[];
}

/**
 * Saves a site's album with a profile, compares each original on disk with those on the site, and runs
 * the same command again, which must fetch none.
 *
 * @param profile the name of a built-in one, or the path of one that was learned
 * @throws the signal's reason, if the signal stopped a run
 */
export async function escapeSite(
  site: Site,
  running: RunningSite,
  photos: readonly AlbumPhoto[],
  folder: string,
  signal: AbortSignal,
  profile: string = site.profile,
): Promise<Escape> {
  const storage = join(folder, profile === site.profile ? 'storage' : 'storage-learned');
  const listed = photos.length;
  const wrong: string[] = [];

  const crawl = async (lastLine: string): Promise<number> => {
    const before = (await running.requests()).length;
    const words = ['crawl', '--profile', profile, '--url', running.url, '--storage', storage];
    const run = startProgram(words, { cwd: folder, env: accountSettings(running) });
    const stop = () => run.process.kill('SIGTERM');
    signal.addEventListener('abort', stop);
    const { code, err } = await run.ended;
    signal.removeEventListener('abort', stop);
    signal.throwIfAborted();
    if (code !== 0 || err.trimEnd().split('\n').at(-1) !== lastLine) {
      wrong.push(`The program ended with code ${code}, and not with "${lastLine}":\n${err}`);
    }
    const requests = (await running.requests()).slice(before);
    return requests.filter((request) => site.original.test(request)).length;
  };

  const first = await crawl(`saved ${listed} · already had 0 · failed 0 · listed ${listed}`);
  const found = await savedHashes(storage);
  const missing = photos.filter((photo) => !found.has(photo.sha256)).map((photo) => photo.name);
  const whole = listed - missing.length;
  if (first < whole) wrong.push(`The site's log shows ${first} requests for originals only.`);
  if (missing.length > 0) {
    const more = missing.length > 5 ? ' …' : '';
    wrong.push(`Not on disk, or not byte for byte: ${missing.slice(0, 5).join(', ')}${more}`);
  }
  if (found.size > whole) wrong.push(`${found.size - whole} files on disk are not of the album.`);

  if (wrong.length > 0) return { listed, whole, asked: { first }, wrong };
  const second = await crawl(`saved 0 · already had ${listed} · failed 0 · listed ${listed}`);
  if (second > 0) wrong.push(`The second run asked for ${second} originals.`);
  return { listed, whole, asked: { first, second }, wrong };
}

export function accountSettings({ account }: RunningSite): Record<string, string> {
  return account ? { ALBUM_USERNAME: account.username, ALBUM_PASSWORD: account.password } : {};
}

async function savedHashes(storage: string): Promise<Set<string>> {
  const folder = join(storage, 'key_value_stores', 'photos');
  const hashes = new Set<string>();
  for (const name of await readdir(folder).catch(() => [])) {
    hashes.add(sha256(await readFile(join(folder, name))));
  }
  return hashes;
}
