import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { runCommand } from './command.js';

/** What to install from npm. */
interface Installation {
  dependencies: Record<string, string>;
  /** Other versions of what the packages need. */
  overrides: Record<string, string>;
}

/**
 * Installs npm packages into a folder, which is made. Nothing is compiled.
 *
 * @returns the folder's `node_modules`
 * @throws Error with npm's own message; the signal's reason, if the signal stopped it
 */
export async function installPackages(
  installation: Installation,
  folder: string,
  signal: AbortSignal,
): Promise<string> {
  await mkdir(folder);
  await writeFile(join(folder, 'package.json'), JSON.stringify({ private: true, ...installation }));
  const install = ['install', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'];
  // npm needs the user's own settings to find its registry and its cache.
  await runCommand('npm', install, { cwd: folder, signal, env: process.env });
  return join(folder, 'node_modules');
}
