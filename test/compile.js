import { spawnSync } from 'node:child_process';
import { cp, mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { transform } from 'esbuild';

const root = fileURLToPath(new URL('..', import.meta.url));
const folder = join(root, 'dist-test');

/**
 * Builds the program into `dist` and compiles the measurements to `dist-bench` before any test: tests
 * start both as processes, and the thread for originals is always the built one. Then compiles what the
 * tests themselves run.
 *
 * @throws if the code cannot be built, which ends the run before its first test
 */
export default async function compile() {
  for (const words of [['build/build.js'], ['node_modules/typescript/bin/tsc', '-p', 'bench']]) {
    const { status, error } = spawnSync(process.execPath, words, { cwd: root, stdio: 'inherit' });
    if (status !== 0) throw new Error(`${words.join(' ')} failed.`, { cause: error });
  }
  await rm(folder, { recursive: true, force: true });
  // A folder of its own for each run: a process that watches has loaded the modules of the run before.
  process.env.COMPILED_TESTS = join(folder, String(Date.now()));
  for (const part of ['src', 'bench', 'test']) {
    const names = await readdir(join(root, part), { recursive: true });
    const modules = names.filter((name) => name.endsWith('.ts'));
    await Promise.all(modules.map((name) => compileModule(join(part, name))));
  }
  const globals = join(process.env.COMPILED_TESTS, 'node_modules/@jest/globals');
  await cp(join(root, 'test/globals.js'), join(globals, 'index.js'));
  await writeFile(join(globals, 'package.json'), '{ "type": "module", "exports": "./index.js" }');
}

/** Compiles a module, which still takes itself to be where its source is. */
async function compileModule(name) {
  const file = join(root, name);
  const { code } = await transform(await readFile(file, 'utf8'), {
    loader: 'ts',
    target: 'node20.19',
    sourcefile: file,
    sourcemap: 'inline',
    sourcesContent: false,
    define: { 'import.meta.url': JSON.stringify(pathToFileURL(file)) },
  });
  const compiled = join(process.env.COMPILED_TESTS, name.replace(/ts$/, 'js'));
  await mkdir(dirname(compiled), { recursive: true });
  await writeFile(compiled, code);
}
