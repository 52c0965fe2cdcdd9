import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/**
 * The path of a file that the package brings along, such as a profile.
 *
 * @param path from the package's folder, such as `profiles/thumbsup.yaml`
 */
export function packageFile(path: string): string {
  return fileURLToPath(new URL(path, packageFolder));
}

/** The nearest folder around this code that has a package.json: the code is built into one file. */
const packageFolder = nearestPackage(new URL('.', import.meta.url));

function nearestPackage(folder: URL): URL {
  const isRoot = folder.pathname === '/';
  if (isRoot || existsSync(new URL('package.json', folder))) return folder;
  return nearestPackage(new URL('..', folder));
}
