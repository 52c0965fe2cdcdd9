import { expect, test } from '@jest/globals';
import { followJsonPath, parseJsonPath } from '../../src/profile/json-path.js';

const album = { photos: [{ id: 1 }, { id: 2 }], files: { 'a & b.jpg': { size: 3 }, 'c.d': null } };
const values = (path: string) => followJsonPath(path, { value: album }).map(({ value }) => value);

test.each([
  ['$', [album]],
  ['$.photos[*].id', [1, 2]],
  ['$.photos[1]', [{ id: 2 }]],
  ["$.files['a & b.jpg'].size", [3]],
  ["$['files']['c.d']", [null]],
  ['$.files.*', [{ size: 3 }, null]],
  ['$.files.*~', ['a & b.jpg', 'c.d']],
  ['$.nothing.here', []],
  ['$.photos.length', []],
  ['$.toString', []],
  ['$.photos[9]', []],
])('%s', (path, found) => {
  expect(values(path)).toEqual(found);
});

test.each(['$photos', '$.', '$.a b', '$[a]', "$['a]", '$..a', '$.a[?(@.b)]'])(
  '%s is not a path',
  (path) => {
    expect(() => parseJsonPath(path)).toThrow('is not a step of a path');
  },
);
