import { join } from 'node:path';
import { writeAlbumFolders } from './album-folders.js';
import { withApache } from './apache.js';
import { withNginx } from './nginx.js';
import { freePort } from './server-process.js';
import type { Site } from './site.js';

const rules = {
  profile: 'directory-listing',
  gif: true,
  original: /^GET \S+\.(jpe?g|png|gif)$/i,
};

/** Apache's listings (mod_autoindex): of one folder as a table, of another as preformatted text. */
export const apacheListing: Site = {
  ...rules,
  name: 'apache-listing',

  async serve({ folder, photos }, work) {
    const documentRoot = join(folder, 'Our photos');
    const { inner } = await writeAlbumFolders(photos, documentRoot);
    const port = await freePort();
    const directives = [
      // Debian's own settings, with an icon for each kind of file.
      'Include /etc/apache2/mods-available/alias.conf',
      'Include /etc/apache2/mods-available/autoindex.conf',
      'Options +Indexes',
      `<Directory "${inner}">`,
      'IndexOptions FancyIndexing IconsAreLinks',
      '</Directory>',
    ];
    const served = { documentRoot, port, modules: ['alias', 'autoindex'], directives };
    return withApache(folder, served, ({ requests }) =>
      work({ url: `http://127.0.0.1:${port}/`, requests }),
    );
  },
};

/** nginx's listings (autoindex). */
export const nginxListing: Site = {
  ...rules,
  name: 'nginx-listing',

  async serve({ folder, photos }, work) {
    const documentRoot = join(folder, 'Our photos');
    await writeAlbumFolders(photos, documentRoot);
    const port = await freePort();
    return withNginx(folder, { documentRoot, port }, ({ requests }) =>
      work({ url: `http://127.0.0.1:${port}/`, requests }),
    );
  },
};
