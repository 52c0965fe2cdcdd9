import { appendFile, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type AlbumPhoto, writePhotos } from './album.js';
import { letApacheWrite, withApache } from './apache.js';
import { runCommand } from './command.js';
import { freePort } from './server-process.js';
import type { Site, SiteOrder } from './site.js';
import { mediaWikiFolder } from './software.js';

const account = { username: 'Anna', password: 'a long walk by the lake' };
const category = 'Category:Holiday album';
const inCategory = `[[${category}]]`;

/** MediaWiki (Debian) on SQLite: a private wiki whose photos are in one category. */
export const mediaWiki: Site = {
  name: 'mediawiki',
  profile: 'mediawiki',
  gif: true,
  original: /^GET \/img_auth\.php\/(?!thumb\/)/,

  async serve(order, work) {
    const { folder } = order;
    const port = await freePort();
    const settings = await makeWiki(order, `http://127.0.0.1:${port}`);
    const php = { MW_CONFIG_FILE: settings };
    return withApache(folder, { documentRoot: mediaWikiFolder, port, php }, ({ requests }) =>
      work({
        url: `http://127.0.0.1:${port}/index.php?title=${category.replaceAll(' ', '_')}`,
        account,
        requests,
      }),
    );
  },
};

/** Makes the wiki for this address, with the photos in it. Returns the path of its settings. */
async function makeWiki(order: SiteOrder, address: string): Promise<string> {
  const { folder, photos, signal } = order;
  const settings = join(folder, 'LocalSettings.php');
  const images = join(folder, 'images');
  const maintain = (script: string, words: readonly string[]) =>
    runCommand('php', [join(mediaWikiFolder, 'maintenance', `${script}.php`), ...words], {
      cwd: folder,
      signal,
    });
  const conf = ['--conf', settings];

  await mkdir(join(folder, 'data'));
  await mkdir(images);
  await maintain('install', [
    ...['--dbtype', 'sqlite', '--dbpath', join(folder, 'data'), '--confpath', folder],
    ...['--server', address, '--scriptpath', '', '--pass', account.password],
    ...['Family wiki', account.username],
  ]);
  await appendFile(settings, privateWikiSettings(images));

  const uploads = join(folder, 'uploads');
  await writePhotos(photos, uploads);
  await writeDescriptions(photos, uploads);
  await maintain('importImages', [
    ...[...conf, '--user', account.username, '--comment-ext', 'description'],
    ...['--comment', inCategory, uploads],
  ]);
  // The wiki's lists by time are whole only if uploads are seconds apart, as those by hand are.
  await maintain('sql', [
    ...conf,
    '--query',
    `UPDATE image SET img_timestamp =
       strftime('%Y%m%d%H%M%S', '2012-06-01 12:00:00', '+' || rowid || ' seconds')`,
  ]);
  const mainPage = join(folder, 'Main Page.txt');
  await writeFile(mainPage, `Our photos: [[:${category}]]`);
  await maintain('importTextFiles', [...conf, '--overwrite', mainPage]);
  await maintain('runJobs', conf);
  await letApacheWrite(folder, signal);
  return settings;
}

/**
 * Only those who are signed in may see anything, and so images go through a script. A page has 36
 * photos: with the usual 200 the album would have one page. Titles are in the query, as on most
 * servers.
 */
function privateWikiSettings(images: string): string {
  return `
$wgGroupPermissions['*']['read'] = false;
$wgGroupPermissions['*']['edit'] = false;
$wgGroupPermissions['*']['createaccount'] = false;
$wgEnableUploads = true;
$wgUploadDirectory = "${images}";
$wgUploadPath = "/img_auth.php";
$wgUseImageMagick = false;
$wgCategoryPagingLimit = 36;
$wgUsePathInfo = false;
$wgArticlePath = "/index.php?title=$1";
$wgJobRunRate = 0;
`;
}

/** The import takes a photo's text from the file beside it, if there is one. */
async function writeDescriptions(photos: readonly AlbumPhoto[], folder: string): Promise<void> {
  for (const { name, camera } of photos) {
    const path = join(folder, `${name}.description`);
    if (camera?.caption !== undefined) await writeFile(path, `${camera.caption}\n\n${inCategory}`);
  }
}
