import { readFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import { profileJsonSchema } from '../../src/profile/json-schema.js';
import { builtInProfiles, templates } from '../../src/profile/load.js';
import { profileReference } from '../../src/profile/reference.js';

const read = (path: string) => readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8');

// After a change of the schema: npm run reference.
test('the JSON Schema that editors use is that of the program', () => {
  expect(JSON.parse(read('profiles/profile.schema.json'))).toEqual(profileJsonSchema());
});

test('the reference is that of the program', () => {
  expect(read('docs/profiles.md').split('<!-- reference -->')[1]?.trim()).toBe(profileReference());
});

test('shapes of which one is chosen are told apart by their keys', () => {
  expect(profileReference()).toContain(
    '| json | `{ script, match }` or `{ select, attribute }` or `{ file }` |',
  );
  expect(profileReference()).toContain('| `redirect` or `{ page, select }` or `{ cookie }` |');
});

test('every key and every filter has a meaning', () => {
  expect(profileReference()).not.toMatch(/\| *\|$/m);
});

test.each(builtInProfiles)('an editor finds the JSON Schema of %s', (name) => {
  expect(read(`profiles/${name}.yaml`)).toMatch(
    /^# yaml-language-server: \$schema=profile\.schema\.json\n/,
  );
});

test.each(templates)('an editor finds the JSON Schema of the template %s', (name) => {
  expect(read(`profiles/templates/${name}.yaml`)).toMatch(
    /^# yaml-language-server: \$schema=\.\.\/profile\.schema\.json\n/,
  );
});
