import { type Html, html } from '../../text/html.js';
import type { Chapter } from './timeline.js';

/** The title of every gallery. */
export const galleryTitle = 'Photo album';

/** What the pages say of the album as a whole. */
export interface GalleryFacts {
  /** Host of the site that the album was saved from. */
  site: string;
  /** When the gallery was made, ISO 8601 in UTC. */
  madeAt: string;
  /** Photos that the album lists and that could not be saved, or not yet. */
  notSaved: number;
  /** Photos that were saved, but whose originals are missing or too large for the disk. */
  notPlaced: number;
}

/**
 * A page may load the gallery's own files only: no inline script or style, no frame, no form, no
 * other address. Browsers that treat each file as an origin of its own need the scheme besides
 * 'self'.
 */
const policy = [
  "default-src 'none'",
  ...['img', 'media', 'style', 'script'].map((kind) => `${kind}-src 'self' file:`),
  "base-uri 'none'",
  "form-action 'none'",
].join('; ');

/** A page: the frame that all have in common, and what is in it. */
export interface PageFrame {
  /** Missing on the first page. */
  title?: string;
  /** Relative address of the gallery's folder. */
  root: '' | '../';
  years: readonly Chapter[];
  /** The chapter that the page belongs to. */
  current?: Chapter;
  facts: GalleryFacts;
  main: Html;
}

function yearLinks({ years, current, root }: PageFrame): Html {
  const links = years.map(
    (year) =>
      html`<li><a href="${root}pages/${year.pages[0]?.file}"${
        year === current ? html` aria-current="page"` : undefined
      }>${year.title}</a></li>`,
  );
  return html`<nav aria-label="Years"><ul>${links}</ul></nav>`;
}

/** A whole page as text. */
export function page(frame: PageFrame): string {
  const { title, root, facts, main } = frame;
  const heading = title === undefined ? galleryTitle : html`${title} · ${galleryTitle}`;
  const home =
    root === ''
      ? html`<a class="home" href="index.html" aria-current="page">${galleryTitle}</a>`
      : html`<a class="home" href="${root}index.html">${galleryTitle}</a>`;
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="referrer" content="no-referrer">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${heading}</title>
<link rel="stylesheet" href="${root}assets/photoswipe.css">
<link rel="stylesheet" href="${root}assets/ratios.css">
<link rel="stylesheet" href="${root}assets/gallery.css">
<script defer src="${root}assets/photoswipe.js"></script>
<script defer src="${root}assets/viewer.js"></script>
</head>
<body data-root="${root}">
<a class="skip" href="#main">To the photos</a>
<header class="top">${home}${yearLinks(frame)}</header>
<main id="main" tabindex="-1">
${main}
</main>
<footer><p>Saved from ${facts.site} with photo-escape. This gallery was made on <time datetime="${facts.madeAt}">${facts.madeAt.slice(0, 10)}</time> and works without a network.</p></footer>
</body>
</html>
`.markup;
}
