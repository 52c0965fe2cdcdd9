import type { PageElement } from '../page/html-document.js';
import { pictureEnding, type SurveyedPhoto } from '../survey/find-photos.js';
import { ancestors } from '../survey/page-content.js';
import { looksLikeAlbum } from './album-looks.js';
import { classesOf, isLastingId } from './lasting-names.js';

/** Photos of one kind on a page, each in a row of its own. */
export interface PhotoGroup {
  /** The repeated elements, in the page's order. */
  rows: PageElement[];
  /** The photo in each row. */
  photos: SurveyedPhoto[];
  /** The elements whose children the rows are. */
  lists: Set<PageElement>;
}

/** How many things may show the same picture before it counts as an icon. */
const mostAlike = 2;

/** Groups what looks like photos by the repeated elements that hold one each, in the page's order. */
export function photoGroups(photos: readonly SurveyedPhoto[], pageUrl: string): PhotoGroup[] {
  const known = withoutIcons(photos);
  const keys = keysOf(known);
  const byTags = groupBy(known, (photo) => `${photo.tags} ${isCover(photo, pageUrl)}`);
  const held = [...byTags.values()].map((group) => keysHeld(group, keys));
  const groups = [...byTags.values()].flatMap((group, index) => {
    const others = held.filter((_, other) => other !== index);
    const height = heightOfRows(group, held[index] ?? new Map(), others);
    return [...groupBy(group, structureOf).values()].map((alike) => toGroup(alike, height, keys));
  });
  return joined(groups, pageUrl);
}

/** Whether the link of a photo leads to a picture or film itself. */
export function leadsToPicture({ link }: SurveyedPhoto): boolean {
  return link !== undefined && pictureEnding.test(new URL(link).pathname);
}

/** Whether a picture looks like an album's cover, by its link and what is right around it. */
function isCover(photo: SurveyedPhoto, pageUrl: string): boolean {
  const link = linkAround(photo.element);
  const around = link?.parent ?? link;
  if (!around || !('attribs' in around)) return false;
  return looksLikeAlbum(around as PageElement, photo, pageUrl) > 0;
}

function groupBy<Item>(items: readonly Item[], keyOf: (item: Item) => string): Map<string, Item[]> {
  const groups = new Map<string, Item[]>();
  for (const item of items) {
    const key = keyOf(item);
    const known = groups.get(key);
    if (known === undefined) groups.set(key, [item]);
    else known.push(item);
  }
  return groups;
}

/** Leaves out a picture that stands for many things, unless nothing else shows where they lead. */
function withoutIcons(photos: readonly SurveyedPhoto[]): SurveyedPhoto[] {
  const byPicture = groupBy(photos, ({ thumbnails: [first] }) => first);
  const isIcon = ({ thumbnails: [first] }: SurveyedPhoto) => {
    const alike = byPicture.get(first) ?? [];
    return (
      new Set(alike.map(({ link = first }) => link)).size > mostAlike ||
      (alike.length > mostAlike && alike[0]?.link === undefined)
    );
  };
  const others = new Set(photos.filter((photo) => !isIcon(photo)).map(({ link }) => link));
  return photos.filter(
    (photo) => !isIcon(photo) || (leadsToPicture(photo) && !others.has(photo.link)),
  );
}

/** What makes each photo one thing: where it leads, or, where many lead to one place, its picture. */
function keysOf(photos: readonly SurveyedPhoto[]): Map<SurveyedPhoto, string> {
  const links = groupBy(photos, ({ link = '' }) => link);
  return new Map(
    photos.map((photo) => {
      const { link, thumbnails } = photo;
      if (link === undefined) return [photo, thumbnails[0]];
      const holders = new Set((links.get(link) ?? []).map(({ element }) => linkAround(element)));
      return [photo, holders.size > mostAlike ? `${link} ${thumbnails[0]}` : link];
    }),
  );
}

function linkAround(element: PageElement): PageElement | undefined {
  return [element, ...ancestors(element)].find(({ name }) => name === 'a');
}

type HeldKeys = Map<PageElement, Set<string>>;

function keysHeld(photos: readonly SurveyedPhoto[], keys: Map<SurveyedPhoto, string>): HeldKeys {
  const held: HeldKeys = new Map();
  for (const photo of photos) {
    for (const one of [photo.element, ...ancestors(photo.element)]) {
      const known = held.get(one) ?? new Set();
      held.set(one, known.add(keys.get(photo) ?? ''));
    }
  }
  return held;
}

/** How far above their photos the largest elements stand that hold one photo each. */
function heightOfRows(
  group: readonly SurveyedPhoto[],
  held: HeldKeys,
  others: readonly HeldKeys[],
): number {
  const heights = group.map(({ element }) => {
    const chain = [element, ...ancestors(element)];
    const isOne = (one: PageElement) =>
      one.name !== 'body' &&
      one.name !== 'html' &&
      held.get(one)?.size === 1 &&
      others.every((other) => (other.get(one)?.size ?? 0) <= 1);
    const end = chain.findIndex((one) => !isOne(one));
    return Math.max(0, (end < 0 ? chain.length : end) - 1);
  });
  const [first] = group;
  const root = first && [...ancestors(first.element)].at(-1);
  const isAlone = root !== undefined && held.get(root)?.size === 1;
  return isAlone && first ? heightOfOne(first) : Math.min(...heights);
}

