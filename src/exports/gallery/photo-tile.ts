import { type Html, html } from '../../text/html.js';
import { bytesInWords } from '../../text/in-words.js';
import type { GalleryPhoto } from './gallery-photo.js';
import { type Moment, momentInWords } from './moment.js';
import { ratioClass } from './ratio-classes.js';

const sources: Record<Moment['source'], string> = {
  exif: 'date from the camera',
  site: 'date from the site',
  upload: 'date of the upload',
};

/** The id of a photo on its page, also the fragment of its address: `2016.html#photo=KEY`. */
export function photoId(key: string): string {
  return `photo=${key}`;
}

/** @param root relative address of the gallery's folder, ending with a slash */
function picture(photo: GalleryPhoto, root: string): Html {
  const { thumbnail, alternative, kind, name } = photo;
  const { small } = addressesOf(photo, root);
  if (thumbnail === undefined) {
    return html`<span class="plain"><span class="kind">${kind}</span> <span class="name" dir="auto">${name}</span></span>`;
  }
  return html`<img src="${small}" width="${thumbnail.width}" height="${thumbnail.height}" alt="${alternative}" loading="lazy" decoding="async">`;
}

function facts({ moment, width, height, bytes, kind, showing, isDamaged }: GalleryPhoto): Html {
  const date =
    moment &&
    html`<time datetime="${moment.machine}">${momentInWords(moment)}</time> <span class="source">(${sources[moment.source]})</span>`;
  const size = width === undefined || height === undefined ? [] : [`${width} × ${height}`];
  const type = showing === 'picture' ? [] : [kind];
  const flaw = isDamaged ? ['damaged on the site itself'] : [];
  const file = [...type, ...size, bytesInWords(bytes), ...flaw].join(' · ');
  return html`<p class="facts">${date} <span class="file">${file}</span></p>`;
}

function words({ title, caption, sender, album }: GalleryPhoto): Html {
  const from = sender && html`from <bdi>${sender}</bdi>`;
  const within = album && html`in <bdi>${album.join(' / ')}</bdi>`;
  const between = from && within && ' · ';
  return html`${title && html`<p class="title" dir="auto">${title}</p>`}${
    caption && html`<p class="text" dir="auto">${caption}</p>`
  }${(from || within) && html`<p class="more">${from}${between}${within}</p>`}`;
}

/** Relative addresses of a photo's original and thumbnail. */
function addressesOf({ original, thumbnail }: GalleryPhoto, root: string) {
  const file = `${root}originals/${encodeURIComponent(original)}`;
  const small = thumbnail && `${root}thumbnails/${encodeURIComponent(thumbnail.file)}`;
  return { file, small };
}

/** The attributes that the viewer reads. */
function viewerData(photo: GalleryPhoto, root: string): Html {
  const { showing, width, height, mayBeOpened } = photo;
  const { file, small } = addressesOf(photo, root);
  const shown = showing === 'file' ? small : file;
  const size =
    width === undefined || height === undefined
      ? undefined
      : html` data-width="${width}" data-height="${height}"`;
  return html` data-showing="${showing}"${shown && html` data-shown="${shown}"`}${
    mayBeOpened ? html` data-original="${file}"` : undefined
  }${size}`;
}

/**
 * A photo in the grid of its page: a link to the original, and the attributes that the viewer reads.
 *
 * @param root relative address of the gallery's folder, ending with a slash
 */
export function photoTile(photo: GalleryPhoto, root: string): Html {
  const { file, small } = addressesOf(photo, root);
  const href = photo.mayBeOpened ? file : (small ?? `#${photoId(photo.key)}`);
  const play = photo.showing === 'film' && html`<span class="play" aria-hidden="true"></span>`;
  return html`
<li class="photo ${ratioClass(photo.thumbnail)}" id="${photoId(photo.key)}"><figure>
<a href="${href}"${viewerData(photo, root)}>${picture(photo, root)}${play || undefined}</a>
<figcaption>${words(photo)}${facts(photo)}</figcaption>
</figure></li>`;
}

/** A photo as a sample of a chapter: a link to its place there. */
export function sampleTile(photo: GalleryPhoto, page: string): Html {
  return html`
<li class="photo ${ratioClass(photo.thumbnail)}"><a href="pages/${page}#${photoId(photo.key)}">${picture(photo, '')}</a></li>`;
}
