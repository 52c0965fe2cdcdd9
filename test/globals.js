/**
 * What tests import as `@jest/globals`. A worker loads the tests' helpers once for many suites, so that
 * each use asks for the suite that is running.
 */
export const { expect } = globalThis[Symbol.for('suite')];

export const [jest, test, describe, beforeAll, beforeEach, afterAll, afterEach] = [
  ...['jest', 'test', 'describe', 'beforeAll', 'beforeEach', 'afterAll', 'afterEach'],
].map((name) => latest(() => globalThis[Symbol.for('suite')][name]));

function latest(find) {
  return new Proxy(() => undefined, {
    apply: (_, self, given) => Reflect.apply(find(), self, given),
    get: (_, key) => latest(() => find()[key]),
  });
}