/** A single photo has no others to compare it with: its row is what holds its link, and no other. */
function heightOfOne({ element }: SurveyedPhoto): number {
  const chain = [element, ...ancestors(element)].slice(0, 7);
  const link = Math.max(
    0,
    chain.findIndex(({ name }) => name === 'a'),
  );
  const href = chain[link]?.attribs.href;
  const around = chain.slice(link + 1, link + 4);
  const end = around.findIndex((one) => linksIn(one).some((other) => other !== href));
  const own = end < 0 ? around : around.slice(0, end);
  // A title beside the picture leads where it does.
  const both = own.findIndex((one) => linksIn(one).length > 1);
  const named = own.findIndex(
    (one) => /^(?:li|figure|article|td)$/.test(one.name) || namesOfPart(one) !== `${one.name}#.`,
  );
  const height = both >= 0 ? both : named;
  return height >= 0 ? link + 1 + height : link;
}

function linksIn(element: PageElement | undefined): string[] {
  const found: string[] = [];
  const waiting = [...(element?.children ?? [])];
  for (let node = waiting.pop(); node !== undefined; node = waiting.pop()) {
    if (!('attribs' in node)) continue;
    if (node.name === 'a' && node.attribs.href !== undefined) found.push(node.attribs.href);
    waiting.push(...node.children);
  }
  return found;
}

/** The names that an author gave to what holds a photo, without those of looks and states. */
function structureOf({ element }: SurveyedPhoto): string {
  return [element, ...ancestors(element)].map(namesOfPart).join('<');
}

function namesOfPart(element: PageElement): string {
  const { id = '' } = element.attribs;
  if (/^(?:tr|tbody)$/.test(element.name)) return element.name;
  return `${element.name}#${isLastingId(id) ? id : ''}.${classesOf(element, 'own').sort().join('.')}`;
}

function toGroup(
  alike: readonly SurveyedPhoto[],
  height: number,
  keys: Map<SurveyedPhoto, string>,
): PhotoGroup {
  const rows = new Map<PageElement, SurveyedPhoto>();
  const seen = new Set<string>();
  for (const photo of alike) {
    const row = [photo.element, ...ancestors(photo.element)][height] ?? photo.element;
    const key = keys.get(photo) ?? '';
    if (rows.has(row) || seen.has(key)) continue;
    seen.add(key);
    rows.set(row, photo);
  }
  return groupOf(rows);
}

function groupOf(rows: ReadonlyMap<PageElement, SurveyedPhoto>): PhotoGroup {
  const lists = [...rows.keys()].flatMap(({ parent }) =>
    parent !== null && 'attribs' in parent ? [parent] : [],
  );
  return { rows: [...rows.keys()], photos: [...rows.values()], lists: new Set(lists) };
}

/** Joins groups that stand in one list, such as a last row with a class of its own. */
function joined(groups: readonly PhotoGroup[], pageUrl: string): PhotoGroup[] {
  const found: PhotoGroup[] = [];
  const bySize = [...groups].sort((one, other) => other.rows.length - one.rows.length);
  for (const group of bySize) {
    const beside = found.map((one) => ({ one, branches: branchesIn(one, group) }));
    const home = beside.find(({ branches }) => branches !== undefined);
    if (home?.branches === undefined) found.push(group);
    else if ([...home.branches.keys()].every((row) => home.one.rows.includes(row))) continue;
    else if (areAlike(home.one, group, pageUrl)) join(home.one, home.branches);
    else found.push(groupOf(home.branches));
  }
  return found;
}

/** The rows of a group where they stand beside the rows of another; undefined where not all do. */
function branchesIn(
  { lists }: PhotoGroup,
  { photos }: PhotoGroup,
): Map<PageElement, SurveyedPhoto> | undefined {
  const branches = new Map<PageElement, SurveyedPhoto>();
  for (const photo of photos) {
    const branch = [photo.element, ...ancestors(photo.element)].find(
      ({ parent }) => parent !== null && 'attribs' in parent && lists.has(parent),
    );
    if (branch === undefined || branches.has(branch)) return undefined;
    branches.set(branch, photo);
  }
  return branches;
}

function areAlike(one: PhotoGroup, other: PhotoGroup, pageUrl: string): boolean {
  const [first, second] = [one.photos[0], other.photos[0]];
  if (first?.element.name !== second?.element.name) return false;
  if ((first?.link === undefined) !== (second?.link === undefined)) return false;
  if (one.rows[0]?.name !== other.rows[0]?.name) return false;
  return albumScore(one, pageUrl) > 0 === albumScore(other, pageUrl) > 0;
}

/** How much the rows of a group look like albums, rather than photos: 0 where it cannot be told. */
export function albumScore({ rows, photos }: PhotoGroup, pageUrl: string): number {
  const scores = rows.map((row, index) => looksLikeAlbum(row, photos[index], pageUrl));
  return scores.reduce((sum, score) => sum + score, 0) / Math.max(1, scores.length);
}

function join(home: PhotoGroup, branches: ReadonlyMap<PageElement, SurveyedPhoto>): void {
  for (const [row, photo] of branches) {
    if (home.rows.includes(row)) continue;
    home.rows.push(row);
    home.photos.push(photo);
  }
}
