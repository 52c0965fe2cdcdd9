import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { UsageError } from '../errors.js';
import { packageFile } from '../files/package-folder.js';

/**
 * Says what to install where a package is missing that some commands alone need: npm goes on without
 * an optional one that it cannot install.
 *
 * @returns undefined for any other error. Node reports packages that are there as missing, too, where
 *   too many files are open
 */
export function missingPackage(error: unknown): UsageError | undefined {
  const { code, message = '' } = error as NodeJS.ErrnoException;
  const [, name] = /^Cannot find module '((?:@[^/']+\/)?[^/']+)/.exec(message) ?? [];
  if (code !== 'MODULE_NOT_FOUND' || name === undefined) return undefined;
  if (existsSync(packageFile(join('node_modules', name)))) return undefined;
  return new UsageError([
    `This command needs the package ${name}, which is not installed. Install what is missing: npm ci --include=optional`,
  ]);
}
