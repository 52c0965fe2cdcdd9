import { access, constants, readdir, readFile } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Debian's folder of Apache modules. */
export const apacheModules = '/usr/lib/apache2/modules';

/** Debian's folder of MediaWiki. */
export const mediaWikiFolder = '/usr/share/mediawiki';

/** Debian's folder of the templates of Apache::Gallery. */
export const apacheGalleryTemplates = '/usr/share/libapache-gallery-perl/templates';

const programs = [
  'apache2',
  'exiftool',
  'gifsicle',
  'gm',
  'igal2',
  'jigl',
  'lazygal',
  'nginx',
  'npm',
  'php',
];
const files = {
  MediaWiki: join(mediaWikiFolder, 'index.php'),
  'Perl module of Apache': join(apacheModules, 'mod_perl.so'),
  'Apache::Gallery': join(apacheGalleryTemplates, 'default', 'index.tpl'),
};
const packageList = fileURLToPath(new URL('../../real-sites/debian-packages.txt', import.meta.url));

/** The file name of Apache's PHP module, which contains PHP's version; undefined without one. */
export async function apachePhpModule(): Promise<string | undefined> {
  const names = await readdir(apacheModules).catch(() => []);
  return names.find((file) => /^libphp[\d.]*\.so$/.test(file));
}

/**
 * Finds the software that the sites are made with.
 *
 * @throws Error that names what is missing and the command that installs it
 */
export async function requireSoftware(): Promise<void> {
  const missing: string[] = [];
  for (const program of programs) if (!(await isInstalled(program))) missing.push(program);
  if ((await apachePhpModule()) === undefined) missing.push('PHP module of Apache');
  for (const [name, file] of Object.entries(files)) {
    if (!(await canRead(file))) missing.push(name);
  }
  if (missing.length === 0) return;
  const packages = (await readFile(packageList, 'utf8')).trim().split('\n');
  throw new Error(
    `These are not installed: ${missing.join(', ')}. On Debian, as root:\n` +
      `apt-get install --no-install-recommends ${packages.join(' ')}`,
  );
}

async function isInstalled(program: string): Promise<boolean> {
  for (const folder of searchPath().split(delimiter)) {
    if (await canRead(join(folder, program), constants.X_OK)) return true;
  }
  return false;
}

/** The folders of programs, with those of daemons, which a plain user's PATH often leaves out. */
export function searchPath(): string {
  return [process.env.PATH ?? '', '/usr/sbin', '/sbin'].join(delimiter);
}

function canRead(path: string, mode = constants.R_OK): Promise<boolean> {
  return access(path, mode).then(
    () => true,
    () => false,
  );
}
