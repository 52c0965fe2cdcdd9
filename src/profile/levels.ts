import { isJsonPath } from './json-path.js';
import { areRowsJson, rowsInWords } from './rows.js';
import type { Profile } from './schema.js';

/**
 * The profile as it is for each level of albums: for the pages that the listing begins with, for those
 * that their albums lead to, and so on. Albums without a listing of their own are of the same level.
 */
export function levelsOf(profile: Profile): Profile[] {
  const levels = [profile];
  for (let { listing } = profile; listing.albums?.listing !== undefined; ) {
    listing = { ...listing.albums.listing, mostPages: listing.mostPages };
    levels.push({ ...profile, listing });
  }
  return levels;
}

/**
 * The profile as it is for the pages of one level.
 *
 * @param level from 0
 */
export function atLevel(profile: Profile, level: number): Profile {
  return levelsOf(profile)[level] ?? profile;
}

/** Whether the pages of a level list albums alone, which lead to pages of another shape. */
export function listsAlbumsAlone({ listing }: Profile): boolean {
  return listing.albums?.listing !== undefined;
}

/** What finds that which the pages of a level list, for messages. */
export function rowOf(profile: Profile): string {
  const { albums } = profile.listing;
  return albums?.listing === undefined ? rowsInWords(profile) : albums.row;
}

/** Whether the pages of a level are JSON, or hold it. */
export function areListedAsJson(profile: Profile): boolean {
  const { albums } = profile.listing;
  return albums?.listing === undefined ? areRowsJson(profile) : isJsonPath(albums.row);
}
