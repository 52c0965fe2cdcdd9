import { type Html, html } from '../../text/html.js';
import { photosInWords } from '../../text/in-words.js';
import { sectionLinks } from './chapter-page.js';
import type { GalleryPhoto } from './gallery-photo.js';
import { type GalleryFacts, galleryTitle, page } from './page-frame.js';
import { photoId, sampleTile } from './photo-tile.js';
import { type Chapter, pickedFrom, type Timeline } from './timeline.js';

/** How many photos of each year the index shows. */
const samples = 8;

/** Finds the page of a photo: each photo is on one page of its year. */
function pageOf({ pages }: Chapter): (photo: GalleryPhoto) => string {
  const places = new Map(
    pages.flatMap(({ file, sections }) =>
      sections.flatMap(({ photos }) => photos.map(({ key }) => [key, file] as const)),
    ),
  );
  return ({ key }) => places.get(key) ?? '';
}

function yearOverview(year: Chapter): Html {
  const file = year.pages[0]?.file;
  const place = pageOf(year);
  return html`
<section class="year">
<h2><a href="pages/${file}">${year.title}</a> <span class="count">${photosInWords(year.photos.length)}</span></h2>
${sectionLinks(year, 'pages/')}
<ul class="grid">${pickedFrom(year.photos, samples).map((photo) => sampleTile(photo, place(photo)))}
</ul>
</section>`;
}

function albumCard({ title, photos, pages }: Chapter): Html {
  return html`<li><a href="pages/${pages[0]?.file}"><span dir="auto">${title}</span> <span class="count">${photosInWords(photos.length)}</span></a></li>`;
}

function albumLinks(albums: readonly Chapter[]): Html | undefined {
  if (albums.length === 0) return undefined;
  return html`
<section aria-labelledby="albums">
<h2 id="albums">Albums</h2>
<ul class="albums">${albums.map(albumCard)}</ul>
</section>`;
}

function span(years: readonly Chapter[]): string {
  const titles = years.flatMap(({ title, photos }) => (photos[0]?.moment ? [title] : []));
  const [first] = titles;
  const last = titles.at(-1);
  if (first === undefined || last === undefined) return '';
  return first === last ? `, ${first}` : `, ${first} to ${last}`;
}

function missing({ notSaved, notPlaced }: GalleryFacts): Html | undefined {
  if (notSaved === 0 && notPlaced === 0) return undefined;
  const unsaved = `${photosInWords(notSaved)} of the site’s album that could not be saved`;
  const lost = `${photosInWords(notPlaced)} whose saved files are missing or too large for this disk`;
  const both = [...(notSaved > 0 ? [unsaved] : []), ...(notPlaced > 0 ? [lost] : [])];
  return html`<p class="missing">Not shown here: ${both.join('; ')}.</p>`;
}

/** The first page: the years with some photos of each, and the albums. */
export function indexPage(timeline: Timeline, facts: GalleryFacts): string {
  const { years, albums } = timeline;
  const count = years.reduce((sum, { photos }) => sum + photos.length, 0);
  const main = html`<header class="chapter">
<h1>${galleryTitle}</h1>
<p>${photosInWords(count)}${span(years)}</p>
${missing(facts)}
</header>${albumLinks(albums)}${years.map(yearOverview)}`;
  return page({ root: '', years, facts, main });
}

/**
 * A script with the page of each photo. The viewer needs it for an address that names a photo on
 * another page.
 */
export function placesScript({ years }: Timeline): string {
  const places = Object.fromEntries(
    years.flatMap(({ pages }) =>
      pages.map(({ file, sections }) => [
        file,
        sections.flatMap(({ photos }) => photos.map(({ key }) => photoId(key))),
      ]),
    ),
  );
  return `window.galleryPlaces = ${JSON.stringify(places)};\n`;
}
