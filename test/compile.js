import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));

/**
 * Compiles `src` to `dist` and the measurements to `dist-bench` before any test: tests start both as
 * processes, and the thread for originals is always the compiled one.
 *
 * @throws if the code does not compile, which ends the run before its first test
 */
export default function compile() {
  for (const project of ['tsconfig.build.json', 'bench/tsconfig.json']) {
    const words = ['node_modules/typescript/bin/tsc', '-p', project];
    const { status, error } = spawnSync(process.execPath, words, { cwd: root, stdio: 'inherit' });
    if (status !== 0) throw new Error(`${project} does not compile.`, { cause: error });
  }
}
