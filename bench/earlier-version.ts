import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';

/**
 * The commit of an earlier version's folder, in Git's short form.
 *
 * @throws Error that says how to make such a folder, if it is no built clone
 */
export function earlierCommit(folder: string): string {
  const how = `Make one with: git worktree add --detach ${folder} COMMIT && npm --prefix ${folder} ci`;
  if (!existsSync(join(folder, 'dist', 'main.js'))) {
    throw new Error(`There is no built version in ${folder} (dist/main.js). ${how}`);
  }
  if (!existsSync(join(folder, '.git'))) {
    throw new Error(`${folder} is no clone or worktree, so its commit is unknown. ${how}`);
  }
  const words = ['-C', folder, 'rev-parse', '--short', 'HEAD'];
  return execFileSync('git', words, { encoding: 'utf8' }).trim();
}
