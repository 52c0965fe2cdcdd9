import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));

/**
 * Builds the program into `dist` and compiles the measurements to `dist-bench` before any test: tests
 * start both as processes, and the thread for originals is always the built one.
 *
 * @throws if the code cannot be built, which ends the run before its first test
 */
export default function compile() {
  for (const words of [['build.js'], ['node_modules/typescript/bin/tsc', '-p', 'bench']]) {
    const { status, error } = spawnSync(process.execPath, words, { cwd: root, stdio: 'inherit' });
    if (status !== 0) throw new Error(`${words.join(' ')} failed.`, { cause: error });
  }
}
