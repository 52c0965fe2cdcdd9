import { existsSync } from 'node:fs';
import type { AlbumIdentity } from '../album/album.js';
import { fileName } from '../files/file-name.js';
import { isSameAlbum, otherAlbum, savedIdentity } from '../rescue/saved-album.js';
import { demoStorage, ownStorage } from '../settings/settings-table.js';
import type { CommandCall } from './command-call.js';
import { say, type Terminal } from './terminal.js';

/**
 * The storage folder whose album a command reads: the one that was set; without it `./storage` or,
 * where that holds no album, the demo's, which is said on standard error.
 *
 * @param set the setting
 */
export async function storageToRead(set: string | undefined, terminal: Terminal): Promise<string> {
  if (set !== undefined) return set;
  if ((await savedIdentity(ownStorage)) !== undefined) return ownStorage;
  if ((await savedIdentity(demoStorage)) === undefined) return ownStorage;
  say(terminal, `There is no album in ${ownStorage}; this is the demo's, in ${demoStorage}.`);
  return demoStorage;
}

/**
 * Why a storage folder cannot take an album, with the command that saves the album to a folder of
 * its own. Empty where the folder can take it.
 *
 * @param name what to call that folder
 */
export async function refusalOf(
  storage: string,
  identity: AlbumIdentity,
  name: string,
  { words }: CommandCall,
): Promise<string[]> {
  const problem = await otherAlbum(storage, identity);
  if (problem === undefined) return [];
  const folder = await folderFor(identity, storage, fileName(name, 60) || 'album');
  return [`${problem} Use another folder for yours:\n  ${commandWith(folder, words)}`];
}

/** The first folder of that name, or name and number, that is free or holds this very album. */
async function folderFor(identity: AlbumIdentity, parent: string, name: string): Promise<string> {
  for (let number = 1; ; number++) {
    const folder = `${parent.replace(/[/\\]+$/, '')}/${number === 1 ? name : `${name}-${number}`}`;
    if (!existsSync(folder)) return folder;
    const present = await savedIdentity(folder);
    if (present !== undefined && isSameAlbum(present, identity)) return folder;
  }
}

/** The command line that was given, for another storage folder. */
function commandWith(storage: string, words: readonly string[]): string {
  const [name = 'crawl', ...rest] = words[0]?.startsWith('-') ? ['crawl', ...words] : words;
  const options = rest.filter(
    (word, index) => !/^--storage(?:=|$)/.test(word) && rest[index - 1] !== '--storage',
  );
  const quoted = [...options, '--storage', storage].map((word) =>
    /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`,
  );
  return `npm ${name === 'crawl' ? 'start' : `run ${name}`} -- ${quoted.join(' ')}`;
}
