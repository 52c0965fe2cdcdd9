import { createRequire } from 'node:module';
import { join, relative } from 'node:path';
import { pathToFileURL } from 'node:url';
import circus from 'jest-circus/runner';

const require = createRequire(import.meta.url);

/**
 * Runs a suite with Jest's own runner, but lets Node load the code, as compiled for this run. Each worker
 * loads a module once for all its suites: Jest would load and warm up everything for each suite again.
 */
export default function run(globalConfig, config, environment, runtime, testPath, report) {
  Object.assign(runtime, {
    requireInternalModule: loadAnew,
    unstable_shouldLoadAsEsm: () => true,
    unstable_importModule: (path) => {
      globalThis[Symbol.for('suite')] = runtime.requireModuleOrMock(path, '@jest/globals');
      const compiled = relative(config.rootDir, path).replace(/ts$/, 'js');
      return import(pathToFileURL(join(process.env.COMPILED_TESTS, compiled)));
    },
  });
  return circus.default(globalConfig, config, environment, runtime, testPath, report);
}

/** Loads a part of Jest that keeps the state of one suite. */
function loadAnew(path) {
  delete globalThis[Symbol.for('EVENT_HANDLERS')];
  delete require.cache[path];
  return require(path);
}
