import { createHash } from 'node:crypto';
import type { GalleryPhoto } from './gallery-photo.js';
import { nameOfMonth } from './moment.js';

/** Photos on one page at the most: as many as a browser lays out without a pause. */
const mostOnPage = 1000;

/** Photos of one month, or without a date, in order of time. */
export interface Section {
  /** For links into the page: `2016-11`, or `undated`. */
  id: string;
  heading: string;
  photos: readonly GalleryPhoto[];
}

/** A page of a chapter. */
export interface ChapterPage {
  /** Name of its file in `pages/`. */
  file: string;
  sections: readonly Section[];
}

/** A year, an album, or the photos without a date: one page, or several where it is long. */
export interface Chapter {
  title: string;
  photos: readonly GalleryPhoto[];
  pages: readonly ChapterPage[];
}

/** The contents of a gallery: every photo is in one of the years, and may be in an album too. */
export interface Timeline {
  years: readonly Chapter[];
  albums: readonly Chapter[];
}

const undated = 'undated';

function byTime(photos: readonly GalleryPhoto[]): GalleryPhoto[] {
  // Photos without a date come last; those with the same date stay in album order.
  const order = ({ moment }: GalleryPhoto) => moment?.order ?? '~';
  return photos.toSorted((a, b) => (order(a) < order(b) ? -1 : order(a) > order(b) ? 1 : 0));
}

function groupedBy<Name>(
  photos: readonly GalleryPhoto[],
  nameOf: (photo: GalleryPhoto) => Name,
): Map<Name, GalleryPhoto[]> {
  const groups = new Map<Name, GalleryPhoto[]>();
  for (const photo of photos) {
    const group = groups.get(nameOf(photo));
    if (group === undefined) groups.set(nameOf(photo), [photo]);
    else group.push(photo);
  }
  return groups;
}

function sectionOf({ moment }: GalleryPhoto): string {
  if (moment === undefined) return undated;
  return `${String(moment.year).padStart(4, '0')}-${String(moment.month).padStart(2, '0')}`;
}

function sectionsOf(photos: readonly GalleryPhoto[], withYear: boolean): Section[] {
  return [...groupedBy(photos, sectionOf)].map(([id, members]) => {
    const moment = members[0]?.moment;
    const year = withYear && moment !== undefined ? ` ${moment.year}` : '';
    const heading = moment === undefined ? 'Without a date' : `${nameOfMonth(moment.month)}${year}`;
    return { id, heading, photos: members };
  });
}

/** @param name begins the names of its files */
function chapter(
  title: string,
  name: string,
  photos: readonly GalleryPhoto[],
  withYear: boolean,
): Chapter {
  const count = Math.ceil(photos.length / mostOnPage);
  const each = Math.ceil(photos.length / count);
  const pages = Array.from({ length: count }, (_, index) => ({
    file: index === 0 ? `${name}.html` : `${name}-${index + 1}.html`,
    sections: sectionsOf(photos.slice(index * each, (index + 1) * each), withYear),
  }));
  return { title, photos, pages };
}

function albumsOf(photos: readonly GalleryPhoto[]): Chapter[] {
  const groups = groupedBy(photos, ({ album }) => album?.join(' / '));
  const titled = [...groups].flatMap(([title, members]) =>
    title === undefined ? [] : [{ title, members }],
  );
  if (titled.length < 2) return [];
  return titled.map(({ title, members }) => {
    const mark = createHash('sha256').update(title, 'utf16le').digest('hex').slice(0, 12);
    return chapter(title, `album-${mark}`, members, true);
  });
}

/**
 * Sorts photos by time and groups them by year, those without a date last; and by album where there
 * are several, in the order of their first photo.
 *
 * @param photos in album order, which decides between equal times
 */
export function timelineOf(photos: readonly GalleryPhoto[]): Timeline {
  const ordered = byTime(photos);
  const years = groupedBy(ordered, ({ moment }) => moment?.year);
  return {
    years: [...years].map(([year, members]) =>
      year === undefined
        ? chapter('Without a date', undated, members, false)
        : chapter(`${year}`, `${year}`, members, false),
    ),
    albums: albumsOf(ordered),
  };
}

/** Some of the photos, evenly spread, starting with the first. */
export function pickedFrom(photos: readonly GalleryPhoto[], most: number): GalleryPhoto[] {
  const step = Math.max(1, photos.length / most);
  return photos.filter((_, index) => Math.floor(index / step) !== Math.floor((index - 1) / step));
}
