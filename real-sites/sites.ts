import { apacheGallery } from './apache-gallery.js';
import { apacheListing, nginxListing } from './directory-listing.js';
import { igal2 } from './igal2.js';
import { jigl } from './jigl.js';
import { lazygal } from './lazygal.js';
import { mediaWiki } from './mediawiki.js';
import { piGallery2 } from './pigallery2.js';
import type { Site } from './site.js';
import { thumbsup } from './thumbsup.js';

/** All kinds of site, in the order in which they are tried. */
export const sites: readonly Site[] = [
  mediaWiki,
  thumbsup,
  lazygal,
  apacheListing,
  nginxListing,
  piGallery2,
  igal2,
  jigl,
  apacheGallery,
];
