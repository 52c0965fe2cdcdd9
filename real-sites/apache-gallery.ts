import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { writeAlbumFolders } from './album-folders.js';
import { letApacheWrite, withApache } from './apache.js';
import { freePort } from './server-process.js';
import type { Site } from './site.js';
import { apacheGalleryTemplates } from './software.js';

/** Apache::Gallery (Debian, mod_perl): folders within folders, 30 thumbnails a page. */
export const apacheGallery: Site = {
  name: 'apache-gallery',
  profile: 'apache-gallery',
  gif: false,
  original: /^GET \S+\?orig$/,

  async serve({ folder, photos, signal }, work) {
    const documentRoot = join(folder, 'Our photos');
    await writeAlbumFolders(photos, documentRoot);
    const cache = join(folder, 'cache');
    await mkdir(cache);
    await letApacheWrite(cache, signal);
    const settings = {
      GalleryTemplateDir: join(apacheGalleryTemplates, 'default'),
      GalleryCacheDir: cache,
      GalleryAllowOriginal: '1',
      GalleryMaxThumbnailsPerPage: '30',
    };
    const directives = [
      ...Object.entries(settings).map(([name, value]) => `PerlSetVar ${name} "${value}"`),
      'PerlOptions +GlobalRequest',
      '<Location />',
      'SetHandler modperl',
      'PerlResponseHandler Apache::Gallery',
      '</Location>',
    ];
    const port = await freePort();
    return withApache(folder, { documentRoot, port, modules: ['perl'], directives }, (apache) =>
      work({ url: `http://127.0.0.1:${port}/`, requests: apache.requests }),
    );
  },
};
