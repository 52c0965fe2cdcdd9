import { type Html, html } from '../../text/html.js';
import { photosInWords } from '../../text/in-words.js';
import { type GalleryFacts, page } from './page-frame.js';
import { photoTile } from './photo-tile.js';
import type { Chapter, ChapterPage, Section, Timeline } from './timeline.js';

/** Links to the months of a chapter, which may be on several pages. */
export function sectionLinks(chapter: Chapter, folder: string): Html | undefined {
  const places = new Map<string, { section: Section; file: string; count: number }>();
  for (const { file, sections } of chapter.pages) {
    for (const section of sections) {
      const place = places.get(section.id) ?? { section, file, count: 0 };
      place.count += section.photos.length;
      places.set(section.id, place);
    }
  }
  if (places.size < 2) return undefined;
  const links = [...places].map(
    ([id, { section, file, count }]) =>
      html`<li><a href="${folder}${file}#${id}">${section.heading} <span class="count">${count}</span></a></li>`,
  );
  return html`<nav class="months" aria-label="Months of ${chapter.title}"><ul>${links}</ul></nav>`;
}

function sectionOf({ id, heading, photos }: Section): Html {
  return html`
<section aria-labelledby="${id}">
<h2 id="${id}">${heading} <span class="count">${photosInWords(photos.length)}</span></h2>
<ul class="grid">${photos.map((photo) => photoTile(photo, '../'))}
</ul>
</section>`;
}

/** A page in the order in which a reader leafs through them. */
interface Leaf {
  chapter: Chapter;
  page: ChapterPage;
}

function nameOf({ chapter, page }: Leaf): string {
  const { length } = chapter.pages;
  if (length === 1) return chapter.title;
  return `${chapter.title}, page ${chapter.pages.indexOf(page) + 1} of ${length}`;
}

function leafing(before: Leaf | undefined, after: Leaf | undefined): Html {
  const link = (
    leaf: Leaf | undefined,
    direction: 'prev' | 'next',
    arrow: (name: string) => string,
  ) => leaf && html`<a rel="${direction}" href="${leaf.page.file}">${arrow(nameOf(leaf))}</a>`;
  return html`<nav class="leaf" aria-label="Pages">${link(before, 'prev', (name) => `← ${name}`)}${link(after, 'next', (name) => `${name} →`)}</nav>`;
}

function pagesOf(
  chapters: readonly Chapter[],
  { years }: Timeline,
  facts: GalleryFacts,
): { file: string; text: string }[] {
  const leaves: Leaf[] = chapters.flatMap((chapter) =>
    chapter.pages.map((page) => ({ chapter, page })),
  );
  return leaves.map((leaf, index) => {
    const { chapter } = leaf;
    const main = html`<header class="chapter">
<h1 dir="auto">${nameOf(leaf)}</h1>
<p>${photosInWords(chapter.photos.length)}</p>
${sectionLinks(chapter, '')}
</header>${leaf.page.sections.map(sectionOf)}
${leafing(leaves[index - 1], leaves[index + 1])}`;
    const frame = {
      title: nameOf(leaf),
      root: '../',
      years,
      current: chapter,
      facts,
      main,
    } as const;
    return { file: leaf.page.file, text: page(frame) };
  });
}

/** The pages of all years and albums, with the names of their files in `pages/`. */
export function chapterPages(
  timeline: Timeline,
  facts: GalleryFacts,
): { file: string; text: string }[] {
  return [
    ...pagesOf(timeline.years, timeline, facts),
    ...pagesOf(timeline.albums, timeline, facts),
  ];
}
